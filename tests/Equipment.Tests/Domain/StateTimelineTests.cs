using Mes.Equipment.Domain;
using Mes.Kernel;
using static Mes.Equipment.Domain.EquipmentState;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

public class StateTimelineTests
{
    [Fact]
    public void Nothing_reported_makes_no_tile() => StateTimeline.Tile([]).ShouldBeEmpty();

    [Fact]
    public void Breakdown_hides_setup_hides_run_and_the_rest_is_not_reported() =>
        StateTimeline.Tile([Ran(1, 0, 60), SetUp(2, 10, 30), Down(3, 20, 25), Ran(4, 90, 100)]).ShouldBe(
        [
            Tile(Run, 0, 10, 1),
            Tile(Setup, 10, 20, 2),
            Tile(Breakdown, 20, 25, 3),
            Tile(Setup, 25, 30, 2),
            Tile(Run, 30, 60, 1),
            Tile(NotReported, 60, 90),
            Tile(Run, 90, 100, 4),
        ]);

    [Fact]
    public void A_tile_knows_every_record_of_its_state_that_covers_it_the_earliest_first() =>
        StateTimeline.Tile([Ran(2, 5, 20), Ran(1, 0, 10)]).ShouldBe(
            [Tile(Run, 0, 5, 1), Tile(Run, 5, 10, 1, 2), Tile(Run, 10, 20, 2)]);

    [Fact]
    public void A_hidden_record_neither_splits_a_tile_nor_is_its_source() =>
        StateTimeline.Tile([Down(1, 0, 30), Ran(2, 10, 20)]).ShouldBe([Tile(Breakdown, 0, 30, 1)]);

    [Fact]
    public void Ranges_that_touch_leave_no_gap() =>
        StateTimeline.Tile([Ran(1, 0, 10), Ran(2, 10, 20)]).ShouldBe([Tile(Run, 0, 10, 1), Tile(Run, 10, 20, 2)]);

    [Fact]
    public void A_record_without_length_is_legal_and_claims_no_time()
    {
        StateTimeline.Tile([Ran(1, 5, 5)]).ShouldBeEmpty();
        StateTimeline.Tile([Ran(1, 0, 10), Down(2, 5, 5), Ran(3, 99, 99)]).ShouldBe([Tile(Run, 0, 10, 1)]);
    }

    [Fact]
    public void The_same_record_again_changes_nothing() =>
        StateTimeline.Tile([Ran(1, 0, 10), Ran(1, 0, 10)]).ShouldBe([Tile(Run, 0, 10, 1)]);

    [Fact]
    public void One_id_with_two_contents_is_refused_in_either_order()
    {
        Should.Throw<ArgumentException>(() => StateTimeline.Tile([Ran(1, 0, 10), Ran(1, 0, 11)]));
        Should.Throw<ArgumentException>(() => StateTimeline.Tile([Ran(1, 0, 11), Ran(1, 0, 10)]));
        Should.Throw<ArgumentException>(() => StateTimeline.Tile([Ran(1, 0, 10), Down(1, 0, 10)]));
    }

    [Fact]
    public void Records_of_two_equipments_are_not_mixed() =>
        Should.Throw<ArgumentException>(() =>
            StateTimeline.Tile([Ran(1, 0, 1), Ran(2, 0, 1) with { EquipmentId = "M2" }])).Message.ShouldContain("M2");

    [Fact]
    public void Not_reported_cannot_be_reported() =>
        Should.Throw<ArgumentException>(() => Record(1, NotReported, 0, 1));

    [Fact]
    public void A_counter_report_removes_its_report_whichever_came_first()
    {
        var (kept, wrong) = (Ran(1, 0, 10), Down(2, 5, 20));
        StateTimeline.Tile([kept, wrong, Counter(wrong)]).ShouldBe([Tile(Run, 0, 10, 1)]);
        StateTimeline.Tile([Counter(wrong), wrong, kept]).ShouldBe([Tile(Run, 0, 10, 1)]);
        StateTimeline.Tile([wrong, kept, Counter(wrong), Counter(wrong)]).ShouldBe([Tile(Run, 0, 10, 1)]);
    }

    [Fact]
    public void A_counter_report_removes_every_activity_of_its_report()
    {
        var setup = SetUp(1, 0, 10);
        var run = Ran(2, 10, 20) with { SourceReportId = setup.SourceReportId };
        StateTimeline.Tile([setup, run, Ran(3, 30, 40), Counter(setup)]).ShouldBe([Tile(Run, 30, 40, 3)]);
    }

    [Fact]
    public void What_is_ongoing_has_no_end_and_shows_through_when_the_higher_one_ends()
    {
        StateTimeline.Tile([Ran(1, 0, null), Down(2, 10, null)])
            .ShouldBe([Tile(Run, 0, 10, 1), Tile(Breakdown, 10, null, 2)]);
        StateTimeline.Tile([Ran(1, 0, null), Down(2, 10, 20)])
            .ShouldBe([Tile(Run, 0, 10, 1), Tile(Breakdown, 10, 20, 2), Tile(Run, 20, null, 1)]);
    }

    [Fact]
    public void The_end_of_an_ongoing_record_replaces_it_in_either_order()
    {
        StateTimeline.Tile([Down(1, 0, null), Down(1, 0, 30)]).ShouldBe([Tile(Breakdown, 0, 30, 1)]);
        StateTimeline.Tile([Down(1, 0, 30), Down(1, 0, null)]).ShouldBe([Tile(Breakdown, 0, 30, 1)]);
        Should.Throw<ArgumentException>(() => StateTimeline.Tile([Down(1, 0, null), Down(1, 5, 30)]));
    }

    [Fact]
    public void Coalesced_it_reads_as_states_with_all_their_records() =>
        StateTimeline.Coalesce(StateTimeline.Tile([Ran(1, 0, 10), Ran(2, 5, 20), Down(3, 20, 30), Down(4, 40, 50)]))
            .ShouldBe(
            [
                Tile(Run, 0, 20, 1, 2),
                Tile(Breakdown, 20, 30, 3),
                Tile(NotReported, 30, 40),
                Tile(Breakdown, 40, 50, 4),
            ]);

    [Fact]
    public void Totals_are_clipped_to_their_window_and_parts_add_up()
    {
        var tiles = StateTimeline.Tile([Ran(1, 0, 60), SetUp(2, 10, 30), Down(3, 70, null)]);
        var early = StateTotals.Within(tiles, Minutes(0, 20));
        var late = StateTotals.Within(tiles, Minutes(20, 100));
        early.ShouldBe(new StateTotals(Run: Min(10), Setup: Min(10), Breakdown: Min(0), NotReported: Min(0)));
        late.ShouldBe(new StateTotals(Run: Min(30), Setup: Min(10), Breakdown: Min(30), NotReported: Min(10)));
        (early + late).ShouldBe(StateTotals.Within(tiles, Minutes(0, 100)));
        late.Reported.ShouldBe(Min(70));
        Should.Throw<InvalidOperationException>(() => StateTotals.Within(tiles, TimeRange.Always));
    }

    static TimeSpan Min(int minutes) => TimeSpan.FromMinutes(minutes);
}

public class RetileTests
{
    [Fact]
    public void A_record_in_the_middle_touches_only_its_neighbours()
    {
        ActivityRecord[] history = [.. Enumerable.Range(0, 10_000).Select(i => Ran(i, 10 * i, 10 * i + 8))];
        var tiles = StateTimeline.Tile(history);
        tiles.Count.ShouldBe(19_999);

        var late = Down(99_999, 50_005, 50_012);
        var change = StateTimeline.Retile(
            Neighbourhood.Of(tiles, late.Time), [.. history.Where(r => r.Time.Overlaps(late.Time)), late], late.Time);

        change.Removed.ShouldBe(
        [
            Tile(Run, 50_000, 50_008, 5000), Tile(NotReported, 50_008, 50_010), Tile(Run, 50_010, 50_018, 5001),
        ]);
        change.Added.ShouldBe(
        [
            Tile(Run, 50_000, 50_005, 5000), Tile(Breakdown, 50_005, 50_012, 99_999), Tile(Run, 50_012, 50_018, 5001),
        ]);
    }

    [Fact]
    public void What_is_hidden_touches_nothing()
    {
        var change = StateTimeline.Retile([Tile(Breakdown, 0, 30, 1)], [Down(1, 0, 30), Ran(2, 5, 9)], Minutes(5, 9));
        change.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_record_after_the_last_one_fills_the_gap()
    {
        var change = StateTimeline.Retile([Tile(Run, 0, 10, 1)], [Ran(2, 50, 60)], Minutes(50, 60));
        change.Removed.ShouldBeEmpty();
        change.Added.ShouldBe([Tile(NotReported, 10, 50), Tile(Run, 50, 60, 2)]);
    }

    [Fact]
    public void A_record_before_the_first_one_fills_the_gap()
    {
        var change = StateTimeline.Retile([Tile(Run, 50, 60, 1)], [Ran(2, 0, 10)], Minutes(0, 10));
        change.Removed.ShouldBeEmpty();
        change.Added.ShouldBe([Tile(Run, 0, 10, 2), Tile(NotReported, 10, 50)]);
    }

    [Fact]
    public void Countering_the_last_record_takes_the_gap_before_it_along()
    {
        var last = Ran(2, 50, 60);
        var change = StateTimeline.Retile(
            [Tile(NotReported, 10, 50), Tile(Run, 50, 60, 2)], [last, Counter(last)], Minutes(50, 60));
        change.Removed.ShouldBe([Tile(NotReported, 10, 50), Tile(Run, 50, 60, 2)]);
        change.Added.ShouldBeEmpty();
    }

    [Fact]
    public void Countering_in_the_middle_joins_the_gaps_beside_it()
    {
        var middle = Ran(2, 50, 60);
        StateTile[] tiles = [Tile(NotReported, 10, 50), Tile(Run, 50, 60, 2), Tile(NotReported, 60, 80)];
        var change = StateTimeline.Retile(tiles, [middle, Counter(middle)], Minutes(50, 60));
        change.Removed.ShouldBe(tiles);
        change.Added.ShouldBe([Tile(NotReported, 10, 80)]);
    }

    [Fact]
    public void Countering_a_breakdown_joins_the_run_it_had_cut()
    {
        var (run, down) = (Ran(1, 0, 30), Down(2, 10, 20));
        var change = StateTimeline.Retile(
            StateTimeline.Tile([run, down]), [run, down, Counter(down)], Minutes(10, 20));
        change.Removed.Count.ShouldBe(3);
        change.Added.ShouldBe([Tile(Run, 0, 30, 1)]);
    }

    [Fact]
    public void An_empty_window_changes_nothing() =>
        StateTimeline.Retile([Tile(Run, 0, 10, 1)], [Ran(1, 0, 10), Ran(2, 5, 5)], Minutes(5, 5))
            .IsEmpty.ShouldBeTrue();
}
