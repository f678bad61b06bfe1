using System.Text.Json;
using Mes.Demo.Api;

namespace Mes.Demo.Tests;

/// <summary>
/// What holds wherever a plant was left, whoever worked in it: the services say the same of each piece, minute and lot, by
/// what they show. (I1, I2, I3, I5, I8, I9 and I10 of the domain's invariants.)
/// </summary>
sealed class Invariants(Answers api, ITestOutputHelper output)
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);   // seconds of work have six decimals, instants are whole µs

    public async Task Check()
    {
        foreach (var service in new[] { "work-orders", "scheduling", "quality", "inventory", "equipment", "identity" })
        {
            await api.Until($"{service}/audit/verdict", "isIntact", Bound);
            (await api.All($"{service}/parked-messages")).ShouldBeEmpty(service);
        }
        (await api.Get("inventory/ledger/verdict")).Is("isBalanced").ShouldBeTrue();
        var confirmed = await Confirmations();
        var orders = await api.All("work-orders/orders");
        await OperationsHaveWhatWasConfirmed(orders, confirmed);
        await UnitsHaveWhatWasConfirmed(confirmed);
        await OrdersAreReceived(orders);
        await WorkIsReportedOnce();
        var figures = await api.Get("equipment/oee/verdict");
        figures.Is("isConsistent").ShouldBeTrue(figures.ToString());
    }

    async Task<List<JsonElement>> Confirmations()
    {
        var all = await api.All("erp/confirmations");
        all.Select(one => one.Text("key")).Distinct().Count().ShouldBe(all.Count, "a key that is confirmed twice");
        all.Select(one => one.GetProperty("position").GetInt64()).ShouldBe(Enumerable.Range(1, all.Count).Select(n => (long)n));
        output.WriteLine($"{all.Count} confirmations, {all.Sum(one => one.Number("good"))} good pieces");
        return all;
    }

    async Task OperationsHaveWhatWasConfirmed(List<JsonElement> orders, List<JsonElement> confirmed)
    {
        var byOperation = confirmed.ToLookup(one => (one.Text("order"), one.GetProperty("sequence").GetInt32()));
        foreach (var order in orders)
        {
            var shown = await api.Get($"work-orders/orders/{order.Id()}");
            foreach (var operation in shown.GetProperty("operations").EnumerateArray())
            {
                var key = (order.Text("order"), operation.GetProperty("sequence").GetInt32());
                PiecesOf([operation]).ShouldBe(PiecesOf(byOperation[key]), key.ToString());
            }
        }
    }

    async Task UnitsHaveWhatWasConfirmed(List<JsonElement> confirmed)
    {
        var today = TimeProvider.System.GetUtcNow();
        var window = $"from={today.AddDays(-60):yyyy-MM-dd}T00:00:00Z&to={today.AddDays(1):yyyy-MM-dd}T00:00:00Z";
        foreach (var unit in await api.All($"equipment/summary?{window}"))
        {
            var code = unit.Text("equipment");
            PiecesOf([unit]).ShouldBe(PiecesOf(confirmed.Where(one => one.Text("equipment") == code)), code);
        }
    }

    async Task OrdersAreReceived(List<JsonElement> orders)
    {
        foreach (var order in orders)
        {
            var number = order.Text("order");
            var received = await api.Get($"inventory/production-receipts/summary?order={number}");
            received.Number("pieces").ShouldBe(order.Number("received"), number);
        }
    }

    /// <summary>Each second of work that is over lies in one report, and none that rested.</summary>
    async Task WorkIsReportedOnce()
    {
        var ended = (await api.All("work-orders/work?status=Ended")).Where(one => one.Text("endedBy") != "Withdrawn")
            .ToList();
        foreach (var ofOperation in ended.GroupBy(work => work.Text("operationId")))
        {
            var reports = await api.All($"work-orders/operations/{ofOperation.Key}/reports");
            foreach (var work in ofOperation)
            {
                var own = reports.Where(report => IsOf(work, report)).ToList();
                var reported = own.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.Time("endedAt") - one.Time("startedAt")));
                reported.ShouldBe(TimeSpan.FromSeconds((double)work.Number("seconds")), Tolerance, work.ToString());
            }
        }
        output.WriteLine($"{ended.Count} pieces of work, {ended.Sum(work => work.Number("seconds")) / 3600:F1} hours");
    }

    static bool IsOf(JsonElement work, JsonElement report) =>
        new[] { "operator", "equipment", "activity" }.All(member => work.Text(member) == report.Text(member))
        && report.Time("startedAt") >= work.Time("startedAt") && report.Time("endedAt") <= work.Time("since")
        && report.GetProperty("corrects").ValueKind == JsonValueKind.Null;

    static (decimal Good, decimal Scrap, decimal Nonconforming) PiecesOf(IEnumerable<JsonElement> rows) => rows.Aggregate(
        (0m, 0m, 0m), (sum, row) => (sum.Item1 + row.Number("good"), sum.Item2 + row.Number("scrap"),
            sum.Item3 + row.Number("nonconforming")));
}
