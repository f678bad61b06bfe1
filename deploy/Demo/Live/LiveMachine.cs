using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>A machine that lives on: takes work from its dispatch list, reports at its pace, stops and runs again.</summary>
sealed class LiveMachine(string unit, MesApi api, PlantClock clock, Crew crew, WorkLists lists, Random dice)
{
    const double ScrapProbability = 0.009;
    const double NonconformingProbability = 0.02;     // of a report
    const double UnexplainedProbability = 0.12;       // of a stop
    static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(20);
    static readonly TimeSpan BetweenStops = TimeSpan.FromHours(9);
    static readonly TimeSpan StopMin = TimeSpan.FromMinutes(6);
    static readonly TimeSpan StopMean = TimeSpan.FromMinutes(38);

    readonly Cadence _looks = new(TimeSpan.FromMinutes(2));
    readonly Cadence _rounds = new(TimeSpan.FromMinutes(15));
    TimeSpan _runUntilStop = dice.Until(BetweenStops);
    TimeSpan _stopLeft;
    Guid? _stop;
    Job? _job;
    Guid _lastOperation;
    string _lastFamily = "";

    /// <summary>The operation that it works on, or null.</summary>
    public Guid? Operation => _job?.Operation;

    /// <summary>Stands still at a stop that goes on, whoever has reported it.</summary>
    async Task Adopt(CancellationToken ct)
    {
        var latest = await api.Get($"equipment/units/{unit}/downtimes?descending=true&size=5", ct);
        foreach (var stop in latest.Items())
        {
            if (stop.TimeOrNull("endedAt") is null && stop.TimeOrNull("withdrawnAt") is null) Stopped(stop.Id());
        }
    }

    /// <summary>Lets some plant time pass.</summary>
    public async Task Live(TimeSpan step, CancellationToken ct)
    {
        if (_stop is null && _rounds.IsDue(step)) await Adopt(ct);
        if (_stop is { } stop)
        {
            _stopLeft -= step;
            if (_stopLeft > TimeSpan.Zero) return;
            _stop = null;
            await api.Post($"equipment/downtimes/{stop}/end", new { endedAt = clock.Now }, Guid.NewGuid(), ct);
        }
        else if (crew.SignOnAt(unit) is null) await Report(ct);
        else if (_job is null) await Begin(step, ct);
        else await Work(step, ct);
    }

    async Task Begin(TimeSpan step, CancellationToken ct)
    {
        if (!_looks.IsDue(step) || await lists.Next(unit, dice, ct) is not { } job) return;
        _job = job;
        job.Since = clock.Now;
        job.SetupLeft = job.Operation == _lastOperation ? TimeSpan.Zero
            : TimeSpan.FromMinutes(job.Step.SetupMinutes * dice.Between(0.85, 1.35) * (job.Step.Family == _lastFamily ? 0.5 : 1));
        (_lastOperation, _lastFamily) = (job.Operation, job.Step.Family);
    }

    async Task Work(TimeSpan step, CancellationToken ct)
    {
        var job = _job!;
        if (job.SetupLeft > TimeSpan.Zero)
        {
            job.SetupLeft -= step;
            if (job.SetupLeft > TimeSpan.Zero) return;
            await Send(job, "Setup", 0, 0, 0, ct);
            return;
        }
        job.Run += step;
        _runUntilStop -= step;
        if (_runUntilStop <= TimeSpan.Zero)
        {
            await Report(ct);
            await Stop(job, ct);
        }
        else if (job.Made > 0 && (job.Made == job.Left || job.Run >= BetweenReports)) await Report(ct);
    }

    /// <summary>Reports what was made since the last time, if anything was; where that was all, the job is done.</summary>
    async Task Report(CancellationToken ct)
    {
        if (_job is not { Made: > 0 and var made } job) return;
        var scrap = dice.Among(made, ScrapProbability);
        var nonconforming = made - scrap > 2 && dice.Happens(NonconformingProbability) ? 1 : 0;
        job.Run -= job.Cycle * made;
        job.Left -= made;
        if (job.Left == 0) _job = null;
        try
        {
            await Send(job, "Run", made - scrap - nonconforming, scrap, nonconforming, ct);
        }
        catch (RefusedException)
        {
            _job = null;    // held, closed, or taken over by somebody: the list says what is next
            throw;
        }
    }

    async Task Send(Job job, string activity, int good, int scrap, int nonconforming, CancellationToken ct)
    {
        var (since, now) = (job.Since, clock.Now);
        job.Since = now;
        await api.Post($"work-orders/operations/{job.Operation}/reports", new
        {
            signOnId = crew.SignOnAt(unit), equipment = unit, activity, startedAt = since, endedAt = now, good, scrap,
            nonconforming, scrapReason = scrap > 0 ? dice.Of(Floor.ScrapReasons) : null,
            consumed = await lists.Lots(job, good + scrap + nonconforming, ct),
        }, Guid.NewGuid(), ct);
    }

    async Task Stop(Job job, CancellationToken ct)
    {
        var (id, length) = (Guid.NewGuid(), Length());
        await api.Post($"equipment/units/{unit}/downtimes", new
        {
            startedAt = clock.Now, reason = dice.Happens(UnexplainedProbability) ? null : dice.Of(Floor.StopReasonsOf(unit)),
            @operator = crew.PersonAt(unit), order = job.Order, operation = job.Step.Code,
            expectedUpAt = clock.Now + (length / clock.Speed),
        }, id, ct);
        Stopped(id);
        _stopLeft = length;
    }

    void Stopped(Guid id)
    {
        _stop = id;
        _job = null;
        _stopLeft = Length();
        _runUntilStop = dice.Until(BetweenStops);
    }

    TimeSpan Length() => StopMin + dice.Until(StopMean);
}
