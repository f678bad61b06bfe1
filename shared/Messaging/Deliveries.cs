using System.Collections.Concurrent;

namespace Mes.Messaging;

/// <summary>
/// What this process's consumers are doing: how long each has been at its batch. The standalone edition also learns here
/// which consumers have applied a message, so that its outbox row can go.
/// </summary>
public sealed class Deliveries(TimeProvider clock)
{
    readonly ConcurrentDictionary<(string Queue, long Number), DateTimeOffset> _running = new();
    readonly TimeProvider _clock = clock;
    long _number;

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
