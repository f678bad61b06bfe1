namespace Mes.Scheduling.Domain;

/// <summary>What a setup costs after work of a family.</summary>
/// <param name="Family">Family of the operation before it on the equipment; empty: it has none.</param>
/// <param name="Seconds">Setup, seconds.</param>
public sealed record SetupAfter(string Family, int Seconds);

/// <summary>How long an operation takes on equipment that can do it, in open time.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="SetupSeconds">Setup that does not depend on what was there before, seconds; it is part of the run.</param>
/// <param name="RunSeconds">Run of what remains, seconds.</param>
/// <param name="DefaultSetupSeconds">Setup after a family that <paramref name="SetupsAfter"/> does not name, seconds; null where
/// the equipment has no setup times by family.</param>
/// <param name="SetupsAfter">Setup after other families.</param>
public sealed record OperationTime(
    string Equipment, int SetupSeconds, int RunSeconds, int? DefaultSetupSeconds, IReadOnlyList<SetupAfter> SetupsAfter)
{
    /// <summary>The times of an operation on each equipment that can do it.</summary>
    public static IReadOnlyList<OperationTime> Of(DemandOperation operation, PlantCapacity capacity) =>
        [.. operation.Equipment.Distinct()
            .Select(code => On(operation, code, capacity.Setups.FirstOrDefault(own => own.Equipment == code)))];

    static OperationTime On(DemandOperation operation, string equipment, SetupTimes? matrix)
    {
        var own = operation.Alternatives.FirstOrDefault(alternative => alternative.Equipment == equipment);
        var setup = matrix is null && !operation.SetUpAt.Contains(equipment) ? own?.SetupSeconds ?? operation.SetupSeconds : 0;
        var run = (own?.RunSecondsPerUnit ?? operation.RunSecondsPerUnit) * operation.Remaining;
        var total = PlanningModel.Duration(setup + run);
        var setupSeconds = (int)Math.Min(total, Math.Ceiling(setup));
        return new OperationTime(equipment, setupSeconds, total - setupSeconds, matrix?.DefaultSeconds,
            matrix is null ? [] : After(matrix, operation.SetupFamily ?? EquipmentBuilder.NoFamily));
    }

    static IReadOnlyList<SetupAfter> After(SetupTimes matrix, string family)
    {
        var told = matrix.Changes.Where(change => change.To == family)
            .Select(change => new SetupAfter(change.From, change.Seconds));
        return family == EquipmentBuilder.NoFamily || matrix.Changes.Any(change => change.From == family && change.To == family)
            ? [.. told] : [.. told, new SetupAfter(family, 0)];
    }
}
