namespace Mes.Gateway.Live;

/// <summary>The events that one screen has not taken yet, bounded.</summary>
public sealed class LiveSubscription : IDisposable
{
    /// <summary>How many events may wait for one screen.</summary>
    public const int WaitingMax = 256;

    readonly Queue<LiveEvent> _waiting = new();
    readonly SemaphoreSlim _arrived = new(0, 1);
    readonly Func<string, bool> _mayHear;
    readonly Action<LiveSubscription> _leave;
    int _missed;

    internal LiveSubscription(Func<string, bool> mayHear, Action<LiveSubscription> leave) =>
        (_mayHear, _leave) = (mayHear, leave);

    /// <summary>Waits until there is something to take, at most this long.</summary>
    /// <returns>False when the time ran out.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct) => _arrived.WaitAsync(atMost, ct);

    /// <summary>Takes all that waits, and how many older ones were dropped since the last time.</summary>
    public (int Missed, IReadOnlyList<LiveEvent> Events) Take()
    {
        lock (_waiting)
        {
            var taken = (_missed, _waiting.ToArray());
            _waiting.Clear();
            _missed = 0;
            return taken;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _leave(this);
        _arrived.Dispose();
    }

    internal void Offer(LiveEvent happened)
    {
        if (!_mayHear(happened.Type)) return;
        lock (_waiting)
        {
            if (_waiting.Count == WaitingMax)
            {
                _waiting.Dequeue();
                _missed++;
            }

            _waiting.Enqueue(happened);
            if (_waiting.Count == 1) Wake();
        }
    }

    // The semaphore may be full from an event that was taken without a wait, or gone with a screen that left
    internal void Wake()
    {
        try
        {
            if (_arrived.CurrentCount == 0) _arrived.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
        }
    }
}
