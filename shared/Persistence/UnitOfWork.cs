using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Mes.Persistence;

/// <summary>The one way to change a service's database: everything in one transaction, events dispatched right after it.</summary>
public static class UnitOfWork
{
    static readonly DiagnosticListener Points = new("Mes.Messaging");

    /// <summary>Runs <paramref name="work"/>, saves and commits; rolls back when it throws.</summary>
    public static async Task<T> InTransaction<TDb, T>(
        this TDb db, OutboxSignal<TDb> signal, Func<Task<T>> work, CancellationToken ct) where TDb : MesDbContext
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await work();
        await db.SaveChangesAsync(ct);
        await Commit(db, signal, transaction);
        return result;
    }

    /// <summary>Commits what was saved and wakes the dispatcher.</summary>
    public static async Task Commit<TDb>(this TDb db, OutboxSignal<TDb> signal, IDbContextTransaction transaction)
        where TDb : MesDbContext
    {
        Reached("before-commit");
        await transaction.CommitAsync(CancellationToken.None);
        Committed(db, signal);
    }

    /// <summary>Enters the command, commits what was saved with it, and wakes the dispatcher.</summary>
    public static Task Commit<TDb>(this TDb db, OutboxSignal<TDb> signal, LoggedCommand command)
        where TDb : MesDbContext => Commit(db, signal, CommandLog.Entry(command));

    /// <summary>
    /// Makes the last entry and commits what was saved before it, in one round trip; wakes the dispatcher.
    /// </summary>
    internal static async Task Commit<TDb>(this TDb db, OutboxSignal<TDb> signal, NpgsqlBatchCommand entry)
        where TDb : MesDbContext
    {
        Reached("before-commit");
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection())
        {
            BatchCommands = { entry, new NpgsqlBatchCommand("COMMIT") }
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        Committed(db, signal);
    }

    static void Committed<TDb>(TDb db, OutboxSignal<TDb> signal) where TDb : MesDbContext
    {
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
public sealed class OutboxSignal<TDb> : IDisposable where TDb : MesDbContext
{
    readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Wakes the dispatcher.</summary>
    public void Set()
    {
        if (_signal.CurrentCount == 0)
        {
            try
            {
                _signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // two commits at once: one wake-up serves both
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();

    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);
}
