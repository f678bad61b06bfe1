using System.Diagnostics;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mes.Messaging;

/// <summary>
/// One transaction that applies several messages of a queue. Those that a consumer takes at once, one where it takes no
/// more, have a scope and a context of their own on the transaction's connection, as if they came alone: they see in the
/// database what those before them did, and nothing of theirs in memory.
/// </summary>
sealed class InboxTransaction<TDb> : IAsyncDisposable where TDb : MesDbContext
{
    static readonly TimeSpan TimeMax = TimeSpan.FromMilliseconds(250);      // locks are held as long
    readonly IServiceScopeFactory _scopes;
    readonly string _queue;
    readonly AsyncServiceScope _scope;
    readonly TDb _db;
    readonly List<Guid> _applied = [];
    readonly long _began = Stopwatch.GetTimestamp();
    readonly HashSet<Guid> _known = [];

    InboxTransaction(IServiceScopeFactory scopes, string queue)
    {
        (_scopes, _queue, _scope) = (scopes, queue, scopes.CreateAsyncScope());
        _db = _scope.ServiceProvider.GetRequiredService<TDb>();
    }

    /// <summary>Whether there is time for another message.</summary>
    public bool HasTime => _applied.Count == 0 || Stopwatch.GetElapsedTime(_began) < TimeMax;

    /// <summary>Begins it and looks up which of the messages the inbox knows.</summary>
    /// <exception cref="OutageException">Not even that could be done.</exception>
    public static async Task<InboxTransaction<TDb>> Begin(
        IServiceScopeFactory scopes, string queue, Guid[] messages, CancellationToken ct)
    {
        var transaction = new InboxTransaction<TDb>(scopes, queue);
        try
        {
            await transaction._db.Database.BeginTransactionAsync(ct);
            await transaction.LookUp(messages, ct);
            return transaction;
        }
        catch (Exception failure)
        {
            await transaction.DisposeAsync();
            throw ct.IsCancellationRequested ? failure : new OutageException(failure);      // none of the messages' fault
        }
    }

    /// <summary>Applies messages, except those that the inbox knows.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task Apply<TMessage>(
        IReadOnlyList<(Guid Id, TMessage Message)> messages, Consuming<TMessage> consumer, TimeSpan atMost,
        CancellationToken ct) where TMessage : class
    {
        var unknown = messages.Where(message => _known.Add(message.Id)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(atMost);
        try
        {
            await Consume(unknown.ConvertAll(message => message.Message), consumer, bound.Token);
            _applied.AddRange(unknown.Select(message => message.Id));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && bound.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The consumer of {_queue} was not done with {unknown.Count} of its messages within {atMost.TotalSeconds} s.");
        }
    }

    /// <summary>Commits the effects together with the inbox rows, which come last: nearly every message is new.</summary>
    public async Task Commit(OutboxSignal<TDb> signal)
    {
        if (_applied.Count == 0)
        {
            return;
        }
        // SQL: one statement for the whole batch, in the round trip of the commit
        await _db.Commit(signal, [new NpgsqlBatchCommand("INSERT INTO inbox (message_id, consumer) SELECT unnest($1), $2")
        {
            Parameters = { new() { Value = _applied.ToArray() }, new() { Value = _queue } }
        }]);
        UnitOfWork.Reached("after-consume-before-ack");
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();       // a transaction that is open is rolled back

    async Task Consume<TMessage>(
        IReadOnlyList<TMessage> messages, Consuming<TMessage> consumer, CancellationToken ct) where TMessage : class
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        db.Database.SetDbConnection(_db.Database.GetDbConnection());
        await db.Database.UseTransactionAsync(_db.Database.CurrentTransaction!.GetDbTransaction(), ct);
        db.IsUnitOfWork = true;
        db.Actor = Actor.System(_queue);
        db.Action = typeof(TMessage).Name;
        await consumer.Consume(scope.ServiceProvider, messages, ct);
        await db.SaveChangesAsync(ct);
        _db.Entries.Take(db.Entries);
        _db.HasNewEvents |= db.HasNewEvents;
        _db.ToldAfterCommit.UnionWith(db.ToldAfterCommit);
    }

    async Task LookUp(Guid[] messages, CancellationToken ct)
    {
        await using var find = new NpgsqlBatch((NpgsqlConnection)_db.Database.GetDbConnection())
        {
            BatchCommands =
            {
                UnitOfWork.PlanOnce(),
                new NpgsqlBatchCommand("SELECT message_id FROM inbox WHERE message_id = ANY ($1) AND consumer = $2")
                {
                    Parameters = { new() { Value = messages }, new() { Value = _queue } }
                }
            }
        };
        await using var rows = await find.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            _known.Add(rows.GetGuid(0));
        }
    }
}
