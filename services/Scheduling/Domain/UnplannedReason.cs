using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>Puts a refusal of the engine in the words of whoever plans: names instead of ids, instants instead of seconds
/// from an origin.</summary>
static class UnplannedReason
{
    public static (string Code, string Hint, IReadOnlyDictionary<string, object?> Values) Of(
        ModelRefusal refusal, DemandOrder order, DemandOperation? step, DateTimeOffset origin)
    {
        var reachesTo = origin.AddDays(PlanningModel.HorizonDays);
        var values = new Dictionary<string, object?> { ["order"] = order.Number };
        if (step is not null)
        {
            values["operation"] = step.Code;
            values["equipment"] = step.Equipment;
        }
        return (refusal.Code, step) switch
        {
            (RefusalCode.NoCalendarTime, _) when order.ReleaseAt >= reachesTo => Told(UnplannedCode.ReleaseBeyondHorizon,
                "It is planned once its release lies within the time that the plan reaches; release it earlier to plan it now.",
                ("releaseAt", order.ReleaseAt), ("planReachesTo", reachesTo)),
            (RefusalCode.NoCalendarTime, { } work) => Told(RefusalCode.NoCalendarTime,
                "Split the order, give its equipment more open time, or name further equipment.",
                ("workSeconds", WorkSeconds(work)), ("planReachesTo", reachesTo)),
            (RefusalCode.LongerThanEveryWindow, _) when refusal.Values["longestWindow"] is 0 => Told(RefusalCode.NoCalendarTime,
                "Give its equipment, and the resources it needs, open time in their calendars.", ("planReachesTo", reachesTo)),
            (RefusalCode.LongerThanEveryWindow, _) => Told(refusal.Code,
                "Let the step pause between shifts, make it shorter, or open one of its equipment for longer without a break.",
                ("workSeconds", refusal.Values["duration"]), ("longestWindowSeconds", refusal.Values["longestWindow"])),
            (RefusalCode.EquipmentOverloaded, _) => Told(refusal.Code,
                "More is to be done there than it is open for: extend its calendar, name further equipment, or take out "
                    + "orders.",
                ("overloaded", refusal.Values["equipment"]), ("workSeconds", refusal.Values["work"]),
                ("openSeconds", refusal.Values["open"])),
            (RefusalCode.NoAlternative, { } work) when PlanningModel.IsBeyondHorizon(work) => Told(
                UnplannedCode.LongerThanHorizon, "Split the order, or check its quantity and the times of its routing.",
                ("workSeconds", WorkSeconds(work)), ("planReachesTo", reachesTo)),
            (RefusalCode.NoAlternative, _) => Told(refusal.Code, "Name at least one equipment in its routing."),
            (RefusalCode.NoPlanFound, _) => Told(refusal.Code,
                "Beside the others it finds no place: extend the calendars, allow longer waits, or move locks.",
                ("planReachesTo", reachesTo)),
            _ => Told(refusal.Code, refusal.Hint, [.. refusal.Values
                .Where(value => value.Key is not ("operation" or "equipment"))
                .Select(value => (value.Key, Named(value.Value, order)))])
        };

        (string, string, IReadOnlyDictionary<string, object?>) Told(
            string code, string hint, params (string Name, object? Value)[] more)
        {
            foreach (var (name, value) in more) values[name] = value;
            return (code, hint, values);
        }
    }

    static decimal WorkSeconds(DemandOperation step) =>
        decimal.Ceiling(step.SetupSeconds + (step.RunSecondsPerUnit * step.Remaining));

    /// <summary>The step's short name instead of its id.</summary>
    static object? Named(object value, DemandOrder order)
    {
        return value switch
        {
            string id => Name(id),
            IEnumerable<string> ids => ids.Select(Name).ToArray(),
            Enum other => other.ToString(),
            _ => value
        };

        string Name(string id) => order.Operations.FirstOrDefault(o => PlanningModel.IdOf(o.OperationId) == id)?.Code ?? id;
    }
}
