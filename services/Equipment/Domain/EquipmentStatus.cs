
namespace Mes.Equipment.Domain;

/// <summary>The state of an equipment at one instant, for boards and for the planner.</summary>
/// <param name="State">What is known of that instant; after the last report "not reported".</param>
/// <param name="Since">
/// When this state began, as far as the tiles given reach back; null when nothing was reported before.
/// </param>
/// <param name="RecordIds">The records of the time since then that say so.</param>
public sealed record EquipmentStatus(EquipmentState State, DateTimeOffset? Since, IReadOnlyList<Guid> RecordIds)
{
    /// <summary>Reads the status off a timeline.</summary>
    /// <param name="tiles">Tiles of one equipment; those around the instant and before it suffice.</param>
    /// <param name="at">The instant asked for, usually now.</param>
    public static EquipmentStatus At(IEnumerable<StateTile> tiles, DateTimeOffset at)
    {
        var latest = StateTimeline.Coalesce(tiles.OrderBy(tile => tile.Time.Start))
            .LastOrDefault(tile => tile.Time.Start <= at);
        return latest switch
        {
            null => new(EquipmentState.NotReported, null, []),
            _ when latest.Time.Contains(at) => new(latest.State, latest.Time.Start, latest.RecordIds),
            _ => new(EquipmentState.NotReported, latest.Time.End, []),
        };
    }
}
