using System.Text.Json;
using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Mes.Web;
using Npgsql;
using NpgsqlTypes;

namespace Mes.Scheduling.Data;

/// <summary>Reads and writes what is kept of a plan beside its operations: late orders, and what it leaves out.</summary>
static class PlanLists
{
    const int LinksMax = 200;

    // SQL: COPY, like the plan's operations
    // Not audited: what a plan is made of, whose record is told
    public static async Task Write(NpgsqlConnection connection, Guid plan, IReadOnlyList<LateEnd> late,
        IReadOnlyList<UnplannedStep> unplanned, CancellationToken ct)
    {
        await using (var writer = await connection.BeginBinaryImportAsync(
            "COPY plan_late_order FROM STDIN (FORMAT binary)", ct))
        {
            for (var i = 0; i < late.Count; i++)
            {
                var (order, last) = late[i];
                await writer.WriteRowAsync(ct, plan, i + 1, order.OrderId, order.Number, order.DueAt!.Value.ToUniversalTime(),
                    last.EndsAt.ToUniversalTime(), last.OperationId);
            }
            await writer.CompleteAsync(ct);
        }
        await using (var writer = await connection.BeginBinaryImportAsync(
            "COPY plan_unplanned FROM STDIN (FORMAT binary)", ct))
        {
            for (var i = 0; i < unplanned.Count; i++)
            {
                var step = unplanned[i];
                await writer.WriteRowAsync(ct, plan, i + 1, step.OrderId, step.Order, step.OperationId, step.Operation,
                    step.Code, step.Hint);
                await writer.WriteAsync(JsonSerializer.Serialize(step.Values, MessageJson.Options), NpgsqlDbType.Jsonb, ct);
                await writer.WriteAsync(JsonSerializer.Serialize(step.Waiting, MessageJson.Options), NpgsqlDbType.Jsonb, ct);
            }
            await writer.CompleteAsync(ct);
        }
    }

    /// <summary>The late orders of a plan from a place on, one more than the page takes, each with its chain.</summary>
    public static async Task<IReadOnlyList<LateOrder>> Late(
        NpgsqlConnection connection, Guid plan, PageRequest page, CancellationToken ct)
    {
        var links = await Chains(connection, """
            SELECT rank, order_id, number, due_at, ends_at, last_operation_id FROM plan_late_order
            WHERE plan_id = @plan AND rank > @after ORDER BY rank LIMIT @limit
            """, new { plan, after = page.AfterNumber(), limit = page.Size + 1, LinksMax }, ct);
        return [.. links.GroupBy(link => link.Rank).Select(order =>
            order.First().ToOrder([.. order.Select(link => link.ToLink())]))];
    }

    /// <summary>Why an operation of a plan is where it is: itself, then what each one waits for, until something that is no
    /// operation. Empty where the plan does not have it.</summary>
    public static async Task<IReadOnlyList<ChainLink>> Chain(
        NpgsqlConnection connection, Guid plan, Guid operation, CancellationToken ct) =>
        [.. (await Chains(connection, """
            SELECT 1 AS rank, order_id, '' AS number, ends_at AS due_at, ends_at, operation_id AS last_operation_id
            FROM plan_operation WHERE plan_id = @plan AND operation_id = @operation
            """, new { plan, operation, LinksMax }, ct)).Select(link => link.ToLink())];

    /// <summary>From the last operations that a query names back, each with what it waits for.</summary>
    static Task<IEnumerable<Link>> Chains(NpgsqlConnection connection, string last, object values, CancellationToken ct) =>
        connection.QueryAsync<Link>(new CommandDefinition(
            $$"""
            WITH RECURSIVE late AS ({{last}}),
            chain AS (
                SELECT l.rank, 1 AS depth, p.* FROM late l
                JOIN plan_operation p ON p.plan_id = @plan AND p.operation_id = l.last_operation_id
                UNION ALL
                SELECT c.rank, c.depth + 1, p.* FROM chain c JOIN plan_operation p ON p.plan_id = @plan
                    AND p.operation_id = CASE WHEN c.waits_on ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                        THEN c.waits_on::uuid END
                WHERE c.depth < @LinksMax)
            CYCLE operation_id SET is_cycle USING path
            SELECT l.rank, l.order_id, l.number, l.due_at, l.ends_at AS order_ends_at, c.operation_id, d.number AS "order",
                   o.code AS operation, c.equipment, c.starts_at, c.ends_at, c.waits_for, c.waits_on
            FROM late l JOIN chain c USING (rank) LEFT JOIN demand_operation o USING (operation_id)
            LEFT JOIN demand_order d ON d.order_id = c.order_id
            WHERE NOT c.is_cycle ORDER BY l.rank, c.depth
            """, values, cancellationToken: ct));

    /// <summary>What a plan leaves out, from a place on, one more than the page takes.</summary>
    public static async Task<IReadOnlyList<UnplannedStep>> Unplanned(
        NpgsqlConnection connection, Guid plan, OfOrder of, PageRequest page, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<Step>(new CommandDefinition(
            """
            SELECT order_id, number, operation_id, operation, code, hint, details, waiting FROM plan_unplanned
            WHERE plan_id = @plan AND (@Order::text IS NULL OR number = @Order)
              AND (@OrderId::uuid IS NULL OR order_id = @OrderId)
            ORDER BY rank LIMIT @limit OFFSET @after
            """, new { plan, of.Order, of.OrderId, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToStep())];
    }

    sealed class Link
    {
        public int Rank { get; init; }
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public DateTime DueAt { get; init; }
        public DateTime OrderEndsAt { get; init; }
        public Guid OperationId { get; init; }
        public string? Order { get; init; }
        public string? Operation { get; init; }
        public string Equipment { get; init; } = "";
        public DateTime StartsAt { get; init; }
        public DateTime EndsAt { get; init; }
        public string WaitsFor { get; init; } = "";
        public string? WaitsOn { get; init; }

        public LateOrder ToOrder(IReadOnlyList<ChainLink> chain) => new(OrderId, Number, DueAt, OrderEndsAt, chain);

        public ChainLink ToLink() =>
            new(OperationId, Order, Operation, Equipment, StartsAt, EndsAt, WaitsFor, WaitsOn);
    }

    sealed class Step
    {
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public Guid OperationId { get; init; }
        public string Operation { get; init; } = "";
        public string Code { get; init; } = "";
        public string Hint { get; init; } = "";
        public string Details { get; init; } = "";
        public string Waiting { get; init; } = "";

        public UnplannedStep ToStep() => new(OrderId, Number, OperationId, Operation, Code, Hint,
            JsonSerializer.Deserialize<Dictionary<string, object?>>(Details, MessageJson.Options)!,
            JsonSerializer.Deserialize<string[]>(Waiting, MessageJson.Options)!);
    }
}
