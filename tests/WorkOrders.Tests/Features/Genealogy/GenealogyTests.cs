using Mes.Contracts;

namespace Mes.WorkOrders.Tests.Features.Genealogy;

/// <summary>Where a lot went and what it was made of.</summary>
public sealed class GenealogyTests(Plant plant) : IClassFixture<Plant>
{
    readonly string _blank = $"B-{Guid.NewGuid():N}";

    [Fact]
    public async Task It_walks_both_ways_and_shows_every_edge_of_a_cycle_once()
    {
        var first = await plant.Release();
        var second = await plant.Release();
        await Issue(first, "BLANK", _blank);
        await Issue(second, "P", first.Number);
        await Issue(first, "P", second.Number);     // impossible, yet it must not hang
        (await Traced("up", "P", second.Number)).ShouldBe(
            [("P", first.Number, 1, 1), ("BLANK", _blank, 1, 2), ("P", second.Number, 1, 2)], ignoreOrder: true);
        (await Traced("down", "BLANK", _blank)).ShouldBe(
            [("P", first.Number, 1, 1), ("P", second.Number, 1, 2), ("P", first.Number, 1, 3)]);
    }

    [Fact]
    public async Task A_lot_that_went_into_itself_is_an_edge()
    {
        var order = await plant.Release();
        await Issue(order, "P", order.Number, 2);
        (await Traced("up", "P", order.Number)).ShouldBe([("P", order.Number, 2, 1)]);
        (await Traced("down", "P", order.Number)).ShouldBe([("P", order.Number, 2, 1)]);
    }

    [Fact]
    public async Task A_lot_reached_on_two_ways_keeps_its_quantity()
    {
        var (blank, left) = (await plant.Release(), await plant.Release());
        var (right, top) = (await plant.Release(), await plant.Release());
        await Issue(blank, "BLANK", _blank, 7);
        await Issue(blank, "BLANK", _blank, 3);
        foreach (var half in new[] { left, right })
        {
            await Issue(half, "P", blank.Number, 2);
            await Issue(top, "P", half.Number, 1);
        }
        (await Traced("up", "P", top.Number)).ShouldBe(
            [("P", left.Number, 1, 1), ("P", right.Number, 1, 1), ("P", blank.Number, 2, 2), ("P", blank.Number, 2, 2),
                ("BLANK", _blank, 10, 3)], ignoreOrder: true);
        (await Traced("down", "BLANK", _blank)).ShouldBe(
            [("P", blank.Number, 10, 1), ("P", left.Number, 2, 2), ("P", right.Number, 2, 2), ("P", top.Number, 1, 3),
                ("P", top.Number, 1, 3)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_went_back_to_stock_is_no_part_of_the_order()
    {
        var order = await plant.Release();
        await Issue(order, "BLANK", _blank, 5);
        await Issue(order, "BLANK", _blank, -5);
        await Issue(order, "BLANK", $"{_blank}-2", 5);
        await Issue(order, "BLANK", $"{_blank}-2", -1);
        (await Traced("up", "P", order.Number)).ShouldBe([("BLANK", $"{_blank}-2", 4, 1)]);
        (await Traced("down", "BLANK", _blank)).ShouldBeEmpty();
    }

    async Task<(string? Material, string? Lot, decimal Quantity, int Depth)[]> Traced(string way, string material, string lot)
    {
        var page = await plant.Service.Get($"/api/work-orders/genealogy/{way}?material={material}&lot={lot}");
        return [.. page.GetProperty("items").EnumerateArray().Select(found => (
            found.GetProperty("material").GetString(), found.GetProperty("lot").GetString(),
            found.GetProperty("quantity").GetDecimal(), found.GetProperty("depth").GetInt32()))];
    }

    Task Issue(Plant.Order order, string material, string lot, decimal quantity = 1)
    {
        var issued = new MaterialIssued(
            Guid.NewGuid(), order.Number, material, lot, quantity, "pcs", TimeProvider.System.GetUtcNow());
        return plant.Service.Deliver("workorders-trace-issue", issued, times: 2);
    }
}
