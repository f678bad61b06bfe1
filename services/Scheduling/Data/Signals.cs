namespace Mes.Scheduling.Data;

/// <summary>Wakes whoever waits for something that was committed; several before it looks are one.</summary>
abstract class Signal : IDisposable
{
    readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is woken already
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();
}

/// <summary>A planning run was asked for.</summary>
sealed class RunSignal : Signal;

/// <summary>An event was noted that the plan in force has to answer at once.</summary>
sealed class EventSignal : Signal;
