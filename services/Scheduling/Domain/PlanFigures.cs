using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>How busy equipment is.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="BusySeconds">Open seconds taken by setups and runs.</param>
/// <param name="OpenSeconds">Open seconds from the plan's origin to its last end.</param>
public sealed record EquipmentLoad(string Equipment, long BusySeconds, long OpenSeconds)
{
    /// <summary>Share of the open time that is taken, 0 to 1.</summary>
    public double Utilization => OpenSeconds == 0 ? 0 : BusySeconds / (double)OpenSeconds;
}

/// <summary>The load of equipment under a plan.</summary>
public static class PlanFigures
{
    /// <summary>Busy and open time of each equipment the demand can use, by code.</summary>
    public static IReadOnlyList<EquipmentLoad> Loads(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        var clock = new ModelClock(origin);
        var end = rows.Count == 0 ? 0 : rows.Max(row => clock.Seconds(row.EndsAt));
        var byEquipment = rows.ToLookup(row => row.Equipment);
        return [.. EquipmentBuilder.Build([.. facts.Demand], facts.Capacity, clock).Select(equipment =>
            new EquipmentLoad(equipment.Id,
            byEquipment[equipment.Id].Sum(row =>
                Open(equipment.Calendar, clock.Seconds(row.SetupStartsAt), clock.Seconds(row.EndsAt))),
            Open(equipment.Calendar, 0, end)))];
    }

    /// <summary>Open seconds between two instants.</summary>
    internal static long Open(Calendar calendar, int from, int until) =>
        Within(calendar, from, until).Sum(window => (long)window.EndSeconds - window.StartSeconds);

    /// <summary>The open windows between two instants, cut to them.</summary>
    internal static IEnumerable<Window> Within(Calendar calendar, int from, int until)
    {
        var windows = calendar.OpenWindows;
        var (low, high) = (0, windows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (windows[middle].EndSeconds <= from) low = middle + 1; else high = middle;
        }
        for (var i = low; i < windows.Count && windows[i].StartSeconds < until; i++)
        {
            yield return new Window(Math.Max(windows[i].StartSeconds, from), Math.Min(windows[i].EndSeconds, until));
        }
    }
}
