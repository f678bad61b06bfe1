namespace Mes.Scheduling.Data;

/// <summary>Wakes whoever hands planning runs to the job engine when one was asked for, and that is committed.</summary>
sealed class RunSignal : IDisposable
{
    readonly SemaphoreSlim _signal = new(0);

    public void Set() => _signal.Release();

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();
}
