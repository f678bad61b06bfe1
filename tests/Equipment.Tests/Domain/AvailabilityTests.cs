using Mes.Equipment.Domain;
using static Mes.Equipment.Domain.EquipmentState;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

public class EquipmentStatusTests
{
    [Fact]
    public void Before_the_first_report_nothing_is_known() => Status(0, Ran(1, 10, 20)).ShouldBeEquivalentTo(
        new EquipmentStatus(NotReported, null, []));

    [Fact]
    public void After_the_last_report_it_is_not_reported_since_then() =>
        Status(25, Ran(1, 10, 20)).ShouldBeEquivalentTo(new EquipmentStatus(NotReported, At(20), []));

    [Fact]
    public void A_state_lasts_across_the_records_that_follow_each_other()
    {
        var status = Status(25, Ran(1, 0, 20), Ran(2, 20, 30));
        (status.State, status.Since).ShouldBe((Run, At(0)));
        status.RecordIds.ShouldBe([Id(1), Id(2)]);
    }

    [Fact]
    public void An_ongoing_downtime_is_the_state_at_any_later_time()
    {
        var status = Status(99_999, Ran(1, 0, 20), Down(2, 15, null));
        (status.State, status.Since).ShouldBe((Breakdown, At(15)));
        status.RecordIds.ShouldBe([Id(2)]);
    }

    [Fact]
    public void At_its_end_a_state_is_over() => Status(20, Down(1, 0, 20), Ran(2, 0, null)).State.ShouldBe(Run);

    static EquipmentStatus Status(int minute, params ActivityRecord[] records) =>
        EquipmentStatus.At(StateTimeline.Tile(records), At(minute));
}

public class AvailabilityChangeTests
{
    [Fact]
    public void Downtime_that_is_over_tells_nobody() =>
        Decide(toldDownSince: null, now: 60, Down(1, 10, 50)).ShouldBeNull();

    [Fact]
    public void Downtime_that_ends_this_instant_tells_nobody() =>
        Decide(toldDownSince: null, now: 50, Down(1, 10, 50)).ShouldBeNull();

    [Fact]
    public void Ongoing_downtime_is_told_with_its_start_and_records()
    {
        var told = Decide(toldDownSince: null, now: 60, Down(1, 10, null))
            .ShouldBeOfType<AvailabilityChange.WentDown>();
        told.Since.ShouldBe(At(10));
        told.RecordIds.ShouldBe([Id(1)]);
    }

    [Fact]
    public void Downtime_is_told_once_however_many_records_say_it() =>
        Decide(toldDownSince: At(5), now: 60, Down(1, 10, null), Down(2, 5, null)).ShouldBeNull();

    [Fact]
    public void Downtime_that_began_at_another_time_than_was_told_is_told_again()
    {
        Decide(toldDownSince: At(10), now: 60, Down(1, 10, null), Down(2, 5, null))
            .ShouldBeOfType<AvailabilityChange.WentDown>().Since.ShouldBe(At(5));
        var mistake = Down(2, 5, null);
        Decide(toldDownSince: At(5), now: 60, Down(1, 10, null), mistake, Counter(mistake))
            .ShouldBeOfType<AvailabilityChange.WentDown>().Since.ShouldBe(At(10));
    }

    [Fact]
    public void Downtime_yet_to_come_tells_nobody() =>
        Decide(toldDownSince: null, now: 5, Down(1, 10, null)).ShouldBeNull();

    [Fact]
    public void The_end_brings_it_up_again_at_that_time() =>
        Decide(toldDownSince: At(10), now: 60, Down(1, 10, 50)).ShouldBe(new AvailabilityChange.CameUp(At(50)));

    [Fact]
    public void While_one_of_two_stops_is_ongoing_it_stays_down() =>
        Decide(toldDownSince: At(10), now: 60, Down(1, 10, 50), Down(2, 20, null)).ShouldBeNull();

    [Fact]
    public void A_countered_downtime_brings_it_up_not_before_it_was_told_down()
    {
        var mistake = Down(2, 10, null);
        Decide(toldDownSince: At(10), now: 60, Ran(1, 0, null), mistake, Counter(mistake))
            .ShouldBe(new AvailabilityChange.CameUp(At(10)));
    }

    [Fact]
    public void An_equipment_that_is_up_and_was_never_told_down_is_no_news()
    {
        Decide(toldDownSince: null, now: 60, Ran(1, 0, null)).ShouldBeNull();
        Decide(toldDownSince: null, now: 60).ShouldBeNull();
    }

    static AvailabilityChange? Decide(DateTimeOffset? toldDownSince, int now, params ActivityRecord[] records) =>
        AvailabilityChange.Decide(toldDownSince, EquipmentStatus.At(StateTimeline.Tile(records), At(now)));
}
