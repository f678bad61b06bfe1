namespace Mes.Scheduling.Domain;

/// <summary>Something in the master data that is probably a mistake, though it stops nothing.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Subject">The code that is at fault.</param>
/// <param name="Where">What names it: an order and step, a calendar, setup times.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record PlanWarning(string Code, string Subject, string Where, string Hint);

/// <summary>Looks for codes that name nothing.</summary>
public static class PlanWarnings
{
    const int WarningsMax = 100;
    const string Define = "Define it, or correct the code.";

    /// <summary>What is doubtful in the facts, each code once; at most 100.</summary>
    public static IReadOnlyList<PlanWarning> Of(PlanningFacts facts) =>
    [
        .. Routings(facts).Concat(OfEquipment(facts.Capacity)).DistinctBy(w => (w.Code, w.Subject))
            .OrderBy(w => w.Code, StringComparer.Ordinal).ThenBy(w => w.Subject, StringComparer.Ordinal).Take(WarningsMax)
    ];

    /// <summary>The warning that equipment is unknown, or none.</summary>
    public static IReadOnlyList<PlanWarning> OfEquipment(string code, bool isKnown, string where) =>
        isKnown ? [] : [new PlanWarning("equipment-not-found", code, where, Define)];

    static IEnumerable<PlanWarning> Routings(PlanningFacts facts)
    {
        var known = facts.Capacity.KnownEquipment.ToHashSet();
        var resources = facts.Capacity.Resources.ToDictionary(resource => resource.Code);
        foreach (var order in facts.Demand)
        {
            foreach (var operation in order.Operations)
            {
                var where = $"{order.Number} {operation.Code}";
                foreach (var warning in operation.Equipment.SelectMany(code => OfEquipment(code, known.Contains(code), where)))
                {
                    yield return warning;
                }
                foreach (var need in operation.Resources)
                {
                    if (!resources.TryGetValue(need.Resource, out var resource))
                    {
                        yield return new PlanWarning("resource-not-found", need.Resource, where,
                            $"It is planned as if always there. {Define}");
                    }
                    else if (need.Quantity > resource.Capacity)
                    {
                        yield return new PlanWarning("resource-too-small", need.Resource, where,
                            $"It needs {need.Quantity} of {resource.Capacity}, and is planned with all there are.");
                    }
                }
            }
        }
    }

    static IEnumerable<PlanWarning> OfEquipment(PlantCapacity capacity)
    {
        var known = capacity.KnownEquipment.ToHashSet();
        var entered = capacity.Calendars.Where(calendar => calendar.Version == 0).Select(calendar => calendar.Code).ToHashSet();
        return capacity.Setups.Select(setup => setup.Equipment)
            .SelectMany(code => OfEquipment(code, known.Contains(code), "setup times"))
            .Concat(capacity.CalendarOf.Where(own => entered.Contains(own.Value)).Select(own =>
                new PlanWarning("calendar-not-in-equipment", own.Key, own.Value, known.Contains(own.Key)
                    ? "It is planned by what was entered in Scheduling before: define its calendar in Equipment."
                    : "It is planned by what was entered in Scheduling before: define it in Equipment, with its calendar.")));
    }
}
