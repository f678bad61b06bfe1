using Npgsql;
using NpgsqlTypes;

namespace Mes.Equipment.Data;

/// <summary>Statements with typed parameters, sent in one round trip and prepared once per connection.</summary>
static class Sql
{
    // SQL: hundreds of reports a second retile timelines: statements are prepared once, and go together in one round trip
    public static NpgsqlBatchCommand Statement(string text, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters.AddRange(parameters);
        return command;
    }

    public static NpgsqlParameter Text(string? value) => Parameter(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Texts(string[]? values) => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, values);

    public static NpgsqlParameter Uuid(Guid? value) => Parameter(NpgsqlDbType.Uuid, value);

    public static NpgsqlParameter Uuids(IEnumerable<Guid> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values.ToArray());

    /// <summary>An instant; the database wants UTC.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? value) =>
        Parameter(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.Select(v => v.ToUniversalTime()).ToArray());

    public static NpgsqlParameter TimesOrNull(IEnumerable<DateTimeOffset?> values) => Parameter(
        NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.Select(v => v?.ToUniversalTime()).ToArray());

    public static NpgsqlParameter UuidsOrNull(IEnumerable<Guid?> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values.ToArray());

    public static NpgsqlParameter NumbersOrNull(IEnumerable<decimal?> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Numeric, values.ToArray());

    public static NpgsqlParameter Numbers(IEnumerable<decimal> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Numeric, values.ToArray());

    public static NpgsqlParameter Flags(IEnumerable<bool> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Boolean, values.ToArray());

    public static NpgsqlParameter Number(decimal? value) => Parameter(NpgsqlDbType.Numeric, value);

    public static NpgsqlParameter Integer(int value) => Parameter(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Bigints(IEnumerable<long> values) =>
        Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.ToArray());

    public static NpgsqlParameter Flag(bool value) => Parameter(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Json(string value) => Parameter(NpgsqlDbType.Jsonb, value);

    /// <summary>A batch on this connection, within its current transaction.</summary>
    public static async Task<NpgsqlBatch> Batch(
        this NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement);
        await batch.PrepareAsync(ct);       // costs nothing where the connection knows the statements already
        return batch;
    }

    /// <summary>Runs the statements for their effect.</summary>
    public static async Task Execute(
        this NpgsqlConnection connection, IReadOnlyCollection<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        if (statements.Count == 0)
            return;
        await using var batch = await connection.Batch(statements, ct);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Reads what is left of one result.</summary>
    public static async Task<List<T>> Rows<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>Reads the one result of a statement.</summary>
    public static async Task<List<T>> Query<T>(
        this NpgsqlConnection connection, NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> row,
        CancellationToken ct)
    {
        await using var batch = await connection.Batch([statement], ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.Rows(row, ct);
    }

    public static DateTimeOffset Instant(this NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Instant(column);

    public static decimal? NumberOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDecimal(column);

    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    static NpgsqlParameter Parameter(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
