using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>The equipment and the resources of a model.</summary>
static class EquipmentBuilder
{
    /// <summary>Stands for the family of operations that name none.</summary>
    public const string NoFamily = "";

    public static IReadOnlyList<Engine.Model.Equipment> Build(List<DemandOrder> demand, PlantCapacity capacity, ModelClock clock)
    {
        var open = OpenByCalendar(capacity, clock);
        var setups = capacity.Setups.ToDictionary(setup => setup.Equipment);
        var families = setups.Count == 0 ? [] : Families(demand);
        return [.. Used(demand).Order(StringComparer.Ordinal).Select(code => new Engine.Model.Equipment(code)
        {
            Calendar = OpenBy(capacity.CalendarFor(code)),
            Setup = setups.TryGetValue(code, out var times) ? Matrix(times, families[code],
                capacity.FamilyOf.GetValueOrDefault(code)) : null,
            InitialFamily = setups.ContainsKey(code) ? capacity.FamilyOf.GetValueOrDefault(code) : null
        })];

        Calendar OpenBy(string? calendar) =>
            calendar is null ? Calendar.AlwaysOpen : open.GetValueOrDefault(calendar, Calendar.AlwaysOpen);
    }

    public static IReadOnlyList<SecondaryResource> Resources(PlantCapacity capacity, ModelClock clock)
    {
        var open = OpenByCalendar(capacity, clock);
        return [.. capacity.Resources.Select(resource => new SecondaryResource(resource.Code, resource.Capacity)
        {
            Calendar = resource.Calendar is { } own ? open.GetValueOrDefault(own, Calendar.AlwaysOpen) : Calendar.AlwaysOpen,
            HeldDuringPauses = resource.IsHeldDuringPauses
        })];
    }

    /// <summary>All equipment that the demand can use or uses.</summary>
    public static IEnumerable<string> Used(List<DemandOrder> demand) => demand.SelectMany(order => order.Operations)
        .SelectMany(operation =>
            operation.Running is { } running ? operation.Equipment.Append(running.Equipment) : operation.Equipment)
        .Distinct();

    static Dictionary<string, Calendar> OpenByCalendar(PlantCapacity capacity, ModelClock clock) => capacity.Calendars
        .Where(calendar => calendar.Code == capacity.DefaultCalendar || capacity.CalendarOf.Values.Contains(calendar.Code)
            || capacity.Resources.Any(resource => resource.Calendar == calendar.Code))
        .ToDictionary(calendar => calendar.Code, calendar => calendar.Open(clock.Origin, PlanningModel.HorizonDays));

    static Dictionary<string, HashSet<string>> Families(List<DemandOrder> demand)
    {
        var families = new Dictionary<string, HashSet<string>>();
        foreach (var operation in demand.SelectMany(order => order.Operations))
        {
            foreach (var code in operation.Running is { } running ? operation.Equipment.Append(running.Equipment)
                : operation.Equipment)
            {
                if (!families.TryGetValue(code, out var own))
                {
                    families[code] = own = [];
                }
                own.Add(operation.SetupFamily ?? NoFamily);
            }
        }
        return families;
    }

    static SetupMatrix Matrix(SetupTimes times, HashSet<string> used, string? initial)
    {
        var seconds = times.ByFamilies();
        string[] families = [.. (initial is null ? used : used.Append(initial)).Distinct().Order(StringComparer.Ordinal)];
        return new SetupMatrix(families, [.. families.Select(from => families.Select(to => seconds(from, to)).ToArray())]);
    }
}
