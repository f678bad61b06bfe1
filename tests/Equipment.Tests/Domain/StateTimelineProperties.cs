using FsCheck;
using FsCheck.Fluent;
using Mes.Equipment.Domain;
using Mes.Kernel;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

public class StateTimelineProperties
{
    static readonly Config ManyTimes = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void The_order_of_arrival_does_not_matter() =>
        Prop.ForAll(Arrivals.InTwoOrders, arrivals =>
            StateTimeline.Tile(arrivals.One).SequenceEqual(StateTimeline.Tile(arrivals.Other))).Check(ManyTimes);

    [Fact]
    public void Each_minute_shows_the_state_and_the_records_that_cover_it() =>
        Prop.ForAll(Arrivals.Any, arrivals =>
            Painter.Read(StateTimeline.Tile(arrivals)).SequenceEqual(Painter.Paint(arrivals))).Check(ManyTimes);

    [Fact]
    public void Tiles_follow_each_other_without_gap_overlap_or_needless_cut() =>
        Prop.ForAll(Arrivals.Any, arrivals => IsCanonical(StateTimeline.Tile(arrivals))).Check(ManyTimes);

    [Fact]
    public void The_sums_of_all_states_make_up_the_time_from_first_to_last_instant() =>
        Prop.ForAll(Arrivals.Any, arrivals =>
        {
            var window = Minutes(0, Arrivals.GridMinutes);
            var tiles = StateTimeline.Tile(arrivals);
            var sum = StateTotals.Within(tiles, window);
            return sum.Reported + sum.NotReported == SpanWithin(tiles, window);
        }).Check(ManyTimes);

    /// <summary>Applies arrivals one by one as a service does, fetching only what a recomputation asks for.</summary>
    [Fact]
    public void Recomputing_windows_one_by_one_equals_tiling_everything_at_once() =>
        Prop.ForAll(Arrivals.Any, arrivals =>
        {
            IReadOnlyList<StateTile> stored = [];
            var known = new List<ActivityRecord>();
            foreach (var arrival in arrivals)
            {
                known.Add(arrival);
                stored = Apply(stored, known, WindowOf(arrival, known));
                if (!stored.SequenceEqual(StateTimeline.Tile(known)))
                    return false;
            }

            return true;
        }).Check(ManyTimes);

    [Fact]
    public void Recomputing_any_window_without_news_changes_nothing() =>
        Prop.ForAll(Arrivals.Any, Arb.From(Gen.Two(Gen.Choose(0, Arrivals.GridMinutes))), (arrivals, ends) =>
        {
            var window = Minutes(Math.Min(ends.Item1, ends.Item2), Math.Max(ends.Item1, ends.Item2));
            return StateTimeline.Retile(StateTimeline.Tile(arrivals), arrivals, window).IsEmpty;
        }).Check(ManyTimes);

    static bool IsCanonical(IReadOnlyList<StateTile> tiles) =>
        tiles.All(tile => !tile.Time.IsEmpty && tile.RecordIds.Any() == (tile.State != EquipmentState.NotReported))
        && tiles.Zip(tiles.Skip(1)).All(pair =>
            pair.First.Time.End == pair.Second.Time.Start
            && (pair.First.State != pair.Second.State || !pair.First.RecordIds.SequenceEqual(pair.Second.RecordIds)))
        && (tiles.Count == 0 || (tiles[0].State, tiles[^1].State) is not (EquipmentState.NotReported, _)
            and not (_, EquipmentState.NotReported));

    static TimeSpan SpanWithin(IReadOnlyList<StateTile> tiles, TimeRange window) => tiles.Count == 0
        ? TimeSpan.Zero
        : TimeRange.Until(tiles[0].Time.Start, tiles[^1].Time.EndOrMax).Intersect(window)?.Length ?? TimeSpan.Zero;

    static TimeRange WindowOf(ActivityRecord arrival, IEnumerable<ActivityRecord> known)
    {
        var changed = known.Where(r => r.SourceReportId == arrival.SourceReportId).ToList();
        return TimeRange.Until(changed.Min(r => r.Time.Start), changed.Max(r => r.Time.EndOrMax));
    }

    static List<StateTile> Apply(IReadOnlyList<StateTile> stored, List<ActivityRecord> known, TimeRange window)
    {
        var overlapping = known.Where(r => r.Time.Overlaps(window) || r.IsReversed
            || known.Any(same => same.Id == r.Id && same.Time.Overlaps(window)));
        var change = StateTimeline.Retile(Neighbourhood.Of(stored, window), overlapping, window);
        change.Removed.ShouldBeSubsetOf(stored);
        return [.. stored.Except(change.Removed).Concat(change.Added).OrderBy(tile => tile.Time.Start)];
    }
}
