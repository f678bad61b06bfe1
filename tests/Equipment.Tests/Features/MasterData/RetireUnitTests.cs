using System.Net;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Features.MasterData;
using static Mes.Equipment.Tests.Given;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.MasterData;

/// <summary>Equipment that is scrapped.</summary>
public class RetireUnitTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task A_retired_unit_takes_no_new_work_and_keeps_its_history_and_its_code()
    {
        await service.DefineUnit("R1");
        await service.Apply(Report("R1", 0, 60, good: 5));
        var retired = await Retire("R1");
        var at = (DateTimeOffset)retired["retiredAt"]!;
        (await service.Published<EquipmentChanged>()).Where(state => state.Code == "R1")
            .DistinctBy(state => state.Version).Select(state => (state.Version, state.RetiredAt)).ShouldBe([(1, null), (2, at)]);
        (await Refusal("/units/R1/retire")).ShouldBe((HttpStatusCode.Conflict, "equipment-retired-already"));
        (await Refusal("/units/R1", new { name = "New", workCenter = "WC", kind = "Production" }, HttpMethod.Put))
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "equipment-retired"));
        (await Good("R1")).ShouldBe(5);
        (await service.Count("SELECT count(*) FROM audit WHERE reason = 'scrapped' AND changes::text LIKE '%R1%'"))
            .ShouldBe(1);

        await service.Apply(Report("R1", 60, 70, good: 1));     // what the floor says is recorded
        (await Good("R1")).ShouldBe(6);
    }

    [Fact]
    public async Task A_retired_unit_can_be_brought_back()
    {
        await service.DefineUnit("R2");
        await Retire("R2");
        var back = await service.Post("/units/R2/reinstate", new { reason = "repaired" });
        back["retiredAt"].ShouldBeNull();
        ((long)back["version"]!).ShouldBe(3);
        (await Refusal("/units/R2/reinstate")).ShouldBe((HttpStatusCode.Conflict, "equipment-not-retired"));
        await service.Put("/units/R2", new { name = "Mill", workCenter = "WC", kind = "Production" });
        (await service.Published<EquipmentChanged>()).Where(state => state.Code == "R2")
            .MaxBy(state => state.Version)!.RetiredAt.ShouldBeNull();
    }

    [Fact]
    public async Task Only_what_is_defined_can_be_retired()
    {
        await service.Apply(Report("R3", 0, 60));
        (await Refusal("/units/R3/retire")).ShouldBe((HttpStatusCode.UnprocessableEntity, "equipment-undefined"));
        (await Refusal("/units/nowhere/retire")).Item1.ShouldBe(HttpStatusCode.NotFound);
        (await Refusal("/units/R3/retire", new { reason = "" })).Item1.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Time_after_the_retirement_is_not_planned_time()
    {
        await service.DefineUnit("R4");
        await Retire("R4");
        await using (var earlier = service.Database.CreateCommand(
            $"UPDATE equipment_unit SET retired_at = '{At(60):O}' WHERE code = 'R4'"))
            await earlier.ExecuteNonQueryAsync();
        var oee = await service.Get("/units/R4/oee?from=2026-03-01T22:00:00Z&to=2026-03-05T22:00:00Z");
        ((decimal)oee["figures"]!["inputs"]!["plannedBusyTimeSeconds"]!).ShouldBe(3 * 3600);
        ((DateTimeOffset)oee["shifts"]!.AsArray().Single()!["countedTo"]!).ShouldBe(At(60));
    }

    async Task<decimal> Good(string unit) => (decimal)(await service.SummaryOf(unit))["good"]!;

    Task<JsonNode> Retire(string unit) => service.Post($"/units/{unit}/retire", new { reason = "scrapped" });

    async Task<(HttpStatusCode, string)> Refusal(string path, object? body = null, HttpMethod? method = null)
    {
        using var response = await service.Send(method ?? HttpMethod.Post, path, body ?? new { reason = "any" });
        return (response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!);
    }
}
