using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mes.Kernel;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.Web.Operations;
using Mes.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Web.Hosting;

/// <summary>What every service's host has: one module in the distributed edition, all of them in the standalone one.</summary>
public static class MesService
{
    /// <summary>A builder with telemetry, authentication, problem details and health.</summary>
    public static WebApplicationBuilder CreateBuilder(string name, string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddTelemetry(name);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MalformedBody.BodyBytesMax;
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddTicketAuthentication(builder.Configuration);
        builder.Services.AddExceptionHandler<ProblemMapper>();
        builder.Services.AddProblemDetails();
        builder.Services.AddCommands();
        builder.Services.BoundHealthChecks(TimeSpan.FromSeconds(1.6));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return builder;
    }

    /// <summary>What commands need in a host: how JSON is read and written, and shared validators.</summary>
    public static void AddCommands(this IServiceCollection services)
    {
        Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;
        Dapper.SqlMapper.AddTypeHandler(new CodeAsParameter());
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.AddValidators(typeof(MesService).Assembly);
        services.AddSingleton<CommandContent>();
    }

    /// <summary>Logs to the console, each entry with its time (UTC).</summary>
    public static ILoggingBuilder AddTimedConsole(this ILoggingBuilder logging) => logging.AddSimpleConsole(console =>
        (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", true));

    /// <summary>
    /// Logs to the console, and sends the process's traces, metrics and logs under this name where an address is set.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, string name)
    {
        builder.Services.AddOtlp(name, builder.Configuration);
        builder.Logging.AddTimedConsole();
        foreach (var talkative in new[]
            { "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "MassTransit", "Hangfire", "Npgsql" })
        {
            builder.Logging.AddFilter(talkative, LogLevel.Warning);
        }
    }

    /// <summary>Adds one service's database, consumers and validators.</summary>
    public static void AddService<TDb>(
        this WebApplicationBuilder builder, string service, Action<ConsumerBuilder<TDb>> consumers) where TDb : MesDbContext
    {
        builder.AddDatabase<TDb>(service);
        builder.Services.AddMessaging(consumers);
        builder.Services.AddValidators(typeof(TDb).Assembly);
    }

    /// <summary>Adds a database alone: its migrations (see <see cref="MigrateAll"/>) and its health.</summary>
    public static void AddDatabase<TDb>(this WebApplicationBuilder builder, string service) where TDb : MesDbContext
    {
        builder.Services.AddServiceDatabase<TDb>(service, builder.Configuration);
        builder.Services.AddSingleton(new MigrationStep(service, (services, ct) => services.Migrate<TDb>(ct)));
        builder.Services.AddSingleton<DatabaseHealth<TDb>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth<TDb>>($"{service} database");
    }

    /// <summary>Builds the host, with the bus for the consumers of all modules added before.</summary>
    public static WebApplication BuildMes(this WebApplicationBuilder builder)
    {
        builder.Services.AddBus(builder.Configuration);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            ProblemMapper.Write(context.HttpContext, ForStatus(context.HttpContext.Response.StatusCode)));
        app.UseExactAddresses();
        app.UseBodyLimits();
        app.UseReadableBodies();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthReportWriter.Write })
            .AllowAnonymous();
        return app;
    }

    /// <summary>The group <c>/api/SERVICE</c>, whose changing requests run as commands on the service's database.</summary>
    /// <param name="app">The host.</param>
    /// <param name="service">Its name in addresses.</param>
    /// <param name="history">Permission to read the history of its records.</param>
    public static RouteGroupBuilder MapService<TDb>(
        this IEndpointRouteBuilder app, string service, string history = Permissions.ReadHistory) where TDb : MesDbContext
    {
        var group = app.MapCommands<TDb>(service);
        group.MapParkedMessages<TDb>();
        group.MapAudit<TDb>(history);
        return group;
    }

    /// <summary>A group <c>/api/NAME</c> whose changing requests run as commands on a service's database.</summary>
    public static RouteGroupBuilder MapCommands<TDb>(this IEndpointRouteBuilder app, string name) where TDb : MesDbContext
    {
        var group = app.MapGroup($"/api/{name}").WithGroupName(name).RequireAuthorization();
        group.AddEndpointFilterFactory(CommandFilter<TDb>.Create);
        return group;
    }

    /// <summary>Waits for the databases, brings them up to date, then serves until stopped.</summary>
    public static async Task RunMes(this WebApplication app)
    {
        await app.MigrateAll();
        await app.RunAsync();
    }

    /// <summary>Waits at most a minute for the databases, then brings them up to date.</summary>
    public static async Task MigrateAll(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var deadline = clock.GetUtcNow().AddMinutes(1);
        foreach (var step in app.Services.GetServices<MigrationStep>())
        {
            while (!await TryMigrate(app, step, lastTry: clock.GetUtcNow() > deadline))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock);
            }
        }
    }

    static async Task<bool> TryMigrate(WebApplication app, MigrationStep step, bool lastTry)
    {
        try
        {
            await step.Run(app.Services, app.Lifetime.ApplicationStopping);
            return true;
        }
        catch (Exception failure) when (!lastTry && (failure is NpgsqlException { IsTransient: true }
            || failure.InnerException is NpgsqlException { IsTransient: true }))
        {
            app.Logger.LogWarning("{Service}: waiting for the database: {Why}", step.Service, failure.Message);
            return false;
        }
    }

    static void Configure(System.Text.Json.JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.ReadExactly();
        json.TypeInfoResolver = json.TypeInfoResolver?
            .WithAddedModifier(ListsWithoutNull.Demand).WithAddedModifier(NormalTexts.Demand);
    }

    static Microsoft.AspNetCore.Mvc.ProblemDetails ForStatus(int status) => status switch
    {
        404 => ProblemMapper.Make(404, "no-such-address", "Check the address; /openapi lists them all."),
        405 => ProblemMapper.Make(405, "method-not-allowed", "Check the method; /openapi lists them all."),
        413 => ProblemMapper.BodyTooLarge(MalformedBody.BodyBytesMax),
        415 => ProblemMapper.Make(415, "not-json", "Send the body as application/json."),
        _ => ProblemMapper.Make(status, "refused", "The request was refused.")
    };
}

/// <summary>Brings one service's tables up to date.</summary>
public sealed record MigrationStep(string Service, Func<IServiceProvider, CancellationToken, Task> Run);
