using System.Text.Json.Nodes;
using Mes.Contracts;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features.Floor;

/// <summary>What each unit does now, by the work that operators have begun and by stops.</summary>
public sealed class LiveUnitTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    static WorkChanged Work(
        Guid id, long version, WorkState state, int since, string unit, WorkActivity activity = WorkActivity.Run) => new(
        id, version, state, At(since), At(0), activity, Id(1), "O-1", "P", Id(2), "turn", unit, "w1",
        state == WorkState.Paused ? "lunch" : null);

    async Task<JsonNode> Unit(string code) =>
        (await service.Get("/live?size=1000"))["items"]!.AsArray().Single(unit => (string)unit!["code"]! == code)!;

    async Task Is(string code, string state, int? since)
    {
        var unit = await Unit(code);
        ((string)unit["state"]!, (DateTimeOffset?)unit["since"]).ShouldBe((state, since is { } minute ? At(minute) : null));
    }

    [Fact]
    public async Task A_unit_does_what_counts_most_of_what_is_under_way_whatever_comes_first()
    {
        await service.DefineUnit("L1");
        await Is("L1", "Idle", null);
        var (run, setup) = (Guid.NewGuid(), Guid.NewGuid());
        await service.Deliver(Work(run, 1, WorkState.Running, 0, "L1"));
        await Is("L1", "Run", 0);
        await service.Deliver(Work(setup, 1, WorkState.Running, 5, "L1", WorkActivity.Setup));
        await Is("L1", "Setup", 5);
        await service.Deliver(Work(setup, 2, WorkState.Ended, 9, "L1", WorkActivity.Setup));
        await service.Deliver(Work(run, 3, WorkState.Paused, 20, "L1"));
        await service.Deliver(Work(run, 2, WorkState.Running, 10, "L1"));      // comes late, and changes nothing
        await Is("L1", "Paused", 20);
        ((string)(await Unit("L1"))["work"]![0]!["pauseReason"]!).ShouldBe("lunch");

        var stop = await service.Post("/units/L1/downtimes", new { startedAt = At(25) });
        await Is("L1", "Down", 25);
        await service.Post($"/downtimes/{stop["id"]}/end", new { endedAt = At(30) });
        await Is("L1", "Paused", 20);
        await service.Deliver(Work(run, 4, WorkState.Ended, 40, "L1"));
        await Is("L1", "Idle", 40);
        ((string)(await Unit("L1"))["lastOperator"]!).ShouldBe("w1");
    }

    [Fact]
    public async Task Units_are_listed_by_work_center_and_retired_ones_are_not()
    {
        await service.Put("/units/L2", new { name = "L2", workCenter = "OTHER", kind = "Production" });
        (await service.Get("/live?workCenter=OTHER"))["items"]!.AsArray().Select(unit => (string)unit!["code"]!).ShouldBe(["L2"]);
        await service.Post("/units/L2/retire", new { reason = "sold" });
        (await service.Get("/live?workCenter=OTHER"))["items"]!.AsArray().ShouldBeEmpty();
    }
}
