using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Mes.Kernel.Tests.Given;

namespace Mes.Kernel.Tests;

/// <summary>The one rule by which shifts of a plant's wall clock become elapsed time.</summary>
public class WallCalendarTests
{
    static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/Havana", "America/Santiago",
        "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "Africa/Casablanca", "Asia/Tehran", "Asia/Shanghai", "UTC",
    ];

    [Theory]
    [InlineData("2027-10-31", 25)]
    [InlineData("2027-03-28", 23)]
    [InlineData("2027-06-01", 24)]
    public void A_day_of_1440_minutes_has_the_hours_that_pass(string day, int hours)
    {
        var date = Date(day);
        var today = Daily("Europe/Berlin", new(0, 0), 1440).On(date).Single();
        (today.End - today.Start).ShouldBe(TimeSpan.FromHours(hours));
        today.End.ShouldBe(Daily("Europe/Berlin", new(0, 0), 1440).On(date.PlusDays(1)).Single().Start);
    }

    [Theory]
    [InlineData("2027-03-28", 1, 0, 120, 1)]        // ends at the end of the hour that is skipped
    [InlineData("2027-03-28", 1, 0, 90, 1)]         // ends inside it
    [InlineData("2027-03-28", 2, 30, 60, 0.5)]      // begins inside it
    [InlineData("2027-03-28", 2, 0, 60, 0)]      // is all of it
    [InlineData("2027-03-28", 2, 15, 30, 0)]     // lies inside it
    [InlineData("2027-03-27", 22, 0, 480, 7)]       // spans it over midnight
    [InlineData("2027-10-31", 1, 0, 120, 3)]        // ends where the repeated hour is over
    [InlineData("2027-10-31", 1, 0, 90, 1.5)]       // ends inside it: at its first occurrence
    [InlineData("2027-10-31", 2, 30, 60, 2)] // begins inside it
    [InlineData("2027-10-31", 2, 0, 60, 2)]
    [InlineData("2027-10-31", 2, 15, 30, 0.5)]
    [InlineData("2027-10-30", 22, 0, 480, 9)]
    public void A_shift_has_the_hours_between_its_wall_clock_times(
        string day, int hour, int minute, int minutes, double hours) =>
        Daily("Europe/Berlin", new(hour, minute), minutes).On(Date(day))
            .Sum(shift => (shift.End - shift.Start).TotalHours).ShouldBe(hours);

    [Fact]
    public void Days_of_any_zone_and_year_that_are_cut_anywhere_tile_time() =>
        Prop.ForAll(Arb.From(Scenario), plant =>
        {
            var calendar = new WallCalendar<int>(WallClock.Zone(plant.Zone)!, date => Cut(date, plant.Cuts));
            var begin = new LocalDate(plant.Year, 1, 1).AtMidnight().PlusMinutes(plant.Cuts[0]);
            var (from, to) = (calendar.InstantOf(begin), calendar.InstantOf(begin + Period.FromYears(1)));

            var shifts = calendar.Within(from, to).ToList();

            return shifts[0].Start == from && shifts[^1].End == to
                && shifts.Zip(shifts.Skip(1)).All(pair => pair.First.End == pair.Second.Start)
                && shifts.Aggregate(TimeSpan.Zero, (sum, shift) => sum + (shift.End - shift.Start)) == to - from
                && shifts.Where((_, i) => i % 9 == 0).All(
                    shift => calendar.Within(shift.Start, shift.Start.AddTicks(1)).Single() == shift);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Later_on_the_wall_clock_is_never_earlier() =>
        Prop.ForAll(Arb.From(Gen.Elements(Zones)), Arb.From(Gen.Choose(0, 80 * 366 * 24 * 12)), (name, fiveMinutes) =>
        {
            var calendar = Daily(name, LocalTime.Midnight, 1440);
            var local = new LocalDateTime(1990, 1, 1, 0, 0).PlusMinutes(5L * fiveMinutes);
            return calendar.InstantOf(local) <= calendar.InstantOf(local.PlusMinutes(5));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_zone_whose_clocks_change_at_24_o_clock_is_read_right() =>
        // the framework's own zones have winter time here already
        Daily("Africa/Cairo", new(12, 0), 60).On(Date("2099-10-29")).Single().Start.ShouldBe(Utc("2099-10-29 09:00"));

    static readonly Gen<(string Zone, int Year, int[] Cuts)> Scenario =
        from zone in Gen.Elements(Zones)
        from year in Gen.Choose(1990, 2090)
        from cuts in Gen.NonEmptyListOf(Gen.Choose(0, 1439))
        select (zone, year, cuts.Distinct().Order().Take(6).ToArray());

    /// <summary>Shifts from each cut of a day to the next one, the last over midnight.</summary>
    static IEnumerable<WallPeriod<int>> Cut(LocalDate date, int[] cuts) => cuts.Select((cut, i) => new WallPeriod<int>(
        date.AtMidnight().PlusMinutes(cut),
        i + 1 < cuts.Length ? date.AtMidnight().PlusMinutes(cuts[i + 1]) : date.PlusDays(1).AtMidnight().PlusMinutes(cuts[0]),
        i));

    static WallCalendar<int> Daily(string zone, LocalTime start, int minutes) => new(
        WallClock.Zone(zone)!, date => [new(date + start, (date + start).PlusMinutes(minutes), 0)]);

    static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
