using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Persistence;

namespace Mes.Equipment.Tests.Features.MasterData;

/// <summary>Calendars are defined here alone, and told to whoever plans by them.</summary>
public class CalendarTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    static readonly object Break = new { start = "00:30", end = "01:00" };

    static object Week(string end, params string[] holidays) => new
    {
        zone = "Europe/Berlin",
        patterns = new[]
        {
            new
            {
                validFrom = "2020-01-01",
                cycle = new[]
                {
                    new[] { new { code = "day", start = "22:00", end, breaks = new[] { Break } } }
                }
            }
        },
        exceptions = holidays.Select(date => new { date, shifts = Array.Empty<object>() })
    };

    async Task<CalendarChanged[]> Told(string code) =>
        [.. (await service.Published<CalendarChanged>()).Where(state => state.Code == code)];

    [Fact]
    public async Task A_calendar_is_told_when_it_changes_and_only_then()
    {
        await service.Put("/calendars/told", Week("06:00"));
        await service.Put("/calendars/told", Week("06:00"));
        var answer = await service.Put("/calendars/told", Week("04:00", "2026-12-25"));
        ((long)answer["version"]!).ShouldBe(2);
        var told = await Told("told");
        told.Select(state => state.Version).ShouldBe([1, 2]);
        MessageJson.Write(told[1]).ShouldBe(JsonNode.Parse(
            """
            {"code":"told","version":2,"zone":"Europe/Berlin","patterns":[{"validFrom":"2020-01-01","cycle":[[
                {"code":"day","start":"22:00","end":"04:00","breaks":[{"start":"00:30","end":"01:00"}]}]]}],
                "exceptions":[{"date":"2026-12-25","shifts":[]}]}
            """)!.ToJsonString());
    }

    [Fact]
    public async Task The_plant_s_calendar_as_it_is_brought_is_told_as_soon_as_somebody_says_so()
    {
        (await Told("plant")).ShouldBeEmpty();
        var brought = (await service.Get("/calendars"))["items"]!.AsArray().Single(row => (string?)row!["code"] == "plant")!;
        ((long)brought["version"]!).ShouldBe(0);
        await service.Put("/calendars/plant", JsonSerializer.Deserialize<JsonElement>(brought["definition"]!.ToJsonString()));
        (await Told("plant")).ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_unit_without_a_calendar_of_its_own_works_by_its_work_center_s()
    {
        await service.Put("/calendars/center", Week("06:00"));
        await service.Put("/calendars/own", Week("06:00"));
        await service.Put("/units/W1", new { name = "W1", workCenter = "shop", kind = "Production" });
        await service.Put("/units/W2", new { name = "W2", workCenter = "shop", kind = "Production", calendar = "own" });
        var center = await service.Put("/work-centers/shop", new { name = "Shop", area = "A", site = "S", calendar = "center" });
        ((string?)center["calendar"]).ShouldBe("center");
        await service.Put("/work-centers/shop", new { name = "The shop", area = "A", site = "S", calendar = "center" });
        await service.Put("/units/W3", new { name = "W3", workCenter = "shop", kind = "Production" });
        await service.Put("/units/W2", new { name = "W2", workCenter = "shop", kind = "Production" });
        await service.Put("/work-centers/shop", new { name = "The shop", area = "A", site = "S" });

        (await CalendarsOf("W1")).ShouldBe(["plant", "center", "plant"]);
        (await CalendarsOf("W2")).ShouldBe(["own", "center", "plant"]);
        (await CalendarsOf("W3")).ShouldBe(["center", "plant"]);
        using var refused = await service.Send(HttpMethod.Put, "/work-centers/shop",
            new { name = "Shop", area = "A", site = "S", calendar = "unheard of" });
        (await refused.Content.ReadAsStringAsync()).ShouldContain("calendar-not-found");
    }

    async Task<IEnumerable<string>> CalendarsOf(string unit) => (await service.Published<UnitCalendarChanged>())
        .Where(state => state.Equipment == unit).Select(state => state.Calendar);

    [Fact]
    public async Task A_unit_tells_its_calendar()
    {
        await service.Put("/calendars/own", Week("06:00"));
        await service.DefineUnit("C1");
        await service.DefineUnit("C1", "own");
        await service.Put("/units/C1", new { name = "Renamed", workCenter = "WC", kind = "Production", calendar = "own" });
        (await service.Published<UnitCalendarChanged>()).Where(state => state.Equipment == "C1")
            .ShouldBe([new("C1", 1, "plant"), new("C1", 2, "own")]);
        (await service.Published<EquipmentChanged>()).Where(state => state.Code == "C1").Select(state => state.Calendar)
            .ShouldBe(["plant", "own", "own"]);
    }
}
