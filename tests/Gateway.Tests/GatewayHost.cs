using Mes.Messaging;
using Mes.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Mes.Gateway.Tests;

/// <summary>A gateway as it runs in an installation: Kestrel on a port of its own, before a real database.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    public static readonly string TicketKey = Convert.ToBase64String(new byte[32].Select((_, i) => (byte)i).ToArray());

    readonly WebApplication _app;

    GatewayHost(WebApplication app, List<(string Name, string Password)> shown) => (_app, Shown) = (app, shown);

    /// <summary>The one-time passwords that this start has shown.</summary>
    public IReadOnlyList<(string Name, string Password)> Shown { get; }

    public Uri Address => AddressOf(_app);

    public IServiceProvider Services => _app.Services;

    public static Task<GatewayHost> StartAsync(
        TestDatabase database, TimeProvider clock, params (string Key, string? Value)[] settings) =>
        StartAsync(database, clock, null, settings);

    public static async Task<GatewayHost> StartAsync(
        TestDatabase database,
        TimeProvider clock,
        Action<string, string>? show,
        params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:identity"] = database.AppConnectionString,
            ["ConnectionStrings:identity-owner"] = database.OwnerConnectionString,
            ["Mes:TicketKey"] = TicketKey,
            ["Gateway:SignInsPerMinute"] = "100000",
            ["Gateway:RequestsPerSecond"] = "100000",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => pair.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(clock);
        builder.AddGateway();
        builder.Services.AddBus(builder.Configuration);
        var app = builder.Build();
        app.MapGateway();
        var shown = new List<(string, string)>();
        await app.PrepareGatewayAsync(show ?? ((name, password) => shown.Add((name, password))));
        await app.StartAsync();
        return new GatewayHost(app, shown);
    }

    public TestClient Client() => new(Address);

    /// <summary>Signs the first administrator in, with a password of their own choice.</summary>
    public async Task<TestClient> SignInAdministratorAsync()
    {
        const string password = "an administrator's own";
        var client = Client();
        if (Shown.Count == 1)
        {
            var (name, oneTime) = Shown[0];
            (await client.PostAsync("sign-in", new { userName = name, password = oneTime })).Status.ShouldBe(200);
            var changed = await client.PostAsync("password", new { current = oneTime, @new = password });
            changed.Status.ShouldBe(204, changed.Text);
            return client;
        }

        (await client.PostAsync("sign-in", new { userName = "admin", password })).Status.ShouldBe(200);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal static Uri AddressOf(WebApplication app) => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
