using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>Turns demand and capacity into the engine's model.</summary>
public static class PlanningModel
{
    /// <summary>How far calendars are laid out, days.</summary>
    public const int HorizonDays = 400;

    /// <summary>How long equipment is taken to be down where nobody knows, hours.</summary>
    public const int DownHoursUnknown = 8;

    const int SecondsMin = 60;
    const int SecondsMax = 365 * 86_400;

    /// <summary>The model whose origin is <paramref name="origin"/>, for weighted tardiness, then makespan; with a plan before,
    /// also for changing little.</summary>
    public static SchedulingModel Build(
        IReadOnlyList<DemandOrder> demand, PlantCapacity capacity, IReadOnlyList<PlannedBefore> before, DateTimeOffset origin)
    {
        var jobs = demand.Where(order => order.Operations.Count > 0).Select(order => JobOf(order, origin)).ToList();
        var calendars = capacity.Calendars.Values.DistinctBy(c => c.Code).ToDictionary(c => c.Code, c => c.Open(origin, HorizonDays));
        var equipment = demand.SelectMany(o => o.Operations).SelectMany(o => o.Equipment).Distinct().Order(StringComparer.Ordinal);
        return new SchedulingModel
        {
            Equipment = [.. equipment.Select(code => new Engine.Equipment(code)
            {
                Calendar = capacity.Calendars.TryGetValue(code, out var own) ? calendars[own.Code] : Calendar.AlwaysOpen
            })],
            Jobs = jobs,
            Precedences = [.. jobs.SelectMany(job => Precedence.Chain(job.Operations))],
            Breakdowns = [.. capacity.DownUntil.Select(down => new Breakdown(down.Key, new Window(0, DownSeconds(down.Value, origin))))
                .Where(down => jobs.Any(job => job.Operations.Any(o => o.Alternatives.Any(a => a.EquipmentId == down.EquipmentId))))],
            Baseline = before.ToDictionary(
                b => IdOf(b.OperationId), b => new Placement(b.Equipment, Seconds(b.StartsAt, origin))),
            Objective = before.Count > 0
                ? Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.Instability, Criterion.Makespan)
                : Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.Makespan)
        };
    }

    /// <summary>The engine's name of an operation.</summary>
    public static string IdOf(Guid operation) => operation.ToString("N");

    static Job JobOf(DemandOrder order, DateTimeOffset origin) =>
        new(order.OrderId.ToString("N"), [.. order.Operations.Select(OperationOf)])
        {
            ReleaseSeconds = Math.Max(0, Seconds(order.ReleaseAt ?? origin, origin)),
            DueSeconds = order.DueAt is { } due ? Seconds(due, origin) : null,
            Weight = 1 + order.Priority
        };

    static Operation OperationOf(DemandOperation operation)
    {
        var seconds = operation.SetupSeconds + (operation.RunSecondsPerUnit * operation.Remaining);
        var duration = (int)Math.Clamp(Math.Ceiling(seconds), SecondsMin, SecondsMax);
        return new Operation(IdOf(operation.OperationId), [.. operation.Equipment.Distinct().Select(code => new Alternative(code, duration))])
        {
            Splittable = true
        };
    }

    static int DownSeconds(DateTimeOffset? until, DateTimeOffset origin) =>
        Math.Max(SecondsMin, Seconds(until ?? origin.AddHours(DownHoursUnknown), origin));

    static int Seconds(DateTimeOffset at, DateTimeOffset origin) =>
        (int)Math.Clamp((at - origin).TotalSeconds, -ModelTime.MaxSeconds / 2, ModelTime.MaxSeconds / 2);
}
