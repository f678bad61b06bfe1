using Npgsql;
using NpgsqlTypes;

namespace Mes.Persistence;

/// <summary>The answer to a command, kept under the id that its client gave it.</summary>
public sealed class LoggedCommand
{
    /// <summary>Device or API client that made the id.</summary>
    public required string Scope { get; init; }

    /// <summary>The id.</summary>
    public Guid CommandId { get; init; }

    /// <summary>SHA-256 of method, path and canonical body.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; init; }

    /// <summary>Body of the answer as JSON, or null.</summary>
    public string? Answer { get; init; }
}

/// <summary>
/// Looks commands up and enters them. By hand, as every changing request does both: the entry travels together with
/// the commit.
/// </summary>
public static class CommandLog
{
    /// <summary>The command of that id, or null. The connection is open, and stays as it is.</summary>
    public static async Task<LoggedCommand?> Find(
        NpgsqlConnection connection, string scope, Guid id, CancellationToken ct)
    {
        // SQL: asked with every command before there is a context; its row goes in the round trip of the commit
        await using var find = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                UnitOfWork.PlanOnce(),
                new NpgsqlBatchCommand(
                    "SELECT content_hash, status, answer FROM command_log WHERE scope = $1 AND command_id = $2")
                {
                    Parameters = { new() { Value = scope }, new() { Value = id } }
                }
            }
        };
        await using var row = await find.ExecuteReaderAsync(ct);
        return !await row.ReadAsync(ct) ? null : new LoggedCommand
        {
            Scope = scope, CommandId = id, ContentHash = row.GetFieldValue<byte[]>(0), Status = row.GetInt32(1),
            Answer = row.IsDBNull(2) ? null : row.GetString(2)
        };
    }

    internal static NpgsqlBatchCommand Entry(LoggedCommand command) =>
        new("INSERT INTO command_log (scope, command_id, content_hash, status, answer) VALUES ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = command.Scope }, new() { Value = command.CommandId },
                new() { Value = command.ContentHash }, new() { Value = command.Status },
                new() { Value = (object?)command.Answer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json }
            }
        };
}
