using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Gateway.Features;
using Mes.Gateway.Live;
using Mes.Gateway.Proxy;
using Mes.Jobs;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Problems;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;

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
        builder.AddDatabase<IdentityDb>(IdentityDb.Name);
        services.AddHostedService<AuditChainWriter<IdentityDb>>();
        builder.AddJobs<IdentityDb>(IdentityDb.Name).Add<SessionSweeper>(SessionSweeper.Key, SessionSweeper.Hourly);
        AddSignIn(services, builder.Configuration);
        services.AddIdentityFeatures();
        services.AddGatewayLimits(builder.Configuration);
        services.BoundHealthChecks(TimeSpan.FromSeconds(1.9)); // beyond that of the services, which it may ask
        services.AddHttpForwarder();
        services.AddSingleton<ServiceProxy>();
        services.TryAddSingleton<LiveEvents>();
        services.AddSingleton<LiveListeners>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveListeners>());
        services.AddTrustedProxies(builder.Configuration);
        AddApi(services);
        Quieten(builder.Logging);
    }

    /// <summary>Maps everything the gateway answers.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.Use(SecurityLog.TellOfRefusals);
        app.UseExceptionHandler();
        app.Use(SecurityHeaders.Add);
        app.UseStatusCodePages();
        app.Use(Refusal.RefuseUnknownMethod);
        app.UseWhen(context => !IsApi(context), pages => pages.UseScreens().UseApiPages());
        app.UseRouting();
        app.UseExactAddresses();
        app.UseWhen(TakesSecrets, strangers => strangers.Use(SignInOrigin.Find));
        app.UseRateLimiter();
        app.Use(GatewayLimits.RefuseLargeBody);
        app.UseWhen(IsIdentity, identity => identity.UseReadableBodies());
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapIdentity();
        app.MapLive();
        app.MapServices();
        app.MapJobs<IdentityDb>();
        app.MapGet(JobsDashboard.Path, () => Results.Redirect($"{JobsDashboard.Path}/scheduling"))
            .RequireAuthorization(Permissions.RunJobs);
        app.MapOpenApi("/api/{documentName}/openapi.json");
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
        await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(show, ct);
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

    static void AddSignIn(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTicketIssuer(configuration);
        services.AddCaller();
        services.AddOnlyScheme<CredentialHandler>(CredentialHandler.SchemeName);
        services.AddIdentityCore<User>(Configure).AddUserStore<UserOnlyStore<User, IdentityDb, Guid>>();
        services.AddSingleton<IPasswordHasher<Badge>, PasswordHasher<Badge>>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<IssuedSecrets>();
        services.AddSingleton<SecurityLog>();
        services.AddScoped<Sessions>();
        services.AddScoped<FirstAdministrator>();
    }

    static void Configure(IdentityOptions options)
    {
        options.User.AllowedUserNameCharacters = ""; // the requests are checked by rules of their own
        options.Password = new PasswordOptions
        {
            RequiredLength = Features.SignIn.Passwords.CharactersMin,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.Lockout.AllowedForNewUsers = false; // failures are counted by account and origin
    }

    static void AddApi(IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemMapper>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Refusal.Complete);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddValidation();
        services.AddOpenApi(IdentityDb.Name);
        services.DescribeApi(hasCommandIds: false);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.ReadExactly();
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.TypeInfoResolver =
                options.SerializerOptions.TypeInfoResolver?.WithAddedModifier(NormalTexts.Demand);
        });
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

    static IApplicationBuilder UseScreens(this IApplicationBuilder app)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        return app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    static void UseApiPages(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (PageOfStranger(context.Request) is not { } page) return next(context);
            context.Response.Redirect($"/?next={page}");
            return Task.CompletedTask;
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "openapi";
            page.DocumentTitle = "Mes API";
            foreach (var service in ServiceRoutes.Segments.Append(IdentityDb.Name))
                page.SwaggerEndpoint($"/api/{service}/openapi.json", service);
        });
    }

    // Pages that show nothing to whoever is not signed in lead there first
    static string? PageOfStranger(HttpRequest request)
    {
        if (!string.IsNullOrEmpty(CredentialHandler.SecretOf(request)) || !HttpMethods.IsGet(request.Method)) return null;
        return request.Path == "/openapi/index.html" ? "openapi"
            : request.Path.StartsWithSegments(JobsDashboard.Path, StringComparison.Ordinal) ? "jobs"
            : null;
    }
}
