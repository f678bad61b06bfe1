using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace Mes.Messaging;

/// <summary>
/// What this process's consumers are doing: how long each has been at its batch. The standalone edition also learns here
/// which consumers have applied a message, so that its outbox row can go.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "What it would dispose of is asked until the process has ended.")]
public sealed class Deliveries
{
    static readonly TimeSpan EndingMax = TimeSpan.FromSeconds(10);
    readonly ConcurrentDictionary<(string Queue, long Number), DateTimeOffset> _running = new();
    readonly CancellationTokenSource _over = new();
    readonly TimeProvider _clock;
    long _number;

    /// <summary>Of a process.</summary>
    public Deliveries(TimeProvider clock, IHostApplicationLifetime process)
    {
        _clock = clock;
        process.ApplicationStopping.Register(() => _over.CancelAfter(EndingMax));
    }

    /// <summary>
    /// Raised with message id and queue when a message is applied or parked; with the failure where it is to come again.
    /// </summary>
    internal event Action<Guid, string, Exception?>? OnEnded;

    /// <summary>When the oldest unfinished delivery of the queue began, or null where none is under way.</summary>
    public DateTimeOffset? OldestRunning(string queue)
    {
        var starts = _running.Where(pair => pair.Key.Queue == queue).Select(pair => pair.Value).ToList();
        return starts.Count == 0 ? null : starts.Min();
    }

    /// <summary>
    /// Cancelled when the process has been ending for so long that what is under way is given up: a consumer that waits for
    /// something must not keep locks that the next process needs. One that heeds no cancellation keeps them until the end.
    /// </summary>
    internal CancellationToken Over => _over.Token;

    internal void Ended(Guid messageId, string queue, Exception? failure) => OnEnded?.Invoke(messageId, queue, failure);

    internal IDisposable Begin(string queue)
    {
        var key = (queue, Interlocked.Increment(ref _number));
        _running[key] = _clock.GetUtcNow();
        return new Ending(this, key);
    }

    sealed class Ending(Deliveries owner, (string Queue, long) key) : IDisposable
    {
        public void Dispose() => owner._running.TryRemove(key, out _);
    }
}
