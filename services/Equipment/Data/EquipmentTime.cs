using Mes.Kernel;

namespace Mes.Equipment.Data;

/// <summary>A stretch of an equipment's time.</summary>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Time">The time; may be empty.</param>
readonly record struct EquipmentTime(string Equipment, TimeRange Time)
{
    /// <summary>Windows that lie no further apart are worked on as one.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromHours(8);

    /// <summary>
    /// Divides windows into rounds: each has at most one of an equipment, which covers those of the equipment that lie near
    /// each other. Empty ones are left out.
    /// </summary>
    public static IEnumerable<IReadOnlyList<EquipmentTime>> Rounds(IEnumerable<EquipmentTime> windows) => windows
        .Where(window => !window.Time.IsEmpty).GroupBy(window => window.Equipment)
        .SelectMany(ofOne => Together([.. ofOne.Select(window => window.Time)])
            .Select((time, round) => (round, Window: new EquipmentTime(ofOne.Key, time))))
        .GroupBy(pair => pair.round, pair => pair.Window).OrderBy(round => round.Key).Select(round => round.ToList());

    static List<TimeRange> Together(List<TimeRange> times)
    {
        var joined = new List<TimeRange>();
        foreach (var time in times.OrderBy(time => time.Start))
        {
            if (joined is [.., var last] && (last.IsOngoing || time.Start - last.End < Apart))
            {
                joined[^1] = TimeRange.Until(last.Start, time.EndOrMax > last.EndOrMax ? time.EndOrMax : last.EndOrMax);
            }
            else
            {
                joined.Add(time);
            }
        }
        return joined;
    }
}
