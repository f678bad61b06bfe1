using Dapper;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Features;

/// <summary>Everything a plan is made from.</summary>
sealed record PlanningFacts(
    IReadOnlyList<DemandOrder> Demand, PlantCapacity Capacity, IReadOnlyList<PlannedBefore> Before);

/// <summary>Reads what a plan is made from, as one snapshot.</summary>
sealed class PlanningInput(ServiceDatabase<SchedulingDb> database)
{
    public async Task<PlanningFacts> Read(bool withPlan, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var demand = await Demand(connection);
        var capacity = new PlantCapacity(await Calendars(connection), await Down(connection));
        return new PlanningFacts(demand, capacity, withPlan ? await PlanInForce(connection) : []);
    }

    static async Task<List<DemandOrder>> Demand(NpgsqlConnection connection)
    {
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT d.order_id, d.number, d.quantity, d.priority, d.release_at, d.due_at, o.operation_id, o.equipment,
                   CASE WHEN p.reports > 0 THEN 0 ELSE o.setup_seconds END AS setup_seconds, o.run_seconds_per_unit,
                   greatest(0, d.quantity - coalesce(p.finished, 0)) AS remaining
            FROM demand_order d JOIN demand_operation o USING (order_id) LEFT JOIN progress p USING (operation_id)
            LEFT JOIN shortage s ON s.order_id = d.order_id
            WHERE d.status = 'Released' AND NOT o.is_done AND (coalesce(p.finished, 0) < d.quantity OR coalesce(p.reports, 0) = 0)
            ORDER BY coalesce(s.is_short, false), d.order_id, o.sequence
            """);
        return [.. rows.GroupBy(row => row.OrderId).Select(order => new DemandOrder(
            order.Key, order.First().Number, order.First().Quantity, order.First().Priority, order.First().ReleaseAt, order.First().DueAt,
            [.. order.Select(row => new DemandOperation(
                row.OperationId, row.Equipment, row.SetupSeconds, row.RunSecondsPerUnit, row.Remaining))]))];
    }

    static async Task<Dictionary<string, WorkCalendar>> Calendars(NpgsqlConnection connection)
    {
        var options = new DbContextOptionsBuilder<SchedulingDb>().UseNpgsql(connection).Options;
        await using var db = new SchedulingDb(options);
        var calendars = await db.Calendars.AsNoTracking().ToDictionaryAsync(calendar => calendar.Code);
        var assignments = await connection.QueryAsync<(string Equipment, string Calendar)>("SELECT equipment, calendar FROM equipment_calendar");
        return assignments.ToDictionary(row => row.Equipment, row => calendars[row.Calendar]);
    }

    static async Task<Dictionary<string, DateTimeOffset?>> Down(NpgsqlConnection connection) =>
        (await connection.QueryAsync<(string Equipment, DateTime? Until)>(
            "SELECT equipment, expected_up_at FROM equipment_availability WHERE is_down"))
        .ToDictionary(row => row.Equipment, row => (DateTimeOffset?)row.Until);

    static async Task<IReadOnlyList<PlannedBefore>> PlanInForce(NpgsqlConnection connection) =>
        [.. (await connection.QueryAsync<(Guid Id, string Equipment, DateTime StartsAt)>(
            "SELECT operation_id, equipment, starts_at FROM plan_operation WHERE plan_id = (SELECT id FROM plan ORDER BY version DESC LIMIT 1)"))
        .Select(row => new PlannedBefore(row.Id, row.Equipment, row.StartsAt))];

    sealed class Row
    {
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public decimal Quantity { get; init; }
        public int Priority { get; init; }
        public DateTime? ReleaseAt { get; init; }
        public DateTime? DueAt { get; init; }
        public Guid OperationId { get; init; }
        public string[] Equipment { get; init; } = [];
        public decimal SetupSeconds { get; init; }
        public decimal RunSecondsPerUnit { get; init; }
        public decimal Remaining { get; init; }
    }
}
