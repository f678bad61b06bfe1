using System.Text.Json.Nodes;
using static Mes.Equipment.Tests.Facts;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features.Intervals;

public class ListIntervalsTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task An_interval_names_the_orders_and_reasons_that_it_is_made_of()
    {
        await service.DefineUnit("I1");
        await service.Put("/reasons", new { reasons = new[] { Reason("tool"), Reason("power") } });
        var (one, other) = (Report("I1", 0, 60, good: 5) with { OrderNumber = "A", OperationCode = "20" },
            Report("I1", 20, 40) with { OrderNumber = "B" });
        await service.Apply(one, other);
        var stop = await service.Post("/units/I1/downtimes", new
        {
            startedAt = At(60), endedAt = At(90), reason = "tool", order = "A", operation = "20"
        });
        await service.Post($"/downtimes/{stop["id"]}/classify", new { reason = "power", splitAt = At(80) });
        await service.Post("/units/I1/downtimes", new { startedAt = At(70), endedAt = At(75) });

        var tiles = (await service.Get($"/units/I1/intervals?from={At(0).UtcDateTime:O}&to={At(90).UtcDateTime:O}"))["items"]!
            .AsArray();
        tiles.Select(Words).ShouldBe([
            "Run A/20", "Run A/20 B/10", "Run A/20",
            "Breakdown A/20 tool", "Breakdown A/20 tool /", "Breakdown A/20 tool power"]);
        var report = await service.Get(((string)tiles[1]!["sources"]![1]!["address"]!)["/api/equipment".Length..]);
        ((Guid)report["reportId"]!).ShouldBe(other.ReportId);
    }

    static object Reason(string code) => new { code, parentCode = (string?)null, nameEn = code, nameZh = code };

    static string Words(JsonNode? tile) => string.Join(' ', [
        (string)tile!["state"]!, .. tile["sources"]!.AsArray().SelectMany(source => (string[])[
            $"{source!["order"]}/{source["operation"]}", .. source["reasons"]!.AsArray().Select(reason => (string)reason!)])]);
}
