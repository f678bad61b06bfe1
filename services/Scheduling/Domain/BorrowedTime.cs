namespace Mes.Scheduling.Domain;

/// <summary>Work of a scenario in time that only the scenario opens: its plan cannot stand until Equipment has it, too.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment whose time it is, or null.</param>
/// <param name="Resource">Code of the secondary resource whose time it is, or null.</param>
/// <param name="Calendar">Code of the calendar by which the scenario has the time; null: always open.</param>
public sealed record BorrowedTime(Guid OperationId, string? Equipment, string? Resource, string? Calendar)
{
    /// <summary>
    /// What is planned in time that is open in the scenario, and neither in what it was copied from nor now: a holiday that came
    /// later moves the plan, and does not stand in its way.
    /// </summary>
    /// <param name="tried">The scenario's facts, with its plan.</param>
    /// <param name="copied">What it was copied from, without its changes.</param>
    /// <param name="live">What holds now.</param>
    /// <param name="now">The instant, UTC.</param>
    public static IReadOnlyList<BorrowedTime> Of(
        PlanningFacts tried, PlanningFacts copied, PlanningFacts live, DateTimeOffset now)
    {
        var (clock, there) = (new ModelClock(now), copied.Equipment());
        var openings = new Openings(clock);
        var operations = tried.Demand.SelectMany(order => order.Operations).ToDictionary(operation => operation.OperationId);
        var open = live.Demand.SelectMany(order => order.Operations).Select(operation => operation.OperationId).ToHashSet();
        return [.. tried.Plan.Where(row => open.Contains(row.OperationId) && operations.ContainsKey(row.OperationId))
            .SelectMany(row => Borrowed(row,
                [Machine(row.Equipment), .. operations[row.OperationId].Resources.Select(need => Other(need.Resource))]))];

        // added equipment goes by the calendar that it has now, if any: what the scenario gives it is the scenario's
        Use Machine(string code) => UseOf(
            code, null, facts => (facts == copied && !there.Contains(code) ? live : facts).Capacity.CalendarFor(code));

        Use Other(string code) => UseOf(null, code, facts => facts.Capacity.CalendarOfResource(code));

        Use UseOf(string? equipment, string? resource, Func<PlanningFacts, string?> calendar) => new(
            new BorrowedTime(Guid.Empty, equipment, resource, calendar(tried)), openings.Of(tried, calendar(tried)),
            openings.Of(copied, calendar(copied)), openings.Of(live, calendar(live)));

        IEnumerable<BorrowedTime> Borrowed(PlanRow row, List<Use> uses)
        {
            var (setup, start, end) = (clock.Seconds(row.SetupStartsAt), clock.Seconds(row.StartsAt), clock.Seconds(row.EndsAt));
            // a setup before the run needs the equipment alone; the run goes on while all that it needs is there
            return uses.Where(use => use.IsBorrowed(uses, start, end)
                    || (use == uses[0] && use.IsBorrowed([use], setup, start)))
                .Select(use => use.Time with { OperationId = row.OperationId });
        }
    }

    /// <summary>Something that an operation uses, and when that is open.</summary>
    sealed record Use(BorrowedTime Time, Engine.Model.Calendar Tried, Engine.Model.Calendar Copied, Engine.Model.Calendar Live)
    {
        /// <summary>Whether there is an instant at which all is open in the scenario, and this nowhere else.</summary>
        public bool IsBorrowed(List<Use> all, int from, int until) => !ReferenceEquals(Tried, Copied)
            && all.SelectMany(use => new[] { use.Tried, use.Copied, use.Live })
                .SelectMany(calendar => PlanFigures.Within(calendar, from, until))
                .SelectMany(window => new[] { window.StartSeconds, window.EndSeconds }).Distinct()
                .Any(at => at < until && all.TrueForAll(use => IsOpen(use.Tried, at))
                    && !IsOpen(Copied, at) && !IsOpen(Live, at));

        static bool IsOpen(Engine.Model.Calendar calendar, int at) => PlanFigures.Within(calendar, at, at + 1).Any();
    }

    /// <summary>The open time of calendars; one that a scenario leaves as it is is laid out once.</summary>
    sealed class Openings(ModelClock clock)
    {
        readonly Dictionary<WorkCalendar, Engine.Model.Calendar> _open = new(ReferenceEqualityComparer.Instance);

        /// <summary>Open time by a calendar of some facts, always without one.</summary>
        public Engine.Model.Calendar Of(PlanningFacts facts, string? code)
        {
            if (facts.Capacity.Calendars.FirstOrDefault(known => known.Code == code) is not { } calendar)
            {
                return code is null ? Engine.Model.Calendar.AlwaysOpen : Unknown;
            }
            return _open.TryGetValue(calendar, out var own) ? own
                : _open[calendar] = calendar.Open(clock.Origin, PlanningModel.HorizonDays);
        }
    }

    /// <summary>What is not known of a calendar is no time that anybody has.</summary>
    static Engine.Model.Calendar Unknown { get; } = new([]);
}
