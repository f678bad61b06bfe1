using Dapper;
using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>Reads and writes the operations of plans.</summary>
static class PlanRows
{
    const string Columns = "operation_id, order_id, equipment, setup_starts_at, starts_at, ends_at, waits_for, waits_on";

    /// <summary>Some operations of the plan in force.</summary>
    public static Task<IReadOnlyList<PlanRow>> InForce(
        NpgsqlConnection connection, IReadOnlyList<Guid> operations, CancellationToken ct) => Read(connection,
            """
            operation_id = ANY(@operations)
            AND plan_id = (SELECT id FROM plan WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1)
            """, new { operations }, ct);

    /// <summary>The operations of one plan.</summary>
    public static Task<IReadOnlyList<PlanRow>> Of(NpgsqlConnection connection, Guid plan, CancellationToken ct) =>
        Read(connection, "plan_id = @plan", new { plan }, ct);

    static async Task<IReadOnlyList<PlanRow>> Read(
        NpgsqlConnection connection, string condition, object? values, CancellationToken ct) =>
        [.. (await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM plan_operation WHERE {condition}", values, cancellationToken: ct))).Select(row =>
                row.ToPlanRow())];

    // SQL: COPY: tens of thousands of rows at once, for which no entity is made
    /// <summary>Copies the operations of a plan in; its row must be there. Overlaps on one equipment are refused by the
    /// table.</summary>
    public static async Task Write(NpgsqlConnection connection, Guid plan, IReadOnlyList<PlanRow> rows, CancellationToken ct)
    {
        // Not audited: what a plan is made of, whose record is told
        await using var writer = await connection.BeginBinaryImportAsync(
            $"COPY plan_operation (plan_id, {Columns}) FROM STDIN (FORMAT binary)", ct);
        // in the order of the index, which then grows at its end
        foreach (var row in rows.OrderBy(row => row.OperationId))
        {
            await writer.StartRowAsync(ct);
            await writer.WriteAsync(plan, ct);
            await writer.WriteAsync(row.OperationId, ct);
            await writer.WriteAsync(row.OrderId, ct);
            await writer.WriteAsync(row.Equipment, ct);
            await writer.WriteAsync(row.SetupStartsAt.ToUniversalTime(), ct);
            await writer.WriteAsync(row.StartsAt.ToUniversalTime(), ct);
            await writer.WriteAsync(row.EndsAt.ToUniversalTime(), ct);
            await writer.WriteAsync(row.WaitsFor, ct);
            await (row.WaitsOn is { } on ? writer.WriteAsync(on, ct) : writer.WriteNullAsync(ct));
        }
        await writer.CompleteAsync(ct);
    }

    sealed class Row
    {
        public Guid OperationId { get; init; }
        public Guid OrderId { get; init; }
        public string Equipment { get; init; } = "";
        public DateTime SetupStartsAt { get; init; }
        public DateTime StartsAt { get; init; }
        public DateTime EndsAt { get; init; }
        public string WaitsFor { get; init; } = "";
        public string? WaitsOn { get; init; }

        public PlanRow ToPlanRow() =>
            new(OperationId, OrderId, Equipment, SetupStartsAt, StartsAt, EndsAt, WaitsFor, WaitsOn);
    }
}
