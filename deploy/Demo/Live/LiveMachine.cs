using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>
/// A machine that lives on: its people begin what its dispatch list says, report at its pace and finish; it stops and runs
/// again.
/// </summary>
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
    bool _isHere;
    Job? _job;
    Guid _lastOperation;
    string _lastFamily = "";

    /// <summary>The operation that it works on, or null.</summary>
    public Guid? Operation => _job?.Operation;

    /// <summary>
    /// Ends what an earlier run of the demo has begun here, and stands still at a stop that goes on, whoever has reported it.
    /// </summary>
    async Task Adopt(CancellationToken ct)
    {
        if (!_isHere)
        {
            var ours = Floor.PostOf(unit);
            foreach (var left in await api.All($"work-orders/work?equipment={unit}&status=Open", ct))
            {
                if (left.Text("operator") == ours.Day || left.Text("operator") == ours.Night) await Finish(left.Id(), ct);
            }
            _isHere = true;
        }
        var latest = await api.Get($"equipment/units/{unit}/downtimes?descending=true&size=5", ct);
        foreach (var stop in latest.Items())
        {
            if (stop.TimeOrNull("endedAt") is null && stop.TimeOrNull("withdrawnAt") is null) await Stopped(stop.Id(), ct);
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
        else if (crew.SignOnAt(unit) is not { } signOn) await Leave(ct);
        else if (_job is null) await Begin(step, ct);
        else if (_job.Work is null) await Start(_job, signOn, ct);
        else await Work(_job, signOn, step, ct);
    }

    async Task Begin(TimeSpan step, CancellationToken ct)
    {
        if (!_looks.IsDue(step) || await lists.Next(unit, dice, ct) is not { } job) return;
        job.SetupLeft = job.Operation == _lastOperation ? TimeSpan.Zero
            : TimeSpan.FromMinutes(job.Step.SetupMinutes * dice.Between(0.85, 1.35) * (job.Step.Family == _lastFamily ? 0.5 : 1));
        (_job, _lastOperation, _lastFamily) = (job, job.Operation, job.Step.Family);
    }

    /// <summary>Whoever is there begins, as at a terminal: setup, or the run, with which setup ends.</summary>
    async Task Start(Job job, Guid signOn, CancellationToken ct)
    {
        var work = Guid.NewGuid();
        try
        {
            var activity = job.SetupLeft > TimeSpan.Zero ? "Setup" : "Run";
            await api.Post(
                $"work-orders/operations/{job.Operation}/work", new { signOnId = signOn, equipment = unit, activity }, work, ct);
            job.Work = work;
        }
        catch (RefusedException)
        {
            _job = null;    // held, closed, or taken over by somebody: the list says what is next
            throw;
        }
    }

    async Task Work(Job job, Guid signOn, TimeSpan step, CancellationToken ct)
    {
        if (job.SetupLeft > TimeSpan.Zero)
        {
            job.SetupLeft -= step;
            if (job.SetupLeft <= TimeSpan.Zero) await Start(job, signOn, ct);
            return;
        }
        job.Run += step;
        _runUntilStop -= step;
        if (_runUntilStop <= TimeSpan.Zero)
        {
            await Report(job, ct);
            await Stop(job, ct);
        }
        else if (job.Made > 0 && (job.Made == job.Left || job.Run >= BetweenReports)) await Report(job, ct);
    }

    /// <summary>Reports what was made since the last time, if anything was; where that was all, the job is done.</summary>
    async Task Report(Job job, CancellationToken ct)
    {
        if (job is not { Made: > 0 and var made, Work: { } work }) return;
        var scrap = dice.Among(made, ScrapProbability);
        var nonconforming = made - scrap > 2 && dice.Happens(NonconformingProbability) ? 1 : 0;
        job.Run -= job.Cycle * made;
        job.Left -= made;
        if (job.Left == 0) _job = null;
        try
        {
            await api.Post($"work-orders/operations/{job.Operation}/reports", new
            {
                workId = work, good = made - scrap - nonconforming, scrap, nonconforming, finishesWork = job.Left == 0,
                scrapReason = scrap > 0 ? dice.Of(Floor.ScrapReasons) : null, consumed = await lists.Lots(job, made, ct),
            }, Guid.NewGuid(), ct);
        }
        catch (RefusedException refusal)
        {
            await Leave(ct);
            if (!refusal.IsOver) throw;
        }
    }

    /// <summary>The job waits for whoever comes next; its work is over.</summary>
    public async Task Leave(CancellationToken ct)
    {
        if (_job is not { Work: { } work } job) return;
        await Report(job, ct);
        job.Work = null;
        if (_job is not null && crew.SignOnAt(unit) is not null) await Finish(work, ct);
    }

    /// <summary>Work that a rule has ended, because the demo was asleep at the end of its shift, is finished.</summary>
    async Task Finish(Guid work, CancellationToken ct)
    {
        try
        {
            await api.Post($"work-orders/work/{work}/finish", new { }, Guid.NewGuid(), ct);
        }
        catch (RefusedException refusal) when (refusal.IsOver)
        {
            // nothing is left to be done
        }
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
        await Stopped(id, ct);
        _stopLeft = length;
    }

    async Task Stopped(Guid id, CancellationToken ct)
    {
        _stop = id;
        _stopLeft = Length();
        _runUntilStop = dice.Until(BetweenStops);
        await Leave(ct);
    }

    TimeSpan Length() => StopMin + dice.Until(StopMean);
}
