namespace Mes.Persistence;

/// <summary>Wakes whoever waits for something that was committed. Several commits before it looks are one waking.</summary>
public abstract class Signal : IDisposable
{
    readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Wakes whoever waits, or the next who does.</summary>
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

    /// <summary>Waits until it is set, at most for a time.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    /// <inheritdoc />
    public void Dispose()
    {
        _signal.Dispose();
        GC.SuppressFinalize(this);
    }
}
