using Mes.Kernel;


namespace Mes.Equipment.Domain;

/// <summary>
/// One piece of an equipment's timeline: a time during which its state and the records that say so stay the same.
/// </summary>
/// <param name="State">The state of highest priority that was reported for this time.</param>
/// <param name="Time">When; never empty.</param>
/// <param name="RecordIds">
/// The records of that state which cover the whole tile, the earliest started first; none for "not reported".
/// </param>
public sealed record StateTile(EquipmentState State, TimeRange Time, IReadOnlyList<Guid> RecordIds)
{
    /// <summary>True when both say the same of their times, so that touching tiles are one.</summary>
    internal bool SaysTheSameAs(StateTile other) =>
        State == other.State && RecordIds.SequenceEqual(other.RecordIds);

    /// <summary>Compares the record ids one by one: equal lists need not be the same list.</summary>
    public bool Equals(StateTile? other) => other is not null && Time == other.Time && SaysTheSameAs(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(State, Time, RecordIds.Count);
}

/// <summary>What a recomputation does to the stored tiles: an unchanged tile is in neither list.</summary>
/// <param name="Removed">Tiles to delete, by start.</param>
/// <param name="Added">Tiles to insert, by start.</param>
public sealed record TimelineChange(IReadOnlyList<StateTile> Removed, IReadOnlyList<StateTile> Added)
{
    /// <summary>True when the stored tiles are right already.</summary>
    public bool IsEmpty => Removed.Count == 0 && Added.Count == 0;

    internal static TimelineChange Between(IReadOnlyList<StateTile> before, IReadOnlyList<StateTile> after) =>
        new([.. before.Except(after)], [.. after.Except(before)]);
}
