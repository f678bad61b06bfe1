using System.Collections.Concurrent;
using System.Diagnostics;
using Mes.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Messaging;

/// <summary>
/// Sends what commits leave in the outbox. One process per service is active at a time, by a session advisory lock; a row
/// goes after its transport says it may, so a row may be sent twice but is never lost.
/// </summary>
sealed class OutboxDispatcher<TDb>(
    ServiceDatabase<TDb> database, OutboxSignal<TDb> signal, IOutboxTransport transport, TimeProvider clock,
    ILogger<OutboxDispatcher<TDb>> log) : BackgroundService where TDb : MesDbContext
{
    const long LockKey = 0x4D65734F7574;     // 'MesOut': one database per service, so one key serves all
    const int BatchRows = 200;
    const int Busy = 4;        // so many at a time, and more are about to come: together they cost their consumers less
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    const int UnroutableMax = 8;        // twice as long each time: two minutes, in which a queue may come back

    readonly ConcurrentDictionary<long, byte> _inFlight = new();
    readonly ConcurrentQueue<long> _done = new();
    int _waiting;       // of those in flight, for a time in which nothing becomes of them

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Dispatch(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                MessagingLog.DispatchStopped(log, database.Service, failure.Message);
            }
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Dispatch(CancellationToken ct)
    {
        await using var connection = await LockSession.Open(database.ConnectionString, ct);
        if (!await TryLock(connection, ct))
        {
            return;
        }
        MessagingLog.Dispatching(log, database.Service);
        while (!ct.IsCancellationRequested)
        {
            var rows = transport.IsReady && _inFlight.Count < transport.InFlightMax ? await Read(connection, ct) : [];
            Start(rows, ct);
            if (rows.Count < BatchRows)
            {
                if (rows.Count >= Busy) await Task.Delay(Gathering, ct);
                await signal.WaitAsync(Poll, ct);
            }
            await Forget(connection, ct);
        }
    }

    // SQL: the lock and the rows it guards are of one session, which lasts as long as the dispatcher is the active one
    static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection)
        {
            Parameters = { new() { Value = LockKey } }
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    async Task<List<OutboxRow>> Read(NpgsqlConnection connection, CancellationToken ct)
    {
        var full = transport.Full;
        await using var command = new NpgsqlCommand(
            $"""
            SELECT id, message_id, type, body, queue, trace_parent FROM outbox
            WHERE id <> ALL ($1) AND CASE WHEN queue IS NULL THEN type <> ALL ($2) ELSE queue <> ALL ($3) END
            ORDER BY id LIMIT {BatchRows}
            """, connection)
        {
            Parameters =
            {
                new() { Value = _inFlight.Keys.ToArray() },
                new() { Value = ContractTypes.ConsumedBy(full).ToArray() },
                new() { Value = full.ToArray() }
            }
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new OutboxRow(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        }
        return rows;
    }

    void Start(List<OutboxRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            _inFlight[row.Id] = 0;
            _ = Send(row, ct);
        }
    }

    /// <summary>Sends it, again where need be, until it is delivered or parked.</summary>
    async Task Send(OutboxRow row, CancellationToken ct)
    {
        using var span = MessagingTraces.Source.StartActivity($"dispatch {row.Type}", ActivityKind.Producer, row.TraceParent);
        for (var unroutable = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await transport.Send(row, ct);
                UnitOfWork.Reached("after-confirm-before-delete");
                Done(row.Id);
                return;
            }
            catch (UnroutableException failure)
            {
                if (++unroutable >= UnroutableMax && await Park(row, failure, unroutable))
                {
                    _inFlight.TryRemove(row.Id, out _);
                    return;
                }
                await Wait(row, failure, TimeSpan.FromSeconds(1 << Math.Min(unroutable - 1, UnroutableMax)), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                span?.SetStatus(ActivityStatusCode.Error, failure.Message);
                await Wait(row, failure, TimeSpan.FromSeconds(1), ct);
            }
        }
        _inFlight.TryRemove(row.Id, out _);
    }

    async Task Wait(OutboxRow row, Exception failure, TimeSpan time, CancellationToken ct)
    {
        if (transport.IsReady)      // a lost transport says so itself, once
        {
            MessagingLog.NotDelivered(log, database.Service, row.Id, failure.Message);
        }
        Interlocked.Increment(ref _waiting);
        Settled();
        do
        {
            await Task.Delay(time, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!transport.IsReady && !ct.IsCancellationRequested);
        Interlocked.Decrement(ref _waiting);
    }

    void Done(long row)
    {
        _done.Enqueue(row);
        Settled();
    }

    /// <summary>Rows go by the batch: the one that waits for others to be sent costs nothing but its place.</summary>
    void Settled()
    {
        if (_done.Count >= Math.Clamp(_inFlight.Count - Volatile.Read(ref _waiting), 1, BatchRows))
        {
            signal.Set();
        }
    }

    /// <summary>Puts it among the parked messages, from where it can be sent again; false where that failed.</summary>
    async Task<bool> Park(OutboxRow row, UnroutableException failure, int attempts)
    {
        MessagingLog.Undelivered(log, database.Service, row.Id, row.Type, attempts, failure);
        try
        {
            await using var command = database.Source.CreateCommand(
                """
                WITH gone AS (DELETE FROM outbox WHERE id = $1 RETURNING message_id, type, body, queue)
                INSERT INTO parked_message (message_id, queue, type, body, error, attempts)
                SELECT message_id, coalesce(queue, $2), type, body::text, $3, $4 FROM gone
                ON CONFLICT (message_id, queue) DO UPDATE
                SET error = excluded.error, attempts = parked_message.attempts + excluded.attempts, replayed_at = NULL
                """);
            command.Parameters.AddRange((NpgsqlParameter[])
            [
                new() { Value = row.Id }, new() { Value = ParkedMessage.Undelivered },
                new() { Value = failure.ToString() }, new() { Value = attempts }
            ]);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    async Task Forget(NpgsqlConnection connection, CancellationToken ct)
    {
        var ids = new List<long>();
        while (_done.TryDequeue(out var id))
        {
            ids.Add(id);
        }
        if (ids.Count == 0)
        {
            return;
        }
        try
        {
            await using var command = new NpgsqlCommand("DELETE FROM outbox WHERE id = ANY ($1)", connection)
            {
                Parameters = { new() { Value = ids.ToArray() } }
            };
            await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            ids.ForEach(id => _inFlight.TryRemove(id, out _));      // what was not deleted is read, and sent, again
        }
    }
}
