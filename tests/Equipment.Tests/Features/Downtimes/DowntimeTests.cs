using System.Net;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Features.MasterData;
using static Mes.Equipment.Tests.Given;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Downtimes;

public class DowntimeTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task A_downtime_that_is_over_is_tiled_and_booked_and_tells_nobody_that_the_machine_is_down()
    {
        await service.DefineUnit("D1");
        await service.Apply(Report("D1", 0, 60));
        var id = Guid.NewGuid();
        await service.Post("/units/D1/downtimes",
            new { startedAt = At(30), endedAt = At(45), @operator = "w/1", order = "O/1", operation = "10" }, id);

        (await Minutes("D1")).ShouldBe((45, 15));
        (await Booked("D1")).ShouldBe([new DowntimeRecorded(id, "D1", "w/1", "O/1", "10", null, At(30), At(45))]);
        (await Told("D1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_downtime_that_goes_on_is_told_and_its_end_as_well_and_booked_once()
    {
        await service.DefineUnit("D2");
        var stop = await service.Post("/units/D2/downtimes", new { startedAt = At(30), expectedUpAt = At(90) });
        (await Told("D2")).ShouldBe([new("D2", 1, true, At(30), null, At(90))]);
        (await Booked("D2")).ShouldBeEmpty();

        await service.Post($"/downtimes/{stop["id"]}/end", new { endedAt = At(80) });
        (await Told("D2")).Skip(1).ShouldBe([new("D2", 2, false, At(80), null, null)]);
        (await Booked("D2")).Single().EndedAt.ShouldBe(At(80));
        (await Minutes("D2")).ShouldBe((0, 50));
    }

    [Theory]
    [InlineData("", "10 20 30")]
    [InlineData("?from={20}", "20 30")]
    [InlineData("?to={20}", "10")]
    [InlineData("?from={20}&to={30}", "20")]
    public async Task Stops_are_listed_by_their_start(string window, string expected)
    {
        var unit = $"D0-{expected.Replace(' ', '-')}";
        await service.DefineUnit(unit);
        foreach (var minute in new[] { 10, 20, 30 })
            await service.Post(Path(), new { startedAt = At(minute), endedAt = At(minute + 5) });
        foreach (var minute in new[] { 20, 30 })
            window = window.Replace($"{{{minute}}}", $"{At(minute).UtcDateTime:O}", StringComparison.Ordinal);
        var stops = (await service.Get(Path() + window))["items"]!.AsArray();
        string.Join(' ', stops.Select(stop => ((DateTimeOffset)stop!["startedAt"]! - At(0)).TotalMinutes)).ShouldBe(expected);

        string Path() => $"/units/{unit}/downtimes";
    }

    [Fact]
    public async Task Of_two_stops_at_once_the_machine_is_up_after_the_last_and_time_counts_once()
    {
        await service.DefineUnit("D3");
        var first = await service.Post("/units/D3/downtimes", new { startedAt = At(0) });
        var second = await service.Post("/units/D3/downtimes", new { startedAt = At(10) });
        await service.Post($"/downtimes/{first["id"]}/end", new { endedAt = At(30) });
        (await Told("D3")).Select(told => told.IsDown).ShouldBe([true]);
        await service.Post($"/downtimes/{second["id"]}/end", new { endedAt = At(40) });
        (await Told("D3")).Select(told => (told.Version, told.IsDown)).ShouldBe([(1, true), (2, false)]);
        (await Minutes("D3")).ShouldBe((0, 40));
    }

    [Fact]
    public async Task The_reason_of_a_stop_that_goes_on_is_told_too()
    {
        await service.DefineUnit("D4");
        await DefineReasons();
        var stop = await service.Post("/units/D4/downtimes", new { startedAt = At(0) });
        await service.Post($"/downtimes/{stop["id"]}/classify", new { reason = "tool" });
        await service.Post($"/downtimes/{stop["id"]}/classify", new { reason = "tool" });
        (await Told("D4")).Select(told => (told.Version, told.IsDown, told.Reason))
            .ShouldBe([(1, true, null), (2, true, "tool")]);
    }

    [Fact]
    public async Task Losses_go_to_the_reasons_of_the_parts_of_a_stop()
    {
        await service.DefineUnit("D5");
        await DefineReasons();
        var stop = await service.Post("/units/D5/downtimes", new { startedAt = At(0), endedAt = At(60), reason = "power" });
        await service.Post($"/downtimes/{stop["id"]}/classify", new { reason = "tool", splitAt = At(45) });
        await service.Post("/units/D5/downtimes", new { startedAt = At(50), endedAt = At(70) });

        var losses = await service.Get("/units/D5/losses?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z");
        losses["pareto"]!.AsArray().Select(row => ((string)row!["reason"]!, (decimal)row["lostMinutes"]!, (int)row["stops"]!))
            .ShouldBe([("power", 45, 1), ("tool", 15, 1), ("unclassified", 10, 1)]);
        ((decimal)losses["branches"]!["technical"]!).ShouldBe(60);
    }

    [Fact]
    public async Task Losses_of_the_plant_are_those_of_its_units_together()
    {
        await DefineReasons();
        var day = new DateTimeOffset(2025, 5, 5, 0, 0, 0, TimeSpan.Zero);   // before the stops of other tests
        foreach (var (unit, reason, from, to) in new[] { ("DA", "tool", 0, 30), ("DB", "tool", 0, 20), ("DB", "power", 30, 90) })
        {
            await service.DefineUnit(unit);
            await service.Post($"/units/{unit}/downtimes",
                new { startedAt = day.AddMinutes(from), endedAt = day.AddMinutes(to), reason });
        }
        var losses = await service.Get("/losses?from=2025-05-05T00:00:00Z&to=2025-05-06T00:00:00Z");
        losses["pareto"]!.AsArray().Select(row => ((string)row!["reason"]!, (decimal)row["lostMinutes"]!, (int)row["stops"]!))
            .ShouldBe([("power", 60, 1), ("tool", 50, 2)]);
    }

    [Fact]
    public async Task A_stop_cannot_end_twice_before_it_starts_before_a_split_or_in_the_future()
    {
        await service.DefineUnit("D6");
        await DefineReasons();
        var stop = (string)(await service.Post("/units/D6/downtimes", new { startedAt = At(10) }))["id"]!;
        await service.Post($"/downtimes/{stop}/classify", new { reason = "tool", splitAt = At(40) });
        (await Refusal($"/downtimes/{stop}/end", At(5))).ShouldBe((422, "downtime-ends-too-early"));
        (await Refusal($"/downtimes/{stop}/end", At(40))).ShouldBe((422, "downtime-ends-too-early"));
        (await Refusal($"/downtimes/{stop}/end", TimeProvider.System.GetUtcNow().AddHours(1))).ShouldBe((422, "in-the-future"));
        await service.Post($"/downtimes/{stop}/end", new { endedAt = At(50) });
        (await Refusal($"/downtimes/{stop}/end", At(55))).ShouldBe((409, "downtime-ended-already"));
        (await Booked("D6")).Single().Reason.ShouldBeNull("the longest part is not classified");
    }

    [Fact]
    public async Task A_reason_in_use_stays_and_only_a_tree_is_taken()
    {
        await service.DefineUnit("D7");
        await DefineReasons();
        await service.Post("/units/D7/downtimes", new { startedAt = At(0), endedAt = At(1), reason = "tool" });
        (await RefusedReasons(Reason("technical"))).ShouldBe((422, "reason-in-use"));
        (await RefusedReasons(Reason("tool"), Reason("below", "tool"))).ShouldBe((422, "reason-in-use"));
        (await RefusedReasons(Reason("tool", "nowhere"))).ShouldBe((422, "reasons-not-a-tree"));
        (await service.Get("/reasons"))["reasons"]!.AsArray().Select(row => (string)row!["code"]!)
            .ShouldBe(["technical", "tool", "power"]);
    }

    Task DefineReasons() =>
        service.Put("/reasons", new
        {
            reasons = new[] { Reason("technical"), Reason("tool", "technical"), Reason("power", "technical") }
        });

    static object Reason(string code, string? parent = null) => new { code, parentCode = parent, nameEn = code, nameZh = code };

    Task<(int, string)> RefusedReasons(params object[] reasons) => Problem(HttpMethod.Put, "/reasons", new { reasons });

    Task<(int, string)> Refusal(string path, DateTimeOffset endedAt) => Problem(HttpMethod.Post, path, new { endedAt });

    async Task<(int, string)> Problem(HttpMethod method, string path, object body)
    {
        using var response = await service.Send(method, path, body);
        response.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        return ((int)response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!);
    }

    async Task<(decimal Run, decimal Breakdown)> Minutes(string equipment)
    {
        var row = await service.SummaryOf(equipment);
        return ((decimal)row["runMinutes"]!, (decimal)row["breakdownMinutes"]!);
    }

    async Task<List<DowntimeRecorded>> Booked(string equipment) =>
        [.. (await service.Published<DowntimeRecorded>()).Where(fact => fact.Equipment == equipment)];

    async Task<List<EquipmentAvailabilityChanged>> Told(string equipment) =>
        [.. (await service.Published<EquipmentAvailabilityChanged>()).Where(state => state.Equipment == equipment)];
}
