using System.Globalization;
using System.Text.Json;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using NodaTime;

namespace Mes.Scheduling.Tests.Domain;

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
        Calendar(new TimeOnly(6, 0), 10_000, IsoDayOfWeek.Monday).Open(origin, 9).OpenWindows[0].ShouldBe(new Window(0, 60_000));
    }

    [Theory]
    [InlineData("2027-03-27T12:00:00Z", 7)]     // the night in which an hour is skipped
    [InlineData("2027-10-30T12:00:00Z", 9)]     // that in which an hour comes twice
    [InlineData("2027-06-05T12:00:00Z", 8)]
    public void A_told_night_shift_has_the_hours_that_pass(string saturday, int hours) =>
        Lengths(Told([Shift("22:00", "06:00")]), saturday, 1).ShouldBe([hours * 3600]);

    [Fact]
    public void Breaks_are_closed_and_shifts_that_touch_are_one_window() =>
        Lengths(Told([Shift("06:00", "14:00", ("09:00", "09:30")), Shift("14:00", "24:00")]), "2027-06-05T22:00:00Z", 1)
            .ShouldBe([3 * 3600, 52_200]);

    [Fact]
    public void Shifts_without_a_pause_are_open_always_and_a_calendar_without_shifts_never()
    {
        Opened(Told([Shift("06:00", "14:00"), Shift("14:00", "22:00"), Shift("22:00", "06:00")]), "2027-06-05T12:00:00Z", 200)
            .ShouldBe(Engine.Model.Calendar.AlwaysOpen);
        Opened(Told([]), "2027-06-05T12:00:00Z", 400).OpenWindows.ShouldBeEmpty();
    }

    [Fact]
    public void A_closed_date_and_an_extra_shift_stand_for_the_pattern_of_that_date()
    {
        var calendar = Told([Shift("08:00", "16:00")], new CalendarException(new DateOnly(2027, 6, 7), []),
            new CalendarException(new DateOnly(2027, 6, 8), [Shift("08:00", "16:00"), Shift("18:00", "20:00")]));
        Lengths(calendar, "2027-06-05T22:00:00Z", 3).ShouldBe([28_800, 28_800, 7_200]);
    }

    [Fact]
    public void Before_the_first_pattern_it_is_closed_and_a_later_one_takes_over()
    {
        var calendar = new WorkCalendar
        {
            Code = "c", Zone = "UTC", Patterns =
            [
                new CalendarPattern(new DateOnly(2027, 6, 6), [[Shift("08:00", "16:00")]]),
                new CalendarPattern(new DateOnly(2027, 6, 8), [[Shift("08:00", "10:00")]])
            ]
        };
        Lengths(calendar, "2027-06-05T00:00:00Z", 4).ShouldBe([28_800, 28_800, 7_200]);
    }

    [Fact]
    public void A_scenario_closes_and_opens_days_adds_shifts_and_takes_told_ones_away()
    {
        const string sunday = "2027-06-05T22:00:00Z";
        var told = Told([Shift("08:00", "16:00")], new CalendarException(new DateOnly(2027, 6, 7), []));
        var (monday, tuesday) = (new DateOnly(2027, 6, 7), new DateOnly(2027, 6, 8));
        Lengths(told, sunday, 3).ShouldBe([28_800, 28_800]);
        Lengths(told.Opening(monday), sunday, 3).ShouldBe([28_800, 28_800, 28_800]);
        Lengths(told.Closing(tuesday), sunday, 3).ShouldBe([28_800]);
        Lengths(told.Closing(tuesday).Opening(tuesday), sunday, 3).ShouldBe([28_800, 28_800]);
        var extra = new WeeklyShift(IsoDayOfWeek.Sunday, new TimeOnly(20, 0), 60);
        Lengths(told.Adding(extra), sunday, 3).ShouldBe([28_800, 3_600, 28_800]);
        Lengths(told.Adding(extra).Removing(extra), sunday, 3).ShouldBe([28_800, 28_800]);
        var regular = new WeeklyShift(IsoDayOfWeek.Tuesday, new TimeOnly(8, 0), 480);
        Lengths(told.Removing(regular), sunday, 3).ShouldBe([28_800]);
        Lengths(told.Removing(regular).Adding(regular), sunday, 3).ShouldBe([28_800, 28_800]);
        Should.Throw<RuleViolation>(() => told.Removing(regular).Removing(regular)).Code.ShouldBe("shift-not-removable");
        Should.Throw<RuleViolation>(() => told.Removing(extra)).Code.ShouldBe("shift-not-removable");
    }

    [Fact]
    public void What_a_scenario_kept_before_calendars_were_told_is_read_still()
    {
        const string kept = """
            {"code":"day","zone":"UTC","shifts":[{"day":"Monday","from":"08:00:00","minutes":480}],"closedDays":["2027-06-14"]}
            """;
        var calendar = JsonSerializer.Deserialize<WorkCalendar>(kept, MessageJson.Options)!;
        Lengths(calendar, "2027-06-06T00:00:00Z", 20).ShouldBe([28_800, 28_800]);
        Lengths(JsonSerializer.Deserialize<WorkCalendar>(MessageJson.Write(
            Told([Shift("08:00", "16:00", ("09:00", "10:00"))])), MessageJson.Options)!, "2027-06-05T22:00:00Z", 1)
            .ShouldBe([3_600, 6 * 3600]);
    }

    static WorkCalendar Told(CalendarShift[] day, params CalendarException[] exceptions) => new()
    {
        Code = "told", Version = 1, Zone = "Europe/Berlin", Exceptions = exceptions,
        Patterns = [new CalendarPattern(new DateOnly(2020, 1, 1), [day])]
    };

    static CalendarShift Shift(string start, string end, params (string Start, string End)[] breaks) =>
        new(start, start, end, [.. breaks.Select(pause => new CalendarBreak(pause.Start, pause.End))]);

    static Engine.Model.Calendar Opened(WorkCalendar calendar, string origin, int days) =>
        calendar.Open(DateTimeOffset.Parse(origin, CultureInfo.InvariantCulture), days);

    static IEnumerable<int> Lengths(WorkCalendar calendar, string origin, int days) =>
        Opened(calendar, origin, days).OpenWindows.Select(window => window.EndSeconds - window.StartSeconds);

    static WorkCalendar Calendar(TimeOnly from, int minutes, params IsoDayOfWeek[] days) => new()
    {
        Code = "always", Zone = "Europe/Berlin", ClosedDays = [],
        Shifts = [.. days.Select(day => new WeeklyShift(day, from, minutes))],
    };
}
