using Mes.Contracts;
using Mes.Kernel;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>What a model is built for.</summary>
public enum PlanningPurpose
{
    /// <summary>From scratch: only the frozen zone keeps its place.</summary>
    Full,
    /// <summary>A better plan that is near the one in force.</summary>
    Improve,
    /// <summary>The plan in force as the new facts allow: the frozen zone gives way to them.</summary>
    Shift
}

/// <summary>Turns demand and capacity into the engine's model.</summary>
public static class PlanningModel
{
    /// <summary>How far calendars are laid out, days.</summary>
    public const int HorizonDays = 400;

    /// <summary>How long equipment is taken to be down where nobody knows, hours.</summary>
    public const int DownHoursUnknown = 8;

    /// <summary>When missing components, or the end of a quality hold, are expected where nobody knows, hours from now.</summary>
    public const int WaitHoursUnknown = 24;

    /// <summary>What takes longer on equipment cannot be done there, seconds.</summary>
    internal const int SecondsMax = HorizonDays * 86_400;

    /// <summary>The largest weight of an order: that of priority 1,000.</summary>
    internal const int WeightMax = 1_001;

    const int SecondsMin = 60;

    /// <summary>The model whose origin is <paramref name="origin"/>.</summary>
    /// <exception cref="RuleViolation">Demand and capacity do not fit together.</exception>
    public static SchedulingModel Build(PlanningFacts facts, DateTimeOffset origin, PlanningPurpose purpose)
    {
        var demand = facts.Demand.Where(order => order.Operations.Count > 0).ToList();
        var clock = new ModelClock(origin);
        var equipment = EquipmentBuilder.Build(demand, facts.Capacity, clock);
        var stops = Breakdowns(demand, facts.Capacity, clock).ToList();
        var operations = new OperationBuilder(facts.Capacity, clock, OpenSeconds(equipment, stops));
        var setups = SettingUp(demand).ToList();
        var known = equipment.Select(unit => unit.Id).ToHashSet();
        return new SchedulingModel
        {
            Equipment = [.. equipment.Select(unit => SetUp(unit, setups))],
            Resources = EquipmentBuilder.Resources(facts.Capacity, clock),
            Jobs = [.. demand.Select(order => operations.Job(order))],
            Precedences = [.. demand.SelectMany(Links)],
            Breakdowns = [.. stops, .. setups.Select(setup => new Breakdown(
                setup.Lock!.Equipment, new Window(0, Math.Max(1, clock.Seconds(setup.Lock.StartsAt)))))],
            // what is planned on equipment that takes no work any more has no place to keep
            Baseline = facts.Plan.Where(row => known.Contains(row.Equipment)).ToDictionary(
                row => IdOf(row.OperationId), row => new Placement(row.Equipment, clock.Seconds(row.StartsAt))),
            FrozenUntilSeconds = purpose == PlanningPurpose.Shift || facts.Plan.Count == 0 ? 0
                : facts.Settings.FrozenMinutes * 60,
            Objective = ObjectiveOf(facts, purpose)
        };
    }

    /// <summary>The engine's name of an operation or order, as the API writes ids.</summary>
    public static string IdOf(Guid id) => id.ToString();

    /// <summary>What a good plan is: tardiness first, and beside it what the settings weigh against it.</summary>
    public static Objective ObjectiveOf(PlanningFacts facts, PlanningPurpose purpose)
    {
        var settings = facts.Settings;
        var isStable = purpose != PlanningPurpose.Full && facts.Plan.Count > 0 && settings.StabilityWeight > 0;
        ObjectiveTerm[] beside =
        [
            .. settings.SetupWeight > 0 ? [new(Criterion.SetupTime, settings.SetupWeight)] : Array.Empty<ObjectiveTerm>(),
            .. isStable ? [new(Criterion.Instability, settings.StabilityWeight)] : Array.Empty<ObjectiveTerm>()
        ];
        ObjectiveTerm[] first =
            [new(Criterion.WeightedTardiness, beside.Length > 0 ? settings.TardinessWeight : 1), .. beside];
        return settings.SetupWeight > 0
            ? Objective.OfLevels(first, [new(Criterion.Makespan)])
            : Objective.OfLevels(first, [new(Criterion.SetupTime)], [new(Criterion.Makespan)]);
    }

    /// <summary>What the operations of an order wait for.</summary>
    internal static IEnumerable<Precedence> Links(DemandOrder order)
    {
        var byCode = order.Operations.Where(o => o.Code.Length > 0).DistinctBy(o => o.Code)
            .ToDictionary(o => o.Code, o => IdOf(o.OperationId));
        for (var i = 0; i < order.Operations.Count; i++)
        {
            var (operation, to) = (order.Operations[i], IdOf(order.Operations[i].OperationId));
            if (operation.Links is null && i > 0)
            {
                yield return new Precedence(IdOf(order.Operations[i - 1].OperationId), to);
            }
            foreach (var link in (operation.Links ?? []).Where(link => byCode.ContainsKey(link.After)))
            {
                yield return new Precedence(byCode[link.After], to, KindOf(link.Kind), link.MinLagSeconds, link.MaxLagSeconds);
            }
        }
    }

    static LagKind KindOf(LinkKind kind) => kind switch
    {
        LinkKind.StartStart => LagKind.StartStart,
        LinkKind.EndEnd => LagKind.EndEnd,
        _ => LagKind.EndStart
    };

    /// <summary>Open seconds of equipment from the origin on, less those in which it is down.</summary>
    static Func<string, int, long> OpenSeconds(
        IReadOnlyList<Engine.Model.Equipment> equipment, List<Breakdown> stops) => (code, end) =>
    {
        var calendar = equipment.First(unit => unit.Id == code).Calendar;
        return PlanFigures.Open(calendar, 0, end) - stops.Where(stop => stop.EquipmentId == code).Sum(stop =>
            PlanFigures.Open(calendar, stop.Down.StartSeconds, Math.Min(end, stop.Down.EndSeconds)));
    };

    /// <summary>Locked operations for which the equipment is being set up: nothing else is done there until they start.</summary>
    static IEnumerable<DemandOperation> SettingUp(List<DemandOrder> demand) => demand.SelectMany(order => order.Operations)
        .Where(operation => operation.Lock is { SetUpSince: not null });

    static Engine.Model.Equipment SetUp(Engine.Model.Equipment unit, List<DemandOperation> setups) =>
        unit.Setup is not null && setups.Find(setup => setup.Lock!.Equipment == unit.Id) is { } own
            ? unit with { InitialFamily = own.SetupFamily ?? EquipmentBuilder.NoFamily }
            : unit;

    static IEnumerable<Breakdown> Breakdowns(List<DemandOrder> demand, PlantCapacity capacity, ModelClock clock)
    {
        var used = EquipmentBuilder.Used(demand).ToHashSet();
        foreach (var stop in capacity.Stops.Where(stop => used.Contains(stop.Equipment)))
        {
            var from = Math.Max(0, clock.Seconds(stop.From ?? clock.Origin));
            var until = clock.Seconds(stop.Until ?? (stop.From ?? clock.Origin).AddHours(DownHoursUnknown));
            // it is down now: one that should be up by now is taken to need a little longer
            yield return new Breakdown(stop.Equipment, new Window(from, Math.Max(from + SecondsMin, until)));
        }
    }

    /// <summary>The engine's duration of so many seconds of work.</summary>
    internal static int Duration(decimal seconds) => (int)Math.Clamp(Math.Ceiling(seconds), SecondsMin, SecondsMax);

    /// <summary>Whether an operation has equipment but takes too long on each.</summary>
    internal static bool IsBeyondHorizon(DemandOperation operation) => operation.Equipment.Count > 0
        && operation.SetupSeconds + (operation.RunSecondsPerUnit * operation.Remaining) > SecondsMax;
}

/// <summary>Turns instants into the engine's seconds.</summary>
/// <param name="Origin">The instant of the model, UTC.</param>
public sealed record ModelClock(DateTimeOffset Origin)
{
    /// <summary>Seconds from the origin, within what the engine takes.</summary>
    public int Seconds(DateTimeOffset at) =>
        (int)Math.Clamp(Math.Ceiling((at - Origin).TotalSeconds), -ModelTime.MaxSeconds / 2, ModelTime.MaxSeconds / 2);

    /// <summary>The instant so many seconds from the origin.</summary>
    public DateTimeOffset At(int seconds) => Origin.AddSeconds(seconds);
}
