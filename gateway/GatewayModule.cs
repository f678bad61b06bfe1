using Mes.Gateway.Credentials;
using Mes.Gateway.Identity;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Features.People;
using Mes.Gateway.Live;
using Mes.Gateway.Proxy;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Mes.Web.Problems;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mes.Gateway;

/// <summary>
/// The one door of the system: signs callers in, limits them, hands their requests on with a ticket, serves the screens
/// and the live stream.
/// </summary>
public static class GatewayModule
{
    /// <summary>Registers the gateway. Reads ConnectionStrings:identity(-owner), Services:*, Mes:TicketKey.</summary>
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(LimitKestrel);
        services.TryAddSingleton(TimeProvider.System);
        builder.AddIdentity();
        AddCredentials(services, builder.Configuration);
        services.AddGatewayLimits(builder.Configuration);
        services.BoundHealthChecks(TimeSpan.FromSeconds(1.9)); // beyond that of the services, which it may ask
        services.AddHttpForwarder();
        services.AddSingleton<ServiceProxy>();
        services.TryAddSingleton<LiveEvents>();
        services.AddSingleton<LiveListeners>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveListeners>());
        services.AddTrustedProxies(builder.Configuration);
        services.AddScreens();
        AddApi(services);
        Quieten(builder.Logging);
    }

    /// <summary>
    /// Adds what the gateway takes of the services' events to the host whose bus it uses, where it has none of its own.
    /// </summary>
    public static void AddGatewayConsumers(this WebApplicationBuilder services) => services.AddIdentityConsumers();

    /// <summary>Maps everything the gateway answers.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.Use(SecurityLog.TellOfRefusals);
        app.UseExceptionHandler();
        app.Use(SecurityHeaders.Add);
        app.UseStatusCodePages();
        app.Use(Refusal.RefuseUnknownMethod);
        app.UseWhen(context => !IsApi(context), pages => pages.LeadStrangersToTheSignIn().UseScreens());
        app.UseRouting();
        app.UseExactAddresses();
        app.UseWhen(TakesSecrets, strangers => strangers.Use(SignInOrigin.Find));
        app.UseRateLimiter();
        app.UseBodyLimits();
        app.UseWhen(IsIdentity, identity => identity.UseReadableBodies());
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapIdentity();
        app.MapLive();
        app.MapServices();
        app.MapJobs<IdentityDb>();
        app.MapGet(JobsDashboard.Path, () => Results.Redirect($"{JobsDashboard.Path}/scheduling"))
            .RequireAuthorization(Permissions.RunJobs).ExcludeFromDescription();
        app.MapApiPages();
    }

    /// <summary>Brings the identity database up to date; at the very first start makes the administrator.</summary>
    /// <param name="app">The host, before it runs.</param>
    /// <param name="show">Shows user name and one-time password; called at the first start only.</param>
    /// <param name="ct">Ends the wait for the database.</param>
    public static async Task PrepareGatewayAsync(
        this WebApplication app, Action<string, string> show, CancellationToken ct = default)
    {
        await app.MigrateAll();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().Ensure(show, ct);
    }

    static void LimitKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = GatewayLimits.BodyBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MaxConcurrentConnections = 10_000;
    }

    // Two of them report as errors what is expected here and answered; a defect reaches the log by its exception
    static void Quieten(ILoggingBuilder logging)
    {
        logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // not two lines for every request
    }

    static void AddCredentials(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTicketIssuer(configuration);
        services.AddCaller();
        services.AddOnlyScheme<CredentialHandler>(CredentialHandler.SchemeName);
        services.AddSingleton(provider => new CredentialStore(
            provider.GetRequiredService<ServiceDatabase<IdentityDb>>().Source, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<SecurityLog>();
    }

    static void AddApi(IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemMapper>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Refusal.Complete);
        services.AddCommands();
    }

    static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        // without the broker screens hear nothing live, but all else goes on
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Name != "consumers", ResponseWriter = HealthReportWriter.Write
        }).AllowAnonymous();
    }

    // Only these bodies are read here; what is passed on to a service is not kept
    static bool IsIdentity(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api/identity", StringComparison.Ordinal);

    // What somebody sends who is not signed in yet
    static bool TakesSecrets(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api/identity/sign-in", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/api/identity/device", StringComparison.Ordinal);

    // Calls of the API, the many, are not looked up among the files
    static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    static IApplicationBuilder LeadStrangersToTheSignIn(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (PageOfStranger(context.Request) is not { } page) return next(context);
        context.Response.Redirect($"/sign-in?next={page}");
        return Task.CompletedTask;
    });

    // Pages that show nothing to whoever is not signed in lead there first
    static string? PageOfStranger(HttpRequest request)
    {
        if (!string.IsNullOrEmpty(CredentialHandler.SecretOf(request)) || !HttpMethods.IsGet(request.Method)) return null;
        return request.Path.Value is "/openapi" or "/openapi/" or "/openapi/index.html" ? "openapi"
            : request.Path.StartsWithSegments(JobsDashboard.Path, StringComparison.Ordinal) ? "jobs"
            : null;
    }
}
