using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Mes.Persistence;

/// <summary>
/// The one way to change a service's database: everything in one transaction, events dispatched right after it.
/// </summary>
public static class UnitOfWork
{
    static readonly DiagnosticListener Points = new("Mes.Messaging");

    /// <summary>
    /// Goes with the first statement of a unit of work: it finds its rows by their keys, for which one plan is as good as the
    /// next. PostgreSQL would make one for each call of most of a report's statements, a third of what they cost.
    /// </summary>
    public static NpgsqlBatchCommand PlanOnce() => new("SET LOCAL plan_cache_mode = force_generic_plan");

    /// <summary>Runs <paramref name="work"/>, saves and commits; rolls back when it throws.</summary>
    public static async Task<T> InTransaction<TDb, T>(
        this TDb db, OutboxSignal<TDb> signal, Func<Task<T>> work, CancellationToken ct) where TDb : MesDbContext
    {
        await using var transaction = await db.Begin(ct);
        var result = await work();
        await db.SaveChangesAsync(ct);
        await db.Commit(signal, []);
        return result;
    }

    /// <summary>Begins a transaction that ends with <see cref="Commit{TDb}(TDb, OutboxSignal{TDb}, LoggedCommand)"/>.</summary>
    public static Task<IDbContextTransaction> Begin<TDb>(this TDb db, CancellationToken ct) where TDb : MesDbContext
    {
        db.IsUnitOfWork = true;
        return db.Database.BeginTransactionAsync(ct);
    }

    /// <summary>Enters the command, commits what was saved with it, and wakes the dispatcher.</summary>
    public static Task Commit<TDb>(this TDb db, OutboxSignal<TDb> signal, LoggedCommand command)
        where TDb : MesDbContext => Commit(db, signal, [CommandLog.Entry(command)]);

    /// <summary>
    /// Makes the unit's entries and the last ones, and commits what was saved before, in one round trip; wakes the dispatcher.
    /// </summary>
    internal static async Task Commit<TDb>(this TDb db, OutboxSignal<TDb> signal, NpgsqlBatchCommand[] last)
        where TDb : MesDbContext
    {
        Reached("before-commit");
        // SQL: the last statements and the commit in one round trip
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        foreach (var statement in (NpgsqlBatchCommand[])[.. db.Entries.Write(), .. last, new NpgsqlBatchCommand("COMMIT")])
        {
            batch.BatchCommands.Add(statement);
        }
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        Committed(db, signal);
    }

    static void Committed<TDb>(TDb db, OutboxSignal<TDb> signal) where TDb : MesDbContext
    {
        db.IsUnitOfWork = false;
        Reached("after-commit", db.Database.GetDbConnection());
        if (db.HasNewEvents)
        {
            db.HasNewEvents = false;
            signal.Set();
        }
        foreach (var tell in db.ToldAfterCommit)
        {
            tell();
        }
        db.ToldAfterCommit.Clear();
    }

    /// <summary>
    /// Names a point that a diagnostic listener may watch. The fault tests end the process there, to show that whatever
    /// happens between two of these points loses and doubles nothing.
    /// </summary>
    internal static void Reached(string point, object? what = null)
    {
        if (Points.IsEnabled(point))
        {
            Points.Write(point, what);
        }
    }
}

/// <summary>Wakes a service's dispatcher when a commit has left something in the outbox.</summary>
public sealed class OutboxSignal<TDb> : Signal where TDb : MesDbContext;
