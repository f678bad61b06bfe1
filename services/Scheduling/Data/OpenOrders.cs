using System.Text.Json;
using Dapper;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>
/// Reads the orders that are open to planning. What one version of an order asks for never changes: it is kept, and read again
/// only where there is a newer one. What has become of its operations is read each time.
/// </summary>
sealed class OpenOrders
{
    /// <summary>What the open orders asked for when all were read last.</summary>
    volatile IReadOnlyDictionary<Guid, Asked> _asked = new Dictionary<Guid, Asked>();

    /// <summary>The open orders with something left to do: those that have their components first.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="floor">What has become of operations.</param>
    /// <param name="order">The only one to read; null: all.</param>
    public async Task<IReadOnlyList<DemandOrder>> Read(NpgsqlConnection connection, OperationStates floor, Guid? order)
    {
        var open = (await connection.QueryAsync<OrderRow>(
            """
            SELECT d.order_id, d.number, d.version, d.quantity, d.priority, d.release_at, d.due_at,
                   coalesce(s.is_short, false) AS is_short, s.expected_at
            FROM demand_order d LEFT JOIN shortage s USING (order_id)
            WHERE d.status = 'Released' AND (@order::uuid IS NULL OR d.order_id = @order)
            ORDER BY coalesce(s.is_short, false), d.order_id
            """, new { order })).AsList();
        var asked = await AskedBy(connection, open);
        if (order is null) _asked = asked;
        return [.. open.Select(row => row.ToOrder(floor.StillOpen(row.OrderId, asked[row.OrderId].Operations)))
            .Where(own => own.Operations.Count > 0)];
    }

    async Task<IReadOnlyDictionary<Guid, Asked>> AskedBy(NpgsqlConnection connection, List<OrderRow> open)
    {
        var known = _asked;
        var newer = open.Where(row => KeptOf(row) is null).Select(row => row.OrderId).ToArray();
        var steps = (newer.Length == 0 ? [] : await connection.QueryAsync<StepRow>(
            """
            SELECT order_id, operation_id, code, equipment, setup_family, setup_seconds, run_seconds_per_unit, alternatives,
                   resources, links, is_splittable
            FROM demand_operation WHERE order_id = ANY(@newer) AND NOT is_done ORDER BY order_id, sequence
            """, new { newer })).ToLookup(step => step.OrderId);
        return open.ToDictionary(row => row.OrderId, row => KeptOf(row)
            ?? new Asked(row.Version, [.. steps[row.OrderId].Select(step => step.ToOperation(row.Quantity))]));

        Asked? KeptOf(OrderRow row) =>
            known.TryGetValue(row.OrderId, out var own) && own.Version == row.Version ? own : null;
    }

    /// <summary>What a version of an order asks for: its operations that are not done, as if nothing had been worked on
    /// them.</summary>
    sealed record Asked(long Version, IReadOnlyList<DemandOperation> Operations);

    sealed class OrderRow
    {
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public long Version { get; init; }
        public decimal Quantity { get; init; }
        public int Priority { get; init; }
        public DateTime? ReleaseAt { get; init; }
        public DateTime? DueAt { get; init; }
        public bool IsShort { get; init; }
        public DateTime? ExpectedAt { get; init; }

        public DemandOrder ToOrder(IReadOnlyList<DemandOperation> operations) =>
            new(OrderId, Number, Quantity, Priority, ReleaseAt, DueAt, operations) { IsShort = IsShort, MaterialAt = ExpectedAt };
    }

    sealed class StepRow
    {
        public Guid OrderId { get; init; }
        public Guid OperationId { get; init; }
        public string Code { get; init; } = "";
        public string[] Equipment { get; init; } = [];
        public string? SetupFamily { get; init; }
        public decimal SetupSeconds { get; init; }
        public decimal RunSecondsPerUnit { get; init; }
        public string? Alternatives { get; init; }
        public string? Resources { get; init; }
        public string? Links { get; init; }
        public bool IsSplittable { get; init; }

        public DemandOperation ToOperation(decimal quantity) =>
            new(OperationId, Equipment, SetupSeconds, RunSecondsPerUnit, quantity)
            {
                Code = Code, SetupFamily = SetupFamily, IsSplittable = IsSplittable,
                Alternatives = Read<OperationAlternative>(Alternatives) ?? [], Resources = Read<ResourceNeed>(Resources) ?? [],
                Links = Read<OperationLink>(Links)
            };

        static IReadOnlyList<T>? Read<T>(string? json) =>
            json is null ? null : JsonSerializer.Deserialize<IReadOnlyList<T>>(json, MessageJson.Options);
    }
}
