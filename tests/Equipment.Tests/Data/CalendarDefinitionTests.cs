using Mes.Equipment.Data;
using Mes.Kernel;

namespace Mes.Equipment.Tests.Data;

/// <summary>A calendar as it is told and stored, and the shifts that it makes.</summary>
public class CalendarDefinitionTests
{
    [Fact]
    public void The_end_of_a_day_may_be_written_as_24_00()
    {
        var day = new CalendarDefinition("Europe/Berlin",
        [
            new(new(2020, 1, 1), [[
                new("A", "00:00", "12:00", [new("06:00", "06:30")]), new("B", "12:00", "24:00", [new("23:30", "24:00")])]]),
        ]).ToCalendar().ShiftsOn(new(2027, 10, 31)).ToArray();
        day.Select(shift => shift.Time.Length.TotalHours).ShouldBe([13, 12]);
        day[1].Breaks.Single().Length.ShouldBe(TimeSpan.FromMinutes(30));
        WallClock.Start("24:00").ShouldBeNull();
        WallClock.End("24:01").ShouldBeNull();
        WallClock.End("00:00").ShouldBe(WallClock.End("24:00"));
    }
}
