using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;
using NodaTime;

namespace Mes.Scheduling.Tests;

/// <summary>Weekly shifts of a plant's wall clock as windows of elapsed time.</summary>
public class WorkCalendarTests
{
    static readonly IsoDayOfWeek[] EveryDay = Enum.GetValues<IsoDayOfWeek>()[1..];

    [Theory]
    [InlineData("2027-10-30T10:00:00Z")]       // the weekend in which an hour comes twice
    [InlineData("2027-03-27T10:00:00Z")]       // that in which an hour is skipped
    public void Days_without_a_pause_are_one_window_also_when_the_clocks_change(string origin)
    {
        var always = Calendar(new TimeOnly(0, 0), 1440, EveryDay).Open(DateTimeOffset.Parse(origin, null), 200);
        var window = always.OpenWindows.ShouldHaveSingleItem();
        window.StartSeconds.ShouldBe(0);
        window.EndSeconds.ShouldBeGreaterThanOrEqualTo(200 * 86_400);
    }

    [Fact]
    public void A_night_shift_ends_by_the_wall_clock()
    {
        var origin = new DateTimeOffset(2027, 10, 30, 12, 0, 0, TimeSpan.FromHours(2));
        Calendar(new TimeOnly(22, 0), 480, IsoDayOfWeek.Saturday).Open(origin, 7).OpenWindows[0]
            .ShouldBe(new Window(10 * 3600, (10 + 9) * 3600));
    }

    [Fact]
    public void A_shift_of_a_week_that_has_begun_is_open_still()
    {
        var origin = new DateTimeOffset(2027, 6, 13, 12, 0, 0, TimeSpan.FromHours(2));      // a Sunday
        Calendar(new TimeOnly(6, 0), 10_080, IsoDayOfWeek.Monday).Open(origin, 1).OpenWindows
            .ShouldBe([new Window(0, (18 + 7 * 24) * 3600)]);
    }

    static WorkCalendar Calendar(TimeOnly from, int minutes, params IsoDayOfWeek[] days) => new()
    {
        Code = "always", Zone = "Europe/Berlin", ClosedDays = [],
        Shifts = [.. days.Select(day => new WeeklyShift(day, from, minutes))],
    };
}
