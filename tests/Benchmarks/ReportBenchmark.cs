using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// Production reports over HTTP, through the whole service, against the same rows written by bare Npgsql. Each of 16
/// clients
/// reports on four orders of its own, in turn, as terminals do. The service's outbox is not dispatched (nobody
/// consumes here; that is the other benchmark's). Audit chain and ERP feed are at work on both sides, the same code on
/// both, and are waited for before the other side has its turn.
/// </summary>
sealed class ReportBenchmark : IAsyncDisposable
{
    public const int Clients = 16;
    const int Orders = 64;
    static readonly TimeSpan DrainBound = TimeSpan.FromMinutes(5);

    readonly ServiceHost<WorkOrdersDb> _service;
    readonly List<Guid> _operations = [];
    Guid _signOn;

    ReportBenchmark(ServiceHost<WorkOrdersDb> service) => _service = service;

    public static async Task Run(BenchmarkOptions options)
    {
        await using var product = new ReportBenchmark(
            await ServiceHost<WorkOrdersDb>.Start("work-orders", b => AddService(b.Services, b.AddWorkOrders), a =>
                a.MapWorkOrders()));
        await product.Seed();
        await using var bare = await BareReports.Create(product._service, product._operations, product._signOn);
        var warmUp = TimeSpan.FromSeconds(20);      // compiled for good, and all prepared on every connection
        await product.Measure(warmUp);
        await bare.Measure(warmUp);
        var (ours, theirs) = await Interleave(options.Pairs, () => product.Measure(options.Length),
            () => bare.Measure(options.Length));
        var half = await product.Measure(options.Length, ours.PerSecond / 2);
        Print(ours, theirs, half);
    }

    static void AddService(IServiceCollection services, Action add)
    {
        add();
        var dispatcher = services.Single(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Name.StartsWith("OutboxDispatcher", StringComparison.Ordinal) == true);
        services.Remove(dispatcher);
    }

    static void Print(Sample ours, Sample theirs, Sample half)
    {
        var (rate, p50, p99) = (Ratio(ours.PerSecond, theirs.PerSecond),
            Ratio(ours.P50Ms, theirs.P50Ms), Ratio(ours.P99Ms, theirs.P99Ms));
        var (halfRate, halfP50, halfP99) = (Text(half.PerSecond), Text(half.P50Ms), Text(half.P99Ms));
        Console.WriteLine($"""

            ## Production report: {Clients} clients, {Orders} orders

            | | requests/s | CPU ms each | p50 ms | p99 ms |
            |---|---|---|---|---|
            | service over HTTP | {Text(ours.PerSecond)} | {ours.Cpu} | {Text(ours.P50Ms)} | {Text(ours.P99Ms)} |
            | bare Npgsql | {Text(theirs.PerSecond)} | {theirs.Cpu} | {Text(theirs.P50Ms)} | {Text(theirs.P99Ms)} |
            | ratio (bar ≥ 0.7) | {rate} | | {p50} | {p99} |
            | service at half of its maximum (bar p99 ≤ 50) | {halfRate} | {half.Cpu} | {halfP50} | {halfP99} |
            """);
    }

    async Task Seed()
    {
        await _service.Define("/api/work-orders/products", new { code = "P", name = "Part", unit = "pcs" });
        // Identity, which tells of people, is not here
        await _service.Query<string>(
            "INSERT INTO operator (code, name, qualifications) VALUES ('O', 'Operator', '{m1}') RETURNING code");
        await _service.Define("/api/work-orders/routings", new
        {
            code = "R", revision = "1", product = "P",
            steps = new object[] { new { code = "turn", equipment = new[] { "m1" } }, new { code = "pack",
                equipment = new[] { "m1" }, isReceipt = true } }
        });
        var since = TimeProvider.System.GetUtcNow().AddHours(-8);
        var signOn = await _service.Do("/api/work-orders/sign-ons", new { @operator = "O", station = "T", at = since });
        _signOn = signOn.GetProperty("id").GetGuid();
        for (var number = 0; number < Orders; number++)
        {
            var order = await _service.Define("/api/erp/orders",
                new { number = $"N{number}", routing = "R", revision = "1", quantity = 1_000_000, release = true });
            _operations.Add(order.GetProperty("operations")[0].GetProperty("id").GetGuid());
        }
        using var client = Client();
        await Report(client, 0, 0);
    }

    /// <summary>The operation that a client's n-th report is for.</summary>
    public static int Target(int client, int n) => client + (n % (Orders / Clients) * Clients);

    LeanClient Client() =>
        new(_service.Http.BaseAddress!, $"{Ticket.Header}: {_service.TicketOf(Permissions.All)}\r\n");

    Task Report(LeanClient client, int number, int n)
    {
        var now = TimeProvider.System.GetUtcNow();
        return client.Post($"/api/work-orders/operations/{_operations[Target(number, n)]}/reports", $$"""
            {"signOnId":"{{_signOn}}","equipment":"m1","activity":"Run","good":1,"scrap":0,
             "startedAt":"{{now.AddMinutes(-5):O}}","endedAt":"{{now:O}}"}
            """, Guid.NewGuid());
    }

    async Task<Sample> Measure(TimeSpan length, double? perSecond = null)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => Client()).ToArray();
        var sample = await Load.Run(Clients, length, (client, n) => Report(clients[client], client, n), perSecond);
        Array.ForEach(clients, client => client.Dispose());
        await Drained(_service.Query<bool>);
        return sample;
    }

    /// <summary>Waits until all that follows the commits is done.</summary>
    public static Task Drained(Func<string, Task<bool>> query) => Poll.Until(
        async () => !await query("SELECT EXISTS (SELECT FROM audit_unchained) OR EXISTS (SELECT FROM erp_pending)"),
        DrainBound, "the audit chain and the ERP feed catch up");

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
