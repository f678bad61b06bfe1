namespace Mes.Equipment.Domain;

/// <summary>What others must be told when an equipment goes down or comes up again.</summary>
public abstract record AvailabilityChange
{
    AvailabilityChange() { }

    /// <param name="Since">When the breakdown began.</param>
    /// <param name="RecordIds">The downtime records that say so.</param>
    public sealed record WentDown(DateTimeOffset Since, IReadOnlyList<Guid> RecordIds) : AvailabilityChange;

    /// <param name="At">When it came up: the end of the breakdown, never before it was told down.</param>
    public sealed record CameUp(DateTimeOffset At) : AvailabilityChange;

    /// <summary>
    /// Compares what others were last told with what is. A breakdown that is over by the time it is recorded changes
    /// nothing for a planner and tells nobody; an ongoing one is told once however many records say it, and again where
    /// they say that it began at another time, so that what others know does not depend on which came first; the last
    /// one's end, or its counter-report, takes it back.
    /// </summary>
    /// <param name="toldDownSince">The instant of the outstanding <see cref="WentDown"/>, null if none is.</param>
    /// <param name="status">The status now.</param>
    /// <returns>What to tell now, or null when there is no news.</returns>
    public static AvailabilityChange? Decide(DateTimeOffset? toldDownSince, EquipmentStatus status) =>
        (toldDownSince, status) switch
        {
            (_, { State: EquipmentState.Breakdown, Since: { } since }) when since != toldDownSince =>
                new WentDown(since, status.RecordIds),
            ({ } since, { State: not EquipmentState.Breakdown }) => new CameUp(Later(since, status.Since)),
            _ => null,
        };

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
