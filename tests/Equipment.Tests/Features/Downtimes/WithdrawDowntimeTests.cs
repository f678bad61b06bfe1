using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Features.MasterData;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using static Mes.Equipment.Tests.Given;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Downtimes;

/// <summary>Taking back stops that were reported by mistake.</summary>
public class WithdrawDowntimeTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    const string Night = "?from=2026-03-01T22:00:00Z&to=2026-03-02T06:00:00Z";

    [Fact]
    public async Task A_stop_with_a_wrong_date_counts_for_nothing_once_it_is_withdrawn()
    {
        await service.DefineUnit("W1");
        await service.Apply(Report("W1", 0, 120, good: 60));
        var stop = await Down("W1", 30, 90);
        var (seconds, version) = await DownSeconds("W1");
        seconds.ShouldBe(3600);

        var id = Guid.NewGuid();
        var answer = await Withdraw(stop, id);
        ((string?)answer["withdrawalReason"]).ShouldBe("wrong date");
        (await DownSeconds("W1")).ShouldBe((0, version + 1), "the shift's figures are a new version");
        (await service.Published<DowntimeWithdrawn>()).Single(fact => fact.Equipment == "W1")
            .ShouldBe(new(stop, "W1", At(30), At(90), (DateTimeOffset)answer["withdrawnAt"]!));
        (await service.Count($"SELECT count(*) FROM audit WHERE reason = 'wrong date' AND changes::text LIKE '%{stop}%'"))
            .ShouldBe(1);
        (await Withdraw(stop, id)).ToJsonString().ShouldBe(answer.ToJsonString(), "a repeat is answered alike");
        ((string?)(await service.Get($"/downtimes/{stop}"))["startedAt"]).ShouldNotBeNull("what was reported stays");
        await Consistent();
    }

    [Fact]
    public async Task A_withdrawn_stop_is_neither_ended_nor_classified_nor_withdrawn_again()
    {
        await service.DefineUnit("W2");
        var tool = new { code = "tool", parentCode = (string?)null, nameEn = "tool", nameZh = "tool" };
        await service.Put("/reasons", new { reasons = new[] { tool } });
        var stop = await Down("W2", 30, null);
        await Withdraw(stop);
        (await Refusal($"/downtimes/{stop}/end", new { endedAt = At(40) })).ShouldBe((409, "downtime-withdrawn"));
        (await Refusal($"/downtimes/{stop}/classify", new { reason = "tool" })).ShouldBe((409, "downtime-withdrawn"));
        (await Refusal($"/downtimes/{stop}/withdraw", new { reason = "again" })).ShouldBe((409, "downtime-withdrawn"));
        (await Refusal($"/downtimes/{Guid.NewGuid()}/withdraw", new { reason = "none" })).Status.ShouldBe(404);
        (await Refusal($"/downtimes/{stop}/withdraw", new { reason = "" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_machine_is_up_again_when_the_stop_that_goes_on_is_withdrawn_and_not_before()
    {
        await service.DefineUnit("W3");
        var (one, other) = (await Down("W3", 30, null), await Down("W3", 60, null));
        await Withdraw(one);
        (await Told("W3")).Select(told => (told.IsDown, told.Since)).ShouldBe([(true, At(30)), (true, At(60))]);
        await Withdraw(other);
        (await Told("W3")).Last().IsDown.ShouldBeFalse();
        await Consistent();
    }

    [Fact]
    public async Task Of_stops_that_overlap_the_others_go_on_to_count()
    {
        await service.DefineUnit("W4");
        var first = await Down("W4", 0, 60);
        await Down("W4", 30, 90);
        var inside = await Down("W4", 40, 50);
        (await DownSeconds("W4")).Seconds.ShouldBe(90 * 60);
        await Withdraw(inside);
        (await DownSeconds("W4")).Seconds.ShouldBe(90 * 60);
        await Withdraw(first);
        (await DownSeconds("W4")).Seconds.ShouldBe(60 * 60);
        var losses = await service.Get("/units/W4/losses?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z");
        losses["pareto"]!.AsArray().Select(row => ((decimal)row!["lostMinutes"]!, (int)row["stops"]!)).ShouldBe([(60, 1)]);
        await Consistent();
    }

    [Fact]
    public async Task After_a_shift_and_its_handover_whoever_manages_equipment_withdraws_it()
    {
        await service.DefineUnit("W5");
        var stop = await Down("W5", 0, 60);
        await using (var age = service.Database.CreateCommand(
            $"UPDATE downtime SET reported_at = reported_at - interval '13 hours' WHERE id = '{stop}'"))
            await age.ExecuteNonQueryAsync();
        var path = $"/downtimes/{stop}/withdraw";
        string[] floor = [.. Permissions.All.Except([Permissions.ManageEquipment, Permissions.ActForOthers])];
        (await As(path, floor)).ShouldBe((422, "undo-window-over"));
        (await As(path, [.. Permissions.All])).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("W6", true)]
    [InlineData("W7", false)]
    public async Task Since_when_a_machine_is_down_depends_on_no_order_of_reports(string unit, bool earlierFirst)
    {
        await service.DefineUnit(unit);
        var stops = new List<Guid>();
        foreach (var start in earlierFirst ? new[] { 10, 50 } : [50, 10])
            stops.Add(await Down(unit, start, null));
        var told = (await Told(unit)).MaxBy(state => state.Version)!;
        (told.IsDown, told.Since).ShouldBe((true, At(10)));
        foreach (var stop in stops)
            await Withdraw(stop);       // figures of a stop that goes on are written for months, while other tests wait
    }

    [Fact]
    public async Task Stops_of_the_past_that_come_late_do_not_change_what_is()
    {
        await service.DefineUnit("W8");
        await Down("W8", 100, 200);
        (await Told("W8")).ShouldBeEmpty();
        var now = await Down("W8", 300, null);
        await Down("W8", 20, 40);
        var late = await Down("W8", 50, null);
        await service.Post($"/downtimes/{late}/end", new { endedAt = At(60) });
        (await Told("W8")).MaxBy(state => state.Version)!.IsDown.ShouldBeTrue();
        await service.Post($"/downtimes/{now}/end", new { endedAt = At(400) });
        await Down("W8", 70, 80);
        (await Told("W8")).MaxBy(state => state.Version)!.IsDown.ShouldBeFalse();
        await Consistent();
    }

    async Task<Guid> Down(string unit, int from, int? to)
    {
        DateTimeOffset? endedAt = to is { } end ? At(end) : null;
        return (Guid)(await service.Post($"/units/{unit}/downtimes", new { startedAt = At(from), endedAt }))["id"]!;
    }

    Task<JsonNode> Withdraw(Guid stop, Guid? id = null) =>
        service.Post($"/downtimes/{stop}/withdraw", new { reason = "wrong date" }, id);

    async Task<(int Status, string Code)> Refusal(string path, object body)
    {
        using var response = await service.Send(HttpMethod.Post, path, body);
        return await Answer(response);
    }

    async Task<(int Status, string Code)> As(string path, string[] permissions)
    {
        using var request = service.Request(HttpMethod.Post, path, permissions: permissions);
        request.Content = System.Net.Http.Json.JsonContent.Create(new { reason = "wrong date" });
        using var response = await service.Http.SendAsync(request);
        return await Answer(response);
    }

    static async Task<(int, string)> Answer(HttpResponseMessage response) => ((int)response.StatusCode,
        (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"] ?? "");

    async Task<(decimal Seconds, int? Version)> DownSeconds(string unit)
    {
        await Written();
        var shift = (await service.Get($"/units/{unit}/oee{Night}"))["shifts"]!.AsArray().Single()!;
        return ((decimal)shift["figures"]!["inputs"]!["actualDowntimeSeconds"]!, (int?)shift["version"]);
    }

    async Task<List<EquipmentAvailabilityChanged>> Told(string equipment) =>
        [.. (await service.Published<EquipmentAvailabilityChanged>()).Where(state => state.Equipment == equipment)
            .DistinctBy(state => state.Version)];

    Task Written() => Poll.Until(async () => await service.Count("SELECT count(*) FROM figure_dirty") == 0,
        TimeSpan.FromSeconds(120), "figures are written");

    async Task Consistent()
    {
        await Written();
        var verdict = await service.Get("/oee/verdict");
        ((bool)verdict["isConsistent"]!).ShouldBeTrue(verdict.ToJsonString());
    }
}
