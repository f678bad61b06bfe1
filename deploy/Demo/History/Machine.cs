using Mes.Demo.Plant;

namespace Mes.Demo.History;

/// <summary>A machine as it runs through the week: job after job, stopping now and then.</summary>
sealed class Machine(string unit, ShiftPlan shifts, Random dice, DateTimeOffset from, DateTimeOffset until)
{
    const double ScrapProbability = 0.009;
    const double NonconformingProbability = 0.035;    // of a report
    const double UnexplainedProbability = 0.12;       // of a stop
    const double HelpProbability = 0.006;             // that somebody of another post reports
    static readonly TimeSpan BetweenStops = TimeSpan.FromHours(9);
    static readonly TimeSpan LongestPiece = TimeSpan.FromMinutes(15);
    static readonly TimeSpan StopMin = TimeSpan.FromMinutes(6);
    static readonly TimeSpan StopMean = TimeSpan.FromMinutes(38);
    static readonly TimeSpan StopMax = TimeSpan.FromHours(4);

    TimeSpan _runUntilStop = StopMin + dice.Until(BetweenStops);

    /// <summary>When it is free.</summary>
    public DateTimeOffset FreeAt { get; private set; } = from;

    public string Unit => unit;

    public List<Stop> Stops { get; } = [];

    /// <summary>Sets it up for a step and runs pieces until there are no more, or the demo begins.</summary>
    /// <param name="order">The order.</param>
    /// <param name="step">Its step.</param>
    /// <param name="ready">When its pieces are there.</param>
    /// <param name="pieces">How many there are.</param>
    /// <param name="stores">What it takes its material from.</param>
    /// <returns>The reports; the time until which it is busy is <see cref="FreeAt"/>.</returns>
    public List<Report> Run(Order order, Step step, DateTimeOffset ready, int pieces, Stores stores)
    {
        var reports = new List<Report>();
        var at = (ready > FreeAt ? ready : FreeAt).AddMinutes(dice.Between(3, 18));
        SetUp();
        var minutes = step.MinutesPerPiece * dice.Between(1.08, 1.26);
        var (left, good) = (pieces, 0);
        while (left > 0 && at < until && !(step.IsLast && good >= order.Quantity))
        {
            var work = Work(at);
            var wanted = step.IsLast ? Math.Min(left, order.Quantity - good) : left;
            var possible = (int)((End(work) - work.Start).TotalMinutes / minutes);
            if (possible == 0)
            {
                if (End(work) < work.End) _runUntilStop = NextStop();
                else at = work.End;
                continue;
            }
            var made = Math.Min(wanted, possible);
            var end = work.Start.AddMinutes(made * minutes);
            if (end > until) break;
            reports.Add(Report(order, step, new(work.Start, end), made, stores));
            (left, good, at) = (left - made, good + reports[^1].Good, end);
            _runUntilStop -= end - work.Start;
            if (_runUntilStop.TotalMinutes < minutes) at = Halt(reports[^1]);
            else if (made == possible) at = work.End;
        }
        FreeAt = left > 0 && at < until && !(step.IsLast && good >= order.Quantity) ? until : at;
        return reports;

        void SetUp()
        {
            var work = Work(at);
            var end = Earlier(work.Start.AddMinutes(step.SetupMinutes * dice.Between(0.85, 1.35)), Earlier(work.End, until));
            if (work.Start >= until) return;
            reports.Add(By(order, step, new(work.Start, end)) with { IsSetup = true });
            at = end;
        }
    }

    DateTimeOffset End(Stretch work) => Earlier(work.End, work.Start + _runUntilStop);

    Stretch Work(DateTimeOffset at)
    {
        var work = shifts.WorkFrom(at);
        return work with { Start = at > work.Start ? at : work.Start };
    }

    Report Report(Order order, Step step, Stretch time, int made, Stores stores)
    {
        var scrap = dice.Among(made, ScrapProbability);
        var nonconforming = made - scrap > 6 && dice.Happens(NonconformingProbability) ? dice.Next(1, 4) : 0;
        return By(order, step, time) with
        {
            Good = made - scrap - nonconforming,
            Scrap = scrap,
            Nonconforming = nonconforming,
            ScrapReason = scrap > 0 ? dice.Of(Floor.ScrapReasons) : null,
            Consumed = [.. order.Product.UsedAt(step).SelectMany(part => stores.Take(part, made))],
        };
    }

    Report By(Order order, Step step, Stretch time)
    {
        var shift = shifts.At(time.Start)!.Value;
        var post = dice.Happens(HelpProbability) ? dice.Of(Floor.Posts) : Floor.PostOf(unit);
        return new(order, step, unit, post.PersonOf(shift), shift, time);
    }

    /// <summary>Stops after a report.</summary>
    /// <returns>When it runs again.</returns>
    DateTimeOffset Halt(Report report)
    {
        var length = StopMin + dice.Until(StopMean);
        var end = report.Time.End + (length < StopMax ? length : StopMax);
        var reason = dice.Happens(UnexplainedProbability) ? null : dice.Of(Floor.StopReasonsOf(unit));
        Stops.Add(new(unit, new(report.Time.End, end), reason, report));
        _runUntilStop = NextStop();
        return end;
    }

    TimeSpan NextStop() => LongestPiece + dice.Until(BetweenStops);

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
