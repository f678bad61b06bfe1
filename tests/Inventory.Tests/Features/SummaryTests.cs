using Mes.Contracts;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features;

/// <summary>Receipts and discrepancies are summed up over a time.</summary>
public sealed class SummaryTests(InventoryService service) : IClassFixture<InventoryService>
{
    readonly string _product = $"P-{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task Receipts_are_those_of_the_time_asked_for()
    {
        var early = Report(_product, "L1", 5, minute: 59);                   // reported at 06:59, taken back at 07:59
        var now = Report(_product, "L1", 2) with { ReportedAt = TimeProvider.System.GetUtcNow().AddHours(-1) };
        await service.Report(early, Report(_product, "L1", 3, minute: 60), Report(_product, "L1", 4, minute: 120), now);
        await service.Report(early.Counter());

        (await Receipts("&from=2026-01-05T06:00:00Z&to=2026-01-05T07:00:00Z")).ShouldBe((5, 0, 1));
        (await Receipts("&from=2026-01-05T07:00:00Z&to=2026-01-05T08:00:00Z")).ShouldBe((-2, 1, 0));
        (await Receipts("&from=2026-01-05T06:00:00Z&to=2026-01-05T09:00:00Z")).ShouldBe((7, 2, 1));
        (await Receipts("")).ShouldBe((2, 1, 0), "the last 24 hours unless told");
    }

    [Fact]
    public async Task What_Quality_makes_of_the_pieces_of_a_report_is_no_receipt()
    {
        var made = Report(_product, "L1", 8);
        var usedAsIs = made with { ReportId = Guid.NewGuid(), Corrects = made.ReportId, Good = 2, StartedAt = made.EndedAt };
        await service.Report(made, usedAsIs);
        (await Receipts(January.Replace('?', '&'))).ShouldBe((10, 1, 0));

        await service.Report(usedAsIs.Counter());
        (await Receipts(January.Replace('?', '&'))).ShouldBe((8, 1, 0), "nor is what it takes back of them a receipt taken back");
    }

    [Fact]
    public async Task Discrepancies_are_counted_while_they_are_open_and_when_they_were_closed()
    {
        var material = await service.NewMaterial();
        await service.Report(
            Report(_product, "L1", 0, isReceipt: false, consumed: Used(material, "A", 3)),
            Report(_product, "L1", 0, isReceipt: false, consumed: Used(material, "B", 4)),
            Report(_product, "L1", 0, isReceipt: false, consumed: Used(material, "C", 5)));
        await service.Receive(material, "A", 3);
        await Settle(material, "B");
        await service.Scalar<string>(
            $"""
            UPDATE discrepancy SET settled_at = now() - interval '25 hours' WHERE material = '{material}' AND lot = 'B'
            RETURNING lot
            """);

        (await Discrepancies("")).ShouldBe((1, 1, 0), "the last 24 hours unless told");
        var day = TimeProvider.System.GetUtcNow().AddDays(-2);
        (await Discrepancies($"?from={day.UtcDateTime:O}")).ShouldBe((1, 1, 1));
        (await Found(material, $"&from={day.UtcDateTime:O}")).ShouldBe(1);
        (await Found(material, $"&to={day.UtcDateTime:O}")).ShouldBe(0);
    }

    async Task<int> Found(string material, string window) =>
        (await service.Get($"/discrepancies?status=Open&material={material}{window}"))["items"]!.AsArray().Count;

    async Task Settle(string material, string lot)
    {
        var found = (await service.Get($"/discrepancies?status=Open&material={material}"))["items"]!.AsArray();
        var id = (string)found.Single(row => (string)row!["lot"]! == lot)!["id"]!;
        await service.Post($"/discrepancies/{id}/settle", new { settlement = "counted" });
    }

    async Task<(decimal Pieces, int Receipts, int Reversed)> Receipts(string window)
    {
        var sums = await service.Get($"/production-receipts/summary?product={_product}{window}");
        return ((decimal)sums["pieces"]!, (int)sums["receipts"]!, (int)sums["reversed"]!);
    }

    async Task<(int Open, int Covered, int Settled)> Discrepancies(string window)
    {
        var counts = (await service.Get($"/discrepancies/summary{window}")).AsArray()
            .Single(row => (string)row!["kind"]! == "consumption-short")!;
        return ((int)counts["open"]!, (int)counts["covered"]!, (int)counts["settled"]!);
    }
}
