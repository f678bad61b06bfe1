using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>The jobs of a model.</summary>
sealed class OperationBuilder(PlantCapacity capacity, ModelClock clock, Func<string, int, long> openSeconds)
{
    readonly HashSet<string> _withMatrix = [.. capacity.Setups.Select(setup => setup.Equipment)];
    readonly Dictionary<string, int> _capacities =
        capacity.Resources.ToDictionary(resource => resource.Code, resource => resource.Capacity);

    public Job Job(DemandOrder order) =>
        new(PlanningModel.IdOf(order.OrderId), [.. order.Operations.Select(operation => Operation(operation, order))])
        {
            ReleaseSeconds = Math.Max(0, clock.Seconds(order.ReleaseAt ?? clock.Origin)),
            DueSeconds = order.DueAt is { } due ? clock.Seconds(due) : null,
            Weight = Math.Clamp(1 + order.Priority, 1, PlanningModel.WeightMax)
        };

    Operation Operation(DemandOperation operation, DemandOrder order)
    {
        var pin = operation.Running is null ? operation.Lock : null;
        return new Operation(PlanningModel.IdOf(operation.OperationId), [.. Alternatives(operation, pin)])
        {
            SetupFamily = operation.SetupFamily ?? EquipmentBuilder.NoFamily,
            Splittable = operation.IsSplittable,
            MaterialSeconds = Math.Max(0, MaterialSeconds(operation, order)),
            Lock = pin is { GivesWay: false } ? new Placement(pin.Equipment, clock.Seconds(pin.StartsAt)) : null,
            Running = operation.Running is { } running ? Running(operation, running) : null
        };
    }

    /// <summary>A lock that gives way still keeps its equipment.</summary>
    IEnumerable<Alternative> Alternatives(DemandOperation operation, OperationLock? pin) => operation.Equipment.Distinct()
        .Where(code => pin is not { GivesWay: true } || code == pin.Equipment || !operation.Equipment.Contains(pin.Equipment))
        .Select(code => (Code: code, Seconds: SecondsOn(operation, code)))
        .Where(item => item.Seconds <= PlanningModel.SecondsMax)
        .Select(item => new Alternative(item.Code, PlanningModel.Duration(item.Seconds)) { Demands = [.. Demands(operation)] });

    decimal SecondsOn(DemandOperation operation, string equipment) =>
        (_withMatrix.Contains(equipment) ? 0 : operation.SetupSecondsOn(equipment)) + operation.RunSecondsOn(equipment);

    /// <summary>What the plant does not know cannot be waited for; of what it has too little, all is taken.</summary>
    IEnumerable<ResourceDemand> Demands(DemandOperation operation) => operation.Resources
        .Where(need => _capacities.ContainsKey(need.Resource)).GroupBy(need => need.Resource)
        .Select(needs => new ResourceDemand(
            needs.Key, (int)Math.Min(needs.Sum(need => (long)need.Quantity), _capacities[needs.Key])));

    int MaterialSeconds(DemandOperation operation, DemandOrder order)
    {
        var unknown = clock.Origin.AddHours(PlanningModel.WaitHoursUnknown);
        var material = order.IsShort ? clock.Seconds(order.MaterialAt ?? unknown) : 0;
        return operation.IsHeld ? Math.Max(material, clock.Seconds(unknown)) : material;
    }

    Running Running(DemandOperation operation, RunningWork running)
    {
        var seconds = running.EndsAt is { } end ? openSeconds(running.Equipment, clock.Seconds(end))
            : Math.Ceiling(operation.RunSecondsOn(running.Equipment));
        return new Running(running.Equipment, Math.Min(0, clock.Seconds(running.StartedAt)),
            (int)Math.Clamp(seconds, 1, 365 * 86_400));
    }
}
