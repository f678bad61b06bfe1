using System.Diagnostics;
using Mes.Contracts;
using Mes.Scheduling;
using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Benchmarks;

/// <summary>
/// Promise dates, drags and the shift after a breakdown over HTTP, on a plan of 10,000 operations: 1,000 orders of ten
/// operations on 50 machines
/// with an alternative each.
/// </summary>
static class PlanningBenchmark
{
    const int Asks = 20;
    const int Stops = 7;
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static async Task Run()
    {
        await using var service =
            await ServiceHost<SchedulingDb>.Start("scheduling", b => b.AddScheduling(), a => a.MapScheduling());
        await service.Do("/api/scheduling/settings", new { fullSeconds = 1, repairSeconds = 1, workers = 1 },
            method: HttpMethod.Put);
        await service.Query<long>(Demand);
        await service.Do("/api/scheduling/plans", new { mode = "Full" });
        await Poll.Until(async () => await Version(service) > 0, Bound, "the plan is in force");
        var promise = await Median(Asks, _ =>
            service.Do("/api/scheduling/promises", new { quantity = 50, operations = Operations() }));
        var operations = await service.Query<Guid[]>(
            "SELECT array_agg(operation_id) FROM (SELECT operation_id FROM plan_operation ORDER BY random() LIMIT 5)");
        var move = await Median(operations.Length, i => Move(service, operations[i]));
        var draft = (await service.Do("/api/scheduling/drafts", null)).GetProperty("id").GetGuid();
        var step = await Median(operations.Length, i => Step(service, draft, operations[i]));
        await Move(service, operations[0]);
        var rebase = await Median(1, _ => service.Get($"/api/scheduling/drafts/{draft}"));
        var (shift, repair) = await Breakdowns(service);
        if (Environment.GetEnvironmentVariable("HOLD") is { }) await Task.Delay(3_000_000);
        var alone = MedianOf([.. await service.Query<long[]>("SELECT array_agg(duration_ms) FROM plan WHERE mode = 'Shift'")]);
        Console.WriteLine($"""

            ## Planning, 10,000 operations

            | what | measured |
            |---|---|
            | promise date, {Asks} asked over HTTP | {Range(promise)} |
            | drag of an operation, published, {operations.Length} times | {Range(move)} |
            | step in a draft, {operations.Length} times | {Range(step)} |
            | a draft of {operations.Length} steps brought up to a newer plan | {Range(rebase)} |
            | breakdown known to shifted plan in force, {Stops} times | {Range(shift)} |
            | of it the shift itself | {Range(alone)} |
            | breakdown known to the end of the optimized repair (1 s of search in it) | {Range(repair)} |
            """);
    }

    static IEnumerable<object> Operations() => Enumerable.Range(0, 10).Select(i => new
    {
        code = $"op{i}", equipment = new[] { $"m{i * 5}", $"m{(i * 5) + 1}" }, setupFamily = (string?)null,
        setupSeconds = 300, runSecondsPerUnit = 60
    });

    static async Task Move(ServiceHost<SchedulingDb> service, Guid operation)
    {
        var equipment = await service.Query<string>(
            $"SELECT equipment FROM plan_operation WHERE operation_id = '{operation}' ORDER BY starts_at DESC LIMIT 1");
        var startsAt = TimeProvider.System.GetUtcNow().AddDays(60);
        using var answer = await service.Send("/api/scheduling/moves",
            new { operationId = operation, equipment, startsAt, @lock = false });
        answer.EnsureSuccessStatusCode();
    }

    static async Task Step(ServiceHost<SchedulingDb> service, Guid draft, Guid operation)
    {
        var equipment = await service.Query<string>(
            $"SELECT equipment FROM plan_operation WHERE operation_id = '{operation}' ORDER BY starts_at DESC LIMIT 1");
        var startsAt = TimeProvider.System.GetUtcNow().AddDays(90);
        await service.Do($"/api/scheduling/drafts/{draft}/steps",
            new { step = new { kind = "Move", operations = new[] { new { operationId = operation, equipment, startsAt } } } });
    }

    /// <summary>One machine after another breaks down, each when the plan has been repaired for the one before.</summary>
    static async Task<((long P50, long Max) Shift, (long P50, long Max) Repair)> Breakdowns(ServiceHost<SchedulingDb> service)
    {
        List<long> shifts = [], repairs = [];
        for (var machine = 0; machine < Stops; machine++)
        {
            var ended = await service.Query<long>(RepairsEnded);
            var watch = Stopwatch.StartNew();
            await service.Deliver("scheduling-heed-downtime", new EquipmentAvailabilityChanged($"m{machine}", 1, true,
                DateTimeOffset.UnixEpoch, null, TimeProvider.System.GetUtcNow().AddDays(2)));
            await Poll.Until(async () => await service.Query<long>("SELECT count(*) FROM plan WHERE mode = 'Shift'") > machine,
                Bound, "the shifted plan is in force");
            shifts.Add(watch.ElapsedMilliseconds);
            await Poll.Until(async () => await service.Query<long>(RepairsEnded) > ended, Bound, "the repair has ended");
            repairs.Add(watch.ElapsedMilliseconds);
        }
        return (MedianOf(shifts), MedianOf(repairs));
    }

    const string RepairsEnded =
        "SELECT count(*) FROM planning_run WHERE mode = 'Repair' AND status IN ('Done', 'Unchanged')";

    static Task<long> Version(ServiceHost<SchedulingDb> service) =>
        service.Query<long>("SELECT coalesce(max(version), 0) FROM plan");

    static async Task<(long P50, long Max)> Median(int times, Func<int, Task> ask)
    {
        var took = new List<long>();
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await ask(i);
            took.Add(watch.ElapsedMilliseconds);
        }
        return MedianOf(took);
    }

    static (long P50, long Max) MedianOf(List<long> took)
    {
        took.Sort();
        return (took[took.Count / 2], took[^1]);
    }

    static string Range((long P50, long Max) took) => $"p50 {took.P50} ms, max {took.Max} ms";

    const string Demand = """
        WITH orders AS (
            INSERT INTO demand_order (order_id, number, version, status, product, quantity, priority, release_at, due_at)
            SELECT gen_random_uuid(), 'O' || i, 1, 'Released', 'P', 50, 0, NULL, now() + i * interval '1 hour' FROM
            generate_series(1, 1000) i
            RETURNING order_id, number),
        operations AS (
            INSERT INTO demand_operation
                (operation_id, order_id, sequence, code, equipment, setup_seconds, run_seconds_per_unit, is_done)
            SELECT gen_random_uuid(), order_id, s * 10, 'op' || s, ARRAY['m' || m, 'm' || (m + 1) % 50], 300, 60, false
            FROM orders CROSS JOIN generate_series(0, 9) s
            CROSS JOIN LATERAL (SELECT (s * 5 + substr(number, 2)::int) % 50 AS m) machine
            RETURNING 1)
        SELECT count(*) FROM operations
        """;
}
