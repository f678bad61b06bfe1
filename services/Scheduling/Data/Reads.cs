using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mes.Scheduling.Data;

/// <summary>Reads by Dapper on the connection of a unit of work, so that they see what it has changed.</summary>
static class Reads
{
    public static Task<IEnumerable<T>> Read<T>(this SchedulingDb db, string sql, object? values, CancellationToken ct) =>
        db.Database.GetDbConnection().QueryAsync<T>(Command(db, sql, values, ct));

    /// <summary>The one value of a query; the type's default where there is none.</summary>
    public static Task<T?> ReadValue<T>(this SchedulingDb db, string sql, object? values, CancellationToken ct) =>
        db.Database.GetDbConnection().ExecuteScalarAsync<T>(Command(db, sql, values, ct));

    // SQL: for tables that are no entities, by statements that reads are made of too
    /// <summary>Writes on the connection of a unit of work.</summary>
    public static Task Execute(this SchedulingDb db, string sql, object? values, CancellationToken ct) =>
        db.Database.GetDbConnection().ExecuteAsync(Command(db, sql, values, ct));

    static CommandDefinition Command(SchedulingDb db, string sql, object? values, CancellationToken ct) =>
        new(sql, values, db.Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: ct);
}
