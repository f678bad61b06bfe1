using Mes.Contracts;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Tests;

/// <summary>Demand, and messages of other services, with only what matters told.</summary>
static class Given
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An order of 10: op1 on m1 (600 s setup, 60 s each), op2 on m2 or m3 (30 s each).</summary>
    public static DemandOrder Order(string number, decimal remaining = 10, int dueHours = 48, int priority = 0) => new(
        Guid.CreateVersion7(), number, 10, priority, null, Monday.AddHours(dueHours),
        [
            new DemandOperation(Guid.CreateVersion7(), ["m1"], 600, 60, remaining) { Code = "op1" },
            new DemandOperation(Guid.CreateVersion7(), ["m2", "m3"], 0, 30, remaining) { Code = "op2" }
        ]);

    public static PlanningFacts Facts(params DemandOrder[] orders) =>
        new(orders, new PlantCapacity(), [], new PlanningSettings());

    /// <summary>The facts with a plan in force, made on Monday.</summary>
    public static PlanningFacts Planned(params DemandOrder[] orders)
    {
        var facts = Facts(orders);
        return facts with { Plan = PlanShift.Shift(facts, [], Monday).Rows() };
    }

    /// <summary>An order of 10 with three operations op1 to op3, each on its own machine or the spare one; 600 s setup,
    /// 60 s each.</summary>
    public static WorkOrderChanged Released(string number, long version = 1, int priority = 0,
        DateTimeOffset? dueAt = null) => new(
        Guid.CreateVersion7(), number, version, WorkOrderStatus.Released, "P", "pcs", 10, priority, null, dueAt,
        [.. Enumerable.Range(1, 3).Select(i => new PlannedOperation(
            Guid.CreateVersion7(), i * 10, $"op{i}", [$"m{i}", "spare"], null, 600, 60, 10, false, false))], []);

    /// <summary>So many orders of that kind, numbered from 0 on.</summary>
    public static IReadOnlyList<WorkOrderChanged> Orders(int count, DateTimeOffset? dueAt = null) =>
        [.. Enumerable.Range(0, count).Select(i => Released($"{i}", dueAt: dueAt))];

    /// <summary>A calendar as Equipment tells it: one shift on the first days of each week, from Monday on.</summary>
    public static CalendarChanged Calendar(
        string code, long version, string start, string end, int days = 7, params IEnumerable<DateOnly> closed) => new(
        code, version, "UTC",
        [new CalendarPattern(new DateOnly(2001, 1, 1), [.. Enumerable.Range(0, 7).Select(day =>
            day < days ? [new CalendarShift("day", start, end)] : Array.Empty<CalendarShift>())])],
        [.. closed.Select(day => new CalendarException(day, []))]);

    public static ProductionReported Reported(
        WorkOrderChanged order, decimal good, string equipment = "m1", int operation = 0, DateTimeOffset? startedAt = null,
        DateTimeOffset? endedAt = null) => new(
        Guid.NewGuid(), null, order.OrderId, order.Number, order.Operations[operation].OperationId,
        order.Operations[operation].Code,
        order.Operations[operation].Sequence, null, false, false, "P", "pcs", order.Number, equipment, "O", WorkActivity.Run,
        startedAt ?? DateTimeOffset.UnixEpoch, endedAt ?? DateTimeOffset.UnixEpoch, good, 0, 0, false, null, [],
        DateTimeOffset.UnixEpoch);
}
