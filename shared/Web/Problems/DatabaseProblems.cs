using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace Mes.Web.Problems;

/// <summary>What a refusal of the database means to whoever sent the command: its own words are for the log.</summary>
static partial class DatabaseProblems
{
    public static ProblemDetails Map(PostgresException postgres, IReadOnlyList<EntityEntry> rows) => postgres.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => AlreadyExists(postgres, rows),
        PostgresErrorCodes.ForeignKeyViolation => ProblemMapper.Make(422, "reference-not-found",
            "Something that the request names does not exist, or is still in use.", [("what", PartOf(postgres))]),
        PostgresErrorCodes.NumericValueOutOfRange => ProblemMapper.Make(400, "number-too-large", "Use a smaller number."),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => ProblemMapper.Make(
            400, "malformed-text", "Remove control characters from the text."),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => ProblemMapper.Make(
            409, "changed-meanwhile", "Two commands met. Repeat the command under the same id."),
        PostgresErrorCodes.DiskFull => ProblemMapper.Make(503, "disk-full",
            "The disk of the database is full and nothing was changed. Free space, then repeat the command under the same id."),
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => TooSlow(),
        PostgresErrorCodes.ReadOnlySqlTransaction => ProblemMapper.Make(503, "database-read-only",
            "The database takes no changes for now and nothing was changed. Repeat the command under the same id later."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => Away(),
        _ when postgres.IsTransient => Away(),
        _ => ProblemMapper.Unexpected()
    };

    public static ProblemDetails Away() => ProblemMapper.Make(503, "database-unavailable",
        "The service cannot reach its database. Repeat the command under the same id; it will be applied once.");

    /// <summary>It is there, as far as anybody knows, but something takes long: another command that holds what this one wants,
    /// or too much that was asked for.</summary>
    public static ProblemDetails TooSlow() => ProblemMapper.Make(503, "database-timeout",
        "The database did not answer in time. Repeat the command under the same id: it is applied once, also where it has been "
        + "already. Where much is asked for at a time, ask for less.");

    static ProblemDetails AlreadyExists(PostgresException postgres, IReadOnlyList<EntityEntry> rows)
    {
        var own = rows.Where(row => row.Metadata.GetTableName() == postgres.TableName).ToList();
        var what = Words(own is [var any, ..] ? any.Metadata.ClrType.Name : postgres.TableName ?? "thing");
        var part = PartOf(postgres);
        return part is null
            ? ProblemMapper.Make(409, "already-exists", $"There is such a {what} already. Read it, or send another.",
                [("what", what)])
            : ProblemMapper.Make(409, "already-exists",
                $"This is the {part} of a {what} that is there already. Read it, or send another {part}.",
                [("what", what), ("key", part), ("value", own is [var one] ? ValueOf(one, postgres) : null)]);
    }

    /// <summary>What must be unique, or is referred to, in words: our constraints are named TABLE_COLUMNS_KIND.</summary>
    static string? PartOf(PostgresException postgres) => ColumnsOf(postgres) is { } columns ? Words(columns) : null;

    static string? ColumnsOf(PostgresException postgres) =>
        postgres is not { TableName: { } table, ConstraintName: { } name }
        || !name.StartsWith(table + "_", StringComparison.Ordinal)
            ? null
            : Kind().Replace(name[(table.Length + 1)..], "") is { Length: > 0 } columns ? columns : "id";

    static object? ValueOf(EntityEntry row, PostgresException postgres)
    {
        var value = row.Properties.FirstOrDefault(
            property => property.Metadata.GetColumnName() == ColumnsOf(postgres))?.CurrentValue;
        return value is string or Guid or int or long ? value : null;
    }

    static string Words(string name) =>
        Boundary().Replace(name.Replace('_', ' '), " $0").Trim().ToLowerInvariant();

    [GeneratedRegex("_?(pkey|key|idx|fkey)$")]
    private static partial Regex Kind();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Boundary();
}
