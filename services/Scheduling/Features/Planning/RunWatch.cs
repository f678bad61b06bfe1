using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Features.Planning;

/// <summary>Takes an attempt's news to the run store, at most once a second, and learns there whether it is to end.</summary>
sealed class RunWatch : IAsyncDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    readonly RunStore _runs;
    readonly PlanningRun _run;
    readonly JobCall _call;
    readonly TimeProvider _clock;
    readonly CancellationTokenSource _ending;
    readonly CancellationTokenSource _ended = new();
    readonly Task _look;
    EngineProgress? _kept;
    bool _isRequested;
    int _number;

    public RunWatch(RunStore runs, PlanningRun run, JobCall call, TimeProvider clock, CancellationToken stop)
    {
        (_runs, _run, _call, _clock) = (runs, run, call, clock);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Ending = _ending.Token;
        _look = Look();
    }

    /// <summary>Signalled when the search is to end: somebody asked for it, or this process cannot go on.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Whether a person ended the run; otherwise another process takes it over.</summary>
    public bool IsCancelled => Volatile.Read(ref _isRequested) || (Ending.IsCancellationRequested && _call.IsDeleted());

    public Task Size(PlanSearch search, CancellationToken ct) =>
        _runs.Size(_run, search.Model.Jobs.Count, search.Model.Jobs.Sum(job => job.Operations.Count), ct);

    /// <summary>Whether a person ended the search before its time.</summary>
    /// <exception cref="OperationCanceledException">This process cannot go on: another one takes the run over.</exception>
    public bool WasCutShort()
    {
        if (!Ending.IsCancellationRequested)
        {
            return false;
        }
        if (!IsCancelled)
        {
            Ending.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>Writes the news down unless the last are too fresh.</summary>
    public async Task Heard(EngineProgress progress, CancellationToken ct)
    {
        if (_kept is null || progress.Seconds - _kept.Seconds >= Period.TotalSeconds)
        {
            _kept = progress;
            await _runs.Progress(_run, _number++, progress, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _look;
        _ended.Dispose();
        _ending.Dispose();
    }

    async Task Look()
    {
        using var timer = new PeriodicTimer(Period, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (await IsRequested())
                {
                    Volatile.Write(ref _isRequested, true);
                    await _ending.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // the run has ended
        }
    }

    async Task<bool> IsRequested()
    {
        try
        {
            return await _runs.IsCancelRequested(_run, _ended.Token);
        }
        catch (Exception unanswered) when (unanswered is NpgsqlException or InvalidOperationException)
        {
            return false;       // the next look tells
        }
    }
}
