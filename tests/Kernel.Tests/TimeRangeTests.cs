using static Mes.Kernel.Tests.Given;

namespace Mes.Kernel.Tests;

public class TimeRangeTests
{
    [Fact]
    public void Contains_its_start_and_not_its_end()
    {
        Minutes(1, 2).Contains(At(1)).ShouldBeTrue();
        Minutes(1, 2).Contains(At(2)).ShouldBeFalse();
        Minutes(1, null).Contains(At(99_999)).ShouldBeTrue();
        Minutes(1, 1).Contains(At(1)).ShouldBeFalse();
    }

    [Fact]
    public void Refuses_an_end_before_the_start() =>
        Should.Throw<ArgumentException>(() => Minutes(2, 1)).Message.ShouldContain("before");

    [Fact]
    public void Keeps_utc_and_whole_microseconds()
    {
        var local = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8)).AddTicks(19);
        new TimeRange(local, null).Start.ShouldBe(Midnight.AddTicks(10));
        new TimeRange(local, null).Start.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Touching_and_empty_ranges_share_no_time()
    {
        Minutes(1, 2).Overlaps(Minutes(2, 3)).ShouldBeFalse();
        Minutes(1, 3).Overlaps(Minutes(2, 2)).ShouldBeFalse();
        Minutes(1, 3).Intersect(Minutes(2, null)).ShouldBe(Minutes(2, 3));
        Minutes(1, null).Intersect(Minutes(2, null)).ShouldBe(Minutes(2, null));
    }

    [Fact]
    public void An_ongoing_range_has_no_length_yet()
    {
        Should.Throw<InvalidOperationException>(() => Minutes(1, null).Length);
        Should.Throw<InvalidOperationException>(() => Minutes(1, null).LastInstant);
        Minutes(1, 3).Length.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Its_last_instant_lies_inside()
    {
        Minutes(1, 2).LastInstant.ShouldBe(At(2).AddMicroseconds(-1));
        Minutes(1, 1).LastInstant.ShouldBe(At(1));
    }
}
