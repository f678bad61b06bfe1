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
        var setup = matrix is null ? operation.SetupSecondsOn(equipment) : 0;
        var total = PlanningModel.Duration(setup + operation.RunSecondsOn(equipment));
        var setupSeconds = (int)Math.Min(total, Math.Ceiling(setup));
        return new OperationTime(equipment, setupSeconds, total - setupSeconds, matrix?.DefaultSeconds,
            matrix is null ? [] : After(matrix, operation.SetupFamily ?? EquipmentBuilder.NoFamily));
    }

    /// <summary>After each family from which the matrix tells a change, and after its own.</summary>
    static IReadOnlyList<SetupAfter> After(SetupTimes matrix, string family)
    {
        var seconds = matrix.ByFamilies();
        return [.. matrix.Changes.Where(change => change.To == family).Select(change => change.From).Append(family).Distinct()
            .Select(before => new SetupAfter(before, seconds(before, family)))];
    }
}
