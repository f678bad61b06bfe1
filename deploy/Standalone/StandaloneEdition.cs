using System.Net;
using System.Net.Sockets;
using Mes.Demo;
using Mes.Equipment;
using Mes.Gateway;
using Mes.Gateway.Live;
using Mes.Inventory;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Postgres;
using Mes.Quality;
using Mes.Scheduling;
using Mes.Web.Hosting;
using Mes.WorkOrders;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Standalone;

/// <summary>
/// Everything in one process: PostgreSQL of its own, the five services on an internal loopback port with one bus, and the
/// gateway in front of them. The modules are the same as in the distributed edition.
/// </summary>
sealed class StandaloneEdition : IAsyncDisposable
{
    readonly IPostgres _postgres;
    readonly WebApplication _services;
    readonly WebApplication _gateway;
    readonly Task _demo;

    StandaloneEdition(IPostgres postgres, WebApplication services, WebApplication gateway, Task demo) =>
        (_postgres, _services, _gateway, _demo) = (postgres, services, gateway, demo);

    /// <summary>Starts PostgreSQL, then the services, then the gateway; prints the address.</summary>
    public static async Task<StandaloneEdition> Start(StandaloneOptions options)
    {
        RequireFree(IPAddress.Loopback, options.Port);
        if (options.HttpsPort is { } lan) RequireFree(IPAddress.Any, lan);
        var demo = DemoOf(options);
        using var log = LoggerFactory.Create(logging => logging.AddTimedConsole());
        var installation = await Installation.Open(options, log.CreateLogger("Mes"));
        try
        {
            var live = new LiveEvents();
            var services = await StartServices(options, installation, live);
            var gateway = await StartGateway(options, installation, live, services, demo);
            Console.WriteLine(
                $"\nMes runs at http://localhost:{options.Port} (Ctrl-C stops it; data in {installation.DataFolder})");
            if (options.HttpsPort is { } https)
            {
                Console.WriteLine($"On the LAN: https://{LanCertificate.HostName}:{https}, certificate authority at /trust.crt");
            }
            var plant = options.DemoSpeed is { } speed
                ? DemoPlant.Run(new Uri($"http://localhost:{options.Port}"), demo!, speed, Console.WriteLine,
                    gateway.Lifetime.ApplicationStopping)
                : Task.CompletedTask;
            return new StandaloneEdition(installation.Postgres, services, gateway, plant);
        }
        catch
        {
            await installation.Postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until Ctrl-C or SIGTERM.</summary>
    /// <returns>False where it stopped because another installation took its PostgreSQL.</returns>
    public async Task<bool> RunUntilStopped()
    {
        var stopped = _gateway.WaitForShutdownAsync();
        return await Task.WhenAny(stopped, _postgres.Lost) == stopped;
    }

    /// <summary>Stops taking requests, drains what is under way, then stops PostgreSQL.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gateway.StopAsync();
        await _demo;
        await _gateway.DisposeAsync();
        await _services.StopAsync();
        await _services.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>The mark of a demo's data, also where it is started without its simulator; null where they are none.</summary>
    static DemoFolder? DemoOf(StandaloneOptions options)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        return options.DemoSpeed is null
            ? DemoFolder.Find(folder)
            : DemoFolder.OpenOrMark(folder, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Before anything is started: the gateway itself listens last.</summary>
    static void RequireFree(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
        }
        catch (SocketException busy)
        {
            throw new IOException(
                $"port {port} cannot be used ({busy.Message}). Stop what uses it, or choose another.", busy);
        }
    }

    static async Task<WebApplication> StartServices(StandaloneOptions options, Installation installation, LiveEvents live)
    {
        var builder = MesService.CreateBuilder("standalone", options.Rest);
        builder.Configuration.AddInMemoryCollection(installation.Configuration);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IHostLifetime, StoppedByGateway>();
        builder.Services.AddSingleton(new Listener(contract =>
            live.Publish(contract.GetType().Name, MessageJson.Write(contract))));
        builder.AddWorkOrders();
        builder.AddScheduling();
        builder.AddQuality();
        builder.AddInventory();
        builder.AddEquipment();
        builder.AddGatewayConsumers();
        var app = builder.BuildMes();
        app.MapWorkOrders();
        app.MapScheduling();
        app.MapQuality();
        app.MapInventory();
        app.MapEquipment();
        await app.MigrateAll();
        await app.StartAsync();
        return app;
    }

    static async Task<WebApplication> StartGateway(
        StandaloneOptions options, Installation installation, LiveEvents live, WebApplication services, DemoFolder? demo)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = options.Rest, ApplicationName = typeof(GatewayModule).Assembly.GetName().Name
        });
        builder.Configuration.AddInMemoryCollection(installation.Configuration);
        builder.Configuration.AddInMemoryCollection(
            new[] { "work-orders", "scheduling", "quality", "inventory", "equipment" }
                .Select(service => KeyValuePair.Create($"Services:{service}", (string?)AddressOf(services))));
        if (demo is not null) builder.Configuration.AddInMemoryCollection(DemoAccountSettings());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(options.Port);
            if (options.HttpsPort is { } https)
            {
                kestrel.ListenAnyIP(https, listen => listen.UseHttps(LanCertificate.Load(installation.DataFolder)));
            }
        });
        builder.AddGateway();
        builder.Services.AddSingleton(live);
        builder.Services.UseBusOf(services.Services);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "services", new ServicesHealth(services.Services.GetRequiredService<HealthCheckService>()), null, null));
        var app = builder.Build();
        if (options.HttpsPort is not null)
        {
            app.MapGet("/trust.crt", () => Results.Bytes(LanCertificate.AuthorityOf(installation.DataFolder),
                "application/x-x509-ca-cert", "mes-authority.crt")).AllowAnonymous();
        }
        app.MapGateway();
        await app.PrepareGatewayAsync((name, password) => ShowOrKeep(name, password, demo));
        await app.StartAsync();
        return app;
    }

    static void ShowOrKeep(string name, string password, DemoFolder? demo)
    {
        if (demo is not null)
        {
            demo.KeepPassword(password);
            return;
        }
        Console.WriteLine($"\nFirst start: sign in as '{name}' with the one-time password '{password}'. It is not shown again.");
    }

    // What the sign-in page offers; see ListDemoAccounts in the gateway
    static IEnumerable<KeyValuePair<string, string?>> DemoAccountSettings() => DemoAccounts.All.SelectMany((account, index) =>
        new[] { ("UserName", account.UserName), ("Role", account.Role), ("Password", DemoAccounts.Password) }
            .Select(pair => KeyValuePair.Create($"Gateway:DemoAccounts:{index}:{pair.Item1}", (string?)pair.Item2)));

    static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Ctrl-C is heard by the gateway alone, so that it stops taking requests before the services stop.</summary>
    sealed class StoppedByGateway : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
