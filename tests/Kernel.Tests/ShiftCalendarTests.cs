using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Mes.Kernel.Tests.Given;

namespace Mes.Kernel.Tests;

public class ShiftCalendarTests
{
    static readonly LocalDate NewYear = new(2026, 1, 1);

    static readonly IsoDayOfWeek[] EveryDay = Enum.GetValues<IsoDayOfWeek>()[1..];

    static readonly IsoDayOfWeek[] Weekdays = EveryDay[..5];

    static readonly ShiftDefinition[] ThreeShifts =
    [
        Shift("A", 6, 14, (10, 0, 10, 30)), Shift("B", 14, 22, (18, 0, 18, 30)), Shift("C", 22, 6, (2, 0, 2, 30)),
    ];

    static readonly ShiftCalendar Berlin =
        Calendar("Europe/Berlin", ShiftPattern.Weekly(NewYear, EveryDay, ThreeShifts));

    [Theory]
    [InlineData("2026-01-15 05:00", "2026-01-15/A")] // 06:00 local, the first instant of a shift
    [InlineData("2026-01-15 12:59", "2026-01-15/A")]
    [InlineData("2026-01-15 13:00", "2026-01-15/B")]
    [InlineData("2026-01-15 21:00", "2026-01-15/C")]
    [InlineData("2026-01-15 23:30", "2026-01-15/C")] // after midnight it is still the shift of the day before
    [InlineData("2026-01-16 04:59", "2026-01-15/C")]
    [InlineData("2026-07-15 04:00", "2026-07-15/A")] // in summer an hour earlier in UTC
    public void An_instant_lies_in_the_shift_of_the_plants_clock(string utc, string shift) =>
        Berlin.ShiftAt(Utc(utc))!.Id.ShouldBe(shift);

    [Fact]
    public void A_shift_says_when_it_is_and_how_much_of_it_is_planned()
    {
        var shift = Berlin.ShiftAt(Utc("2026-01-15 06:00"))!;
        shift.Time.ShouldBe(new TimeRange(Utc("2026-01-15 05:00"), Utc("2026-01-15 13:00")));
        shift.Breaks.ShouldBe([new TimeRange(Utc("2026-01-15 09:00"), Utc("2026-01-15 09:30"))]);
        shift.PlannedBusyTime.ShouldBe(TimeSpan.FromHours(7.5));
    }

    [Fact]
    public void A_shift_that_is_still_going_on_is_planned_up_to_now()
    {
        var shift = Berlin.ShiftAt(Utc("2026-01-15 09:10"))!;
        shift.PlannedBusyTimeWithin(Until("2026-01-15 08:00")).ShouldBe(TimeSpan.FromHours(3));
        shift.PlannedBusyTimeWithin(Until("2026-01-15 09:10")).ShouldBe(TimeSpan.FromHours(4));
        shift.PlannedBusyTimeWithin(Until("2026-01-15 09:40")).ShouldBe(new TimeSpan(4, 10, 0));
        shift.PlannedBusyTimeWithin(Until("2026-01-15 04:00")).ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(2026, 3, 28, 6.5)] // the night in which an hour is skipped; its break at 02:00 begins at 03:00
    [InlineData(2026, 10, 24, 8.5)] // the night in which an hour comes twice
    [InlineData(2026, 3, 27, 7.5)]
    public void The_night_shift_has_the_hours_that_really_pass(int year, int month, int day, double plannedHours) =>
        Berlin.ShiftsOn(new(year, month, day)).Last().PlannedBusyTime.ShouldBe(TimeSpan.FromHours(plannedHours));

    [Fact]
    public void A_wall_clock_time_that_comes_twice_means_its_first_occurrence()
    {
        var calendar = Calendar("Europe/Berlin", ShiftPattern.Weekly(
            NewYear, EveryDay, new("late", new(18, 0), new(2, 30)), new("early", new(2, 30), new(10, 0))));
        var handover = Utc("2026-10-25 00:30"); // 02:30 summer time, an hour before 02:30 winter time
        calendar.ShiftsOn(new(2026, 10, 24)).Last().Time.End.ShouldBe(handover);
        calendar.ShiftsOn(new(2026, 10, 25)).First().Time.Start.ShouldBe(handover);
    }

    [Theory]
    [InlineData("2026-03-28 23:00", "2026-03-29 22:00", 23 - 1.5)]
    [InlineData("2026-10-24 22:00", "2026-10-25 23:00", 25 - 1.5)]
    [InlineData("2026-06-01 22:00", "2026-06-02 22:00", 24 - 1.5)]
    public void A_local_day_has_23_24_or_25_hours(string midnight, string nextMidnight, double plannedHours) =>
        Berlin.PlannedBusyTime(new(Utc(midnight), Utc(nextMidnight))).ShouldBe(TimeSpan.FromHours(plannedHours));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Sao_Paulo")] // clocks used to change at midnight
    [InlineData("America/Havana")]
    [InlineData("Australia/Lord_Howe")] // by half an hour
    [InlineData("Pacific/Apia")] // skipped a whole day
    [InlineData("Asia/Shanghai")]
    public void Three_shifts_cover_every_instant_once_in_any_zone(string zone)
    {
        ShiftDefinition[] oddHours =
            [new("A", new(0, 30), new(2, 15)), new("B", new(2, 15), new(23, 45)), new("C", new(23, 45), new(0, 30))];
        var calendar = Calendar(zone, ShiftPattern.Weekly(new(2005, 1, 1), EveryDay, oddHours));
        var window = new TimeRange(Utc("2011-01-01 00:00"), Utc("2013-01-01 00:00"));

        var shifts = calendar.ShiftsWithin(window).ToList();

        shifts.Zip(shifts.Skip(1)).ShouldAllBe(pair => pair.First.Time.End == pair.Second.Time.Start);
        calendar.PlannedBusyTime(window).ShouldBe(window.Length);
        shifts.Select(shift => shift.Id).ShouldBeUnique();
        shifts.ShouldAllBe(shift => calendar.ShiftAt(shift.Time.Start)!.Id == shift.Id
            && calendar.ShiftOf(shift.Time)!.Id == shift.Id);
    }

    [Fact]
    public void Two_shifts_on_weekdays_leave_the_night_and_the_weekend_free()
    {
        var calendar = Calendar("UTC", ShiftPattern.Weekly(NewYear, Weekdays, Shift("A", 6, 14), Shift("B", 14, 22)));
        calendar.ShiftAt(Utc("2026-01-16 22:00")).ShouldBeNull(); // Friday night
        calendar.ShiftAt(Utc("2026-01-17 10:00")).ShouldBeNull(); // Saturday
        calendar.ShiftAt(Utc("2026-01-19 06:00"))!.Id.ShouldBe("2026-01-19/A");
        var week = new TimeRange(Utc("2026-01-12 00:00"), Utc("2026-01-19 00:00"));
        calendar.PlannedBusyTime(week).ShouldBe(TimeSpan.FromHours(80));
    }

    [Fact]
    public void A_holiday_has_no_shift_and_a_working_saturday_its_own()
    {
        var calendar = new ShiftCalendar(
            "UTC",
            [ShiftPattern.Weekly(NewYear, Weekdays, Shift("A", 6, 14))],
            new Dictionary<LocalDate, IReadOnlyList<ShiftDefinition>>
            {
                [new(2026, 1, 6)] = [],
                [new(2026, 1, 10)] = [Shift("S", 8, 12)],
            });
        calendar.ShiftAt(Utc("2026-01-06 10:00")).ShouldBeNull();
        calendar.ShiftAt(Utc("2026-01-10 10:00"))!.Id.ShouldBe("2026-01-10/S");
    }

    [Fact]
    public void On_a_holiday_the_night_shift_of_the_day_before_still_ends()
    {
        var calendar = new ShiftCalendar(
            "Europe/Berlin",
            [ShiftPattern.Weekly(NewYear, EveryDay, ThreeShifts)],
            new Dictionary<LocalDate, IReadOnlyList<ShiftDefinition>> { [new(2026, 5, 1)] = [] });
        calendar.ShiftAt(Utc("2026-05-01 03:00"))!.Id.ShouldBe("2026-04-30/C");
        calendar.ShiftAt(Utc("2026-05-01 04:00")).ShouldBeNull();
        calendar.ShiftAt(Utc("2026-05-02 03:59")).ShouldBeNull();
        calendar.ShiftAt(Utc("2026-05-02 04:00"))!.Id.ShouldBe("2026-05-02/A");
    }

    [Fact]
    public void A_new_pattern_takes_over_on_its_date_and_before_the_first_there_is_none()
    {
        var calendar = Calendar(
            "UTC",
            ShiftPattern.Weekly(new(2026, 2, 1), EveryDay, Shift("late", 12, 20)),
            ShiftPattern.Weekly(NewYear, EveryDay, Shift("early", 6, 14)));
        calendar.ShiftAt(Utc("2025-12-31 10:00")).ShouldBeNull();
        calendar.ShiftAt(Utc("2026-01-31 13:00"))!.Code.ShouldBe("early");
        calendar.ShiftAt(Utc("2026-02-01 13:00"))!.Code.ShouldBe("late");
    }

    [Fact]
    public void A_crew_may_rotate_in_a_cycle_of_any_length()
    {
        var calendar = Calendar("UTC", new ShiftPattern(NewYear, [[Shift("D", 6, 18)], [Shift("N", 18, 6)], []]));
        calendar.ShiftAt(Utc("2026-01-04 07:00"))!.Id.ShouldBe("2026-01-04/D");
        calendar.ShiftAt(Utc("2026-01-06 05:00"))!.Id.ShouldBe("2026-01-05/N");
        calendar.ShiftsOn(new(2026, 1, 6)).ShouldBeEmpty();
    }

    [Fact]
    public void A_report_belongs_to_the_shift_of_its_last_instant()
    {
        var endsAtShiftEnd = new TimeRange(Utc("2026-01-15 12:00"), Utc("2026-01-15 13:00"));
        Berlin.ShiftOf(endsAtShiftEnd)!.Code.ShouldBe("A");
        Berlin.ShiftOf(new(endsAtShiftEnd.Start, Utc("2026-01-15 13:01")))!.Code.ShouldBe("B");
        Berlin.ShiftOf(new(Utc("2026-01-15 13:00"), Utc("2026-01-15 13:00")))!.Code.ShouldBe("B");
    }

    [Fact]
    public void Planned_busy_time_of_parts_adds_up_to_that_of_the_whole() =>
        Prop.ForAll(Arb.From(Gen.Three(Gen.Choose(0, 20_000))), cuts =>
        {
            int[] at = [cuts.Item1, cuts.Item2, cuts.Item3];
            Array.Sort(at);
            return Berlin.PlannedBusyTime(Part(at[0], at[1])) + Berlin.PlannedBusyTime(Part(at[1], at[2]))
                == Berlin.PlannedBusyTime(Part(at[0], at[2]));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Breaks_that_the_clock_change_would_push_together_keep_their_length()
    {
        var night = Shift("C", 22, 6, (2, 15, 2, 45), (3, 0, 3, 30));
        var calendar = Calendar("Europe/Berlin", ShiftPattern.Weekly(NewYear, EveryDay, night));
        calendar.ShiftsOn(new(2026, 3, 28)).Single().Breaks.ShouldBe(
        [
            new TimeRange(Utc("2026-03-29 01:00"), Utc("2026-03-29 01:30")),
            new TimeRange(Utc("2026-03-29 01:30"), Utc("2026-03-29 02:00")),
        ]);
    }

    [Fact]
    public void Refuses_what_is_no_calendar()
    {
        Refusal(Shift("A", 6, 14), Shift("B", 13, 22)).ShouldContain("overlap");
        Refusal(Shift("A", 6, 14), Shift("C", 22, 7)).ShouldContain("overlap");
        Refusal(Shift("A", 6, 14), Shift("A", 14, 22)).ShouldContain("twice");
        Refusal(Shift("A", 6, 14, (13, 45, 14, 15))).ShouldContain("outside");
        Refusal(Shift("A", 6, 14, (5, 0, 5, 15))).ShouldContain("outside");
        Refusal(Shift("A", 6, 14, (10, 0, 10, 30), (10, 15, 10, 45))).ShouldContain("Breaks of shift A overlap");
        Should.Throw<ArgumentException>(() => Calendar("Europe/Atlantis")).Message.ShouldContain("Europe/Atlantis");
        Should.Throw<ArgumentException>(() => new ShiftPattern(NewYear, []));
        var pattern = ShiftPattern.Weekly(NewYear, EveryDay, ThreeShifts);
        Should.Throw<ArgumentException>(() => Calendar("UTC", pattern, pattern)).Message.ShouldContain("2026-01-01");
    }

    [Fact]
    public void Refuses_an_exceptional_shift_that_runs_into_a_regular_one() =>
        Should.Throw<ArgumentException>(() => new ShiftCalendar(
            "UTC",
            [ShiftPattern.Weekly(NewYear, EveryDay, ThreeShifts)],
            new Dictionary<LocalDate, IReadOnlyList<ShiftDefinition>> { [new(2026, 1, 10)] = [Shift("S", 5, 12)] }))
            .Message.ShouldContain("overlap");

    [Fact]
    public void A_window_of_shifts_needs_an_end() =>
        Should.Throw<ArgumentException>(() => Berlin.ShiftsWithin(new(Midnight, null)).ToList());

    static string Refusal(params ShiftDefinition[] shifts) =>
        Should.Throw<ArgumentException>(() => Calendar("UTC", ShiftPattern.Weekly(NewYear, EveryDay, shifts))).Message;

    static ShiftCalendar Calendar(string zone, params ShiftPattern[] patterns) => new(zone, patterns);

    static ShiftDefinition Shift(
        string code, int startHour, int endHour, params (int H1, int M1, int H2, int M2)[] breaks) =>
        new(code, new(startHour, 0), new(endHour, 0),
            [.. breaks.Select(b => new ShiftBreak(new(b.H1, b.M1), new(b.H2, b.M2)))]);

    static TimeRange Until(string utc) => new(Utc("2026-01-15 00:00"), Utc(utc));

    // Around the night in which the clocks go on.
    static TimeRange Part(int fromMinute, int toMinute) =>
        new(Utc("2026-03-22 00:00").AddMinutes(fromMinute), Utc("2026-03-22 00:00").AddMinutes(toMinute));
}
