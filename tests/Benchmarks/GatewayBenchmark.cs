using System.Security.Cryptography;
using Mes.Gateway.Proxy;
using Mes.Tests.Editions;
using Mes.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// The gateway against nginx as a reverse proxy with keep-alive, both before the same answer: its program with sign-in
/// by API key, tickets and limits at work, and its forwarder alone.
/// </summary>
static class GatewayBenchmark
{
    const int Connections = 32;

    public static async Task Run(BenchmarkOptions options)
    {
        if (Nginx.Missing is { } missing)
        {
            Console.WriteLine("\nGateway: not measured. " + missing);
            return;
        }
        using var folder = TestFolder.Create("gateway-benchmark");
        using var backend = await Nginx.Answering(folder);
        using var nginx = await Nginx.Proxying(folder, backend.Address);
        await using var forwarder = await StartForwarder(backend.Address);
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        var (gateway, key) = await StartGateway(folder, database, backend.Address);
        try
        {
            var reference = On(nginx.Address);
            await Compare("forwarder alone", 0.55, On(new Uri(forwarder.Urls.Single())), reference, options.Pairs);
            await Compare("sign-in and limits on", 0.45, On(gateway.Address, key), reference, options.Pairs);
        }
        finally
        {
            await gateway.Process.Kill();
            gateway.Process.Dispose();
        }

        Wrk On(Uri address, string? apiKey = null) => new(new Uri(address, "/api/equipment/units"), apiKey, options.Length);
    }

    static async Task Compare(string what, double bar, Wrk ours, Wrk nginx, int pairs)
    {
        await ours.Run(Connections);
        var (many, manyNginx) = await Interleave(pairs, () => ours.Run(Connections), () => nginx.Run(Connections));
        var (one, oneNginx) = await Interleave(pairs, () => ours.Run(1), () => nginx.Run(1));
        var ratio = Ratio(many.PerSecond, manyNginx.PerSecond);
        var (addedP50, addedP99) = (Text(one.P50Ms - oneNginx.P50Ms), Text(one.P99Ms - oneNginx.P99Ms));
        Console.WriteLine($"""

            ## Gateway, {what}: {Connections} connections; p50 and p99 of one connection

            | | requests/s | p50 ms | p99 ms |
            |---|---|---|---|
            | gateway | {Text(many.PerSecond)} | {Text(one.P50Ms)} | {Text(one.P99Ms)} |
            | nginx | {Text(manyNginx.PerSecond)} | {Text(oneNginx.P50Ms)} | {Text(oneNginx.P99Ms)} |
            | ratio (bar ≥ {bar}; added p50 ≤ 1 ms) | {ratio} | added {addedP50} | added {addedP99} |
            """);
    }

    /// <summary>What <see cref="ServiceProxy"/> forwards with, and nothing around it; in this process.</summary>
    static async Task<WebApplication> StartForwarder(Uri backend)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = ServiceProxy.NewClient();
        app.Map("/{**rest}", async (HttpContext context) => await forwarder.SendAsync(context, backend.ToString(),
            client, ServiceProxy.RequestConfig, HttpTransformer.Default, context.RequestAborted));
        await app.StartAsync();
        return app;
    }

    static async Task<((ServerProcess Process, Uri Address) Gateway, string Key)> StartGateway(
        TestFolder folder, TestDatabase database, Uri backend)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var process = ServerProcess.Start("gateway/Mes.Gateway.csproj", [], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.ToString(), ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__identity"] = database.AppConnectionString,
            ["ConnectionStrings__identity-owner"] = database.OwnerConnectionString,
            ["Services__equipment"] = backend.ToString(),
            ["Mes__TicketKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Gateway__RequestsPerSecond"] = "1000000",     // counted, never reached
        }, folder, Path.Combine(folder.Path, "gateway.log"));
        await process.BecomesHealthy(address);
        var oneTime = process.LogTail().Split("one-time password '")[1].Split('\'')[0];
        return ((process, address), await FirstStart.MakeApiKey(address, oneTime, "a long enough password"));
    }
}
