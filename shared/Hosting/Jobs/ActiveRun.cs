namespace Mes.Hosting.Jobs;

/// <summary>Why a job was told to stop.</summary>
enum StopCause
{
    None,
    Requested,
    Shutdown,
    LeaseLost,
}

/// <summary>A run in this process and the first reason that ended it.</summary>
sealed class ActiveRun : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly CancellationTokenRegistration _shutdown;
    int _cause;

    public ActiveRun(CancellationToken shutdown)
    {
        Shutdown = shutdown;
        Token = _stop.Token;
        _shutdown = shutdown.Register(() => Stop(StopCause.Shutdown));
    }

    /// <summary>What the job watches.</summary>
    public CancellationToken Token { get; }

    /// <summary>The process's.</summary>
    public CancellationToken Shutdown { get; }

    public StopCause Cause => (StopCause)Volatile.Read(ref _cause);

    public bool IsLost => Cause == StopCause.LeaseLost;

    /// <summary>Tells the job to stop; only the first cause counts.</summary>
    public void Stop(StopCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)StopCause.None) != (int)StopCause.None) return;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended in the same moment.
        }
    }

    public void Dispose()
    {
        _shutdown.Dispose();
        _stop.Dispose();
    }
}
