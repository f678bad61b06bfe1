using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>Reads what a plan is made from, as one snapshot.</summary>
sealed class PlanningInput(
    ServiceDatabase<SchedulingDb> database, OpenOrders orders, RecentPlans recent, TimeProvider clock)
{
    /// <summary>How long after its last report work is taken to go on, hours.</summary>
    public const int RunningHours = 12;

    public async Task<PlanningFacts> Read(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var db = OnSame(connection);
        // by EF, as far as it is entities, so that their mapping is written once; in the same snapshot
        var settings = await db.Settings.AsNoTracking().SingleAsync(ct);
        var last = await Last(connection);
        var inForce = await db.Plans.AsNoTracking().Where(plan => plan.Version != null).OrderByDescending(plan => plan.Version)
            .Select(plan => new { plan.Id, plan.Warnings }).FirstOrDefaultAsync(ct);
        return new PlanningFacts(
            await Demand(connection, last, order: null), await Capacity(connection, db, last, ct),
            inForce is null ? [] : await recent.Of(connection, inForce.Id, ct), settings)
        {
            PlanId = inForce?.Id,
            UnplannedInForce = (await connection.QueryAsync<(Guid, string)>(
                "SELECT operation_id, code FROM plan_unplanned WHERE plan_id = @Id", new { inForce?.Id })).ToHashSet(),
            LateInForce = (await connection.QueryAsync<(Guid, DateTime)>(
                "SELECT order_id, due_at FROM plan_late_order WHERE plan_id = @Id", new { inForce?.Id }))
                .Select(late => (late.Item1, new DateTimeOffset(late.Item2))).ToHashSet(),
            WarningsInForce = inForce?.Warnings ?? []
        };
    }

    /// <summary>An order that is open to planning, or null, and the capacity it is planned on.</summary>
    public async Task<(DemandOrder? Order, PlantCapacity Capacity)> ReadOrder(Guid order, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var db = OnSame(connection);
        var last = await Last(connection);
        return ((await Demand(connection, last, order)).SingleOrDefault(), await Capacity(connection, db, last, ct));
    }

    static SchedulingDb OnSame(NpgsqlConnection connection) =>
        new(new DbContextOptionsBuilder<SchedulingDb>().UseNpgsql(connection).Options);

    static async Task<List<LastWork>> Last(NpgsqlConnection connection) => (await connection.QueryAsync<LastWork>(
        """
        SELECT e.equipment, e.operation_id, e.ended_at, o.setup_family
        FROM equipment_last e LEFT JOIN demand_operation o USING (operation_id)
        """)).AsList();

    /// <summary>Equipment of the plant: what is defined, and what open orders name.</summary>
    public async Task<HashSet<string>> KnownEquipment(PlanningFacts facts, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var defined = await connection.QueryAsync<string>(
            new CommandDefinition("SELECT code FROM equipment", cancellationToken: ct));
        return [.. defined, .. facts.Equipment()];
    }

    async Task<IReadOnlyList<DemandOrder>> Demand(NpgsqlConnection connection, List<LastWork> last, Guid? order) =>
        await orders.Read(connection,
            await OperationStates.Read(connection, last, clock.GetUtcNow().AddHours(-RunningHours), order), order);

    static async Task<PlantCapacity> Capacity(
        NpgsqlConnection connection, SchedulingDb db, List<LastWork> last, CancellationToken ct)
    {
        return await PlantCalendars.Read(db, ct) with
        {
            Setups = await db.Setups.AsNoTracking().ToListAsync(ct),
            FamilyOf = last.Where(work => work.SetupFamily is not null)
                .ToDictionary(work => work.Equipment, work => work.SetupFamily!),
            KnownEquipment = [.. await connection.QueryAsync<string>("SELECT code FROM equipment")],
            Stops = [.. (await connection.QueryAsync<(string Equipment, DateTime? Until)>(
                "SELECT equipment, expected_up_at FROM equipment_availability WHERE is_down"))
                .Select(row => new PlannedStop(row.Equipment, null, row.Until))]
        };
    }
}
