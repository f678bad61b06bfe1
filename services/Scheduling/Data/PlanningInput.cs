using System.Text.Json;
using Dapper;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>Reads what a plan is made from, as one snapshot.</summary>
sealed class PlanningInput(ServiceDatabase<SchedulingDb> database, RecentPlans recent, TimeProvider clock)
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

    async Task<IReadOnlyList<DemandOrder>> Demand(NpgsqlConnection connection, List<LastWork> last, Guid? order)
    {
        var setUp = last.ToLookup(work => work.OperationId);
        var since = clock.GetUtcNow().AddHours(-RunningHours).UtcDateTime;
        var rows = await connection.QueryAsync<Row>(
            """
            WITH under_way AS (
                SELECT DISTINCT ON (equipment) equipment, operation_id, started_at FROM work WHERE NOT is_over
                ORDER BY equipment, started_at DESC, work_id)
            SELECT d.order_id, d.number, d.quantity, d.priority, d.release_at, d.due_at, o.operation_id, o.code,
                   ARRAY(SELECT u.code FROM unnest(o.equipment) WITH ORDINALITY u(code, place)
                         WHERE NOT EXISTS (SELECT FROM equipment q WHERE q.code = u.code AND q.retired_at IS NOT NULL)
                         ORDER BY u.place) AS equipment,
                   o.setup_family, o.setup_seconds, o.run_seconds_per_unit, coalesce(p.reports, 0) > 0 AS is_begun,
                   greatest(0, d.quantity - coalesce(p.finished, 0)) AS remaining, o.alternatives, o.resources, o.links,
                   o.is_splittable, coalesce(s.is_short, false) AS is_short, s.expected_at, l.equipment AS lock_equipment,
                   l.starts_at AS lock_starts_at, p.equipment AS run_equipment, p.started_at AS run_started_at,
                   p.ended_at AS run_ended_at, k.equipment AS work_equipment, k.started_at AS work_started_at,
                   EXISTS (SELECT FROM under_way u WHERE u.equipment = p.equipment AND u.operation_id <> o.operation_id)
                       AS is_displaced, t.operation_id IS NOT NULL AS is_taken_out,
                   EXISTS (SELECT FROM quality_hold h WHERE h.operation_id = o.operation_id AND h.is_active)
                       OR EXISTS (SELECT FROM quality_hold h WHERE h.order_id = d.order_id AND h.is_active) AS is_held
            FROM demand_order d JOIN demand_operation o USING (order_id) LEFT JOIN progress p USING (operation_id)
            LEFT JOIN (SELECT DISTINCT ON (operation_id) * FROM under_way ORDER BY operation_id, started_at DESC) k
                USING (operation_id)
            LEFT JOIN shortage s ON s.order_id = d.order_id LEFT JOIN operation_lock l USING (operation_id)
            LEFT JOIN taken_out_operation t USING (operation_id)
            WHERE d.status = 'Released' AND NOT o.is_done AND (coalesce(p.finished, 0) < d.quantity OR coalesce(p.reports, 0) = 0)
              AND (@order::uuid IS NULL OR d.order_id = @order)
            ORDER BY coalesce(s.is_short, false), d.order_id, o.sequence
            """, new { order });
        return [.. rows.GroupBy(row => row.OrderId).Select(own =>
            own.First().ToOrder([.. own.Select(row => row.ToOperation(setUp[row.OperationId], since))]))];
    }

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

    sealed class LastWork
    {
        public string Equipment { get; init; } = "";
        public Guid OperationId { get; init; }
        public DateTime EndedAt { get; init; }
        public string? SetupFamily { get; init; }
    }

    sealed class Row
    {
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public decimal Quantity { get; init; }
        public int Priority { get; init; }
        public DateTime? ReleaseAt { get; init; }
        public DateTime? DueAt { get; init; }
        public Guid OperationId { get; init; }
        public string Code { get; init; } = "";
        public string[] Equipment { get; init; } = [];
        public string? SetupFamily { get; init; }
        public decimal SetupSeconds { get; init; }
        public decimal RunSecondsPerUnit { get; init; }
        public decimal Remaining { get; init; }
        public string? Alternatives { get; init; }
        public string? Resources { get; init; }
        public string? Links { get; init; }
        public bool IsSplittable { get; init; }
        public bool IsShort { get; init; }
        public DateTime? ExpectedAt { get; init; }
        public string? LockEquipment { get; init; }
        public DateTime? LockStartsAt { get; init; }
        public string? RunEquipment { get; init; }
        public DateTime? RunStartedAt { get; init; }
        public DateTime? RunEndedAt { get; init; }
        public string? WorkEquipment { get; init; }
        public DateTime? WorkStartedAt { get; init; }
        public bool IsDisplaced { get; init; }
        public bool IsBegun { get; init; }
        public bool IsHeld { get; init; }
        public bool IsTakenOut { get; init; }

        public DemandOrder ToOrder(IReadOnlyList<DemandOperation> operations) =>
            new(OrderId, Number, Quantity, Priority, ReleaseAt, DueAt, operations) { IsShort = IsShort, MaterialAt = ExpectedAt };

        public DemandOperation ToOperation(IEnumerable<LastWork> last, DateTime since) => new(
            OperationId, Equipment, SetupSeconds, RunSecondsPerUnit, Remaining)
        {
            Code = Code, SetupFamily = SetupFamily, IsSplittable = IsSplittable, IsHeld = IsHeld,
            IsTakenOut = IsTakenOut,
            Alternatives = Read<OperationAlternative>(Alternatives) ?? [], Resources = Read<ResourceNeed>(Resources) ?? [],
            Links = Read<OperationLink>(Links),
            Lock = LockEquipment is null ? null : new OperationLock(LockEquipment, LockStartsAt!.Value),
            SetUpAt = IsBegun ? [.. last.Select(work => work.Equipment)] : [],
            Running = WorkEquipment is not null
                ? new RunningWork(WorkEquipment, RunStartedAt < WorkStartedAt ? RunStartedAt.Value : WorkStartedAt!.Value)
                : IsRunning(last, since) ? new RunningWork(RunEquipment!, RunStartedAt!.Value) : null
        };

        /// <summary>It was reported lately, and nothing else was done there since, or is under way.</summary>
        bool IsRunning(IEnumerable<LastWork> last, DateTime since) => IsBegun && !IsDisplaced && RunEndedAt > since
            && last.Any(work => work.Equipment == RunEquipment && work.EndedAt == RunEndedAt);

        static IReadOnlyList<T>? Read<T>(string? json) =>
            json is null ? null : JsonSerializer.Deserialize<IReadOnlyList<T>>(json, MessageJson.Options);
    }
}
