using Mes.Demo.Api;
using Mes.Demo.History;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>What the warehouse does by hand: it brings parts to the line, issues, takes back and counts.</summary>
sealed class StockSteps(MesApi api, Seed seed, FloorHistory history)
{
    /// <summary>The lots that came last, which nobody has used much of.</summary>
    IEnumerable<Receipt> Newest => history.Receipts.Where(receipt => receipt.Material.Location == "PARTS")
        .GroupBy(receipt => receipt.Material.Code).Select(lots => lots.Last());

    public async Task Send(CancellationToken ct)
    {
        await Many.Each(Newest, lot => Post("moves", new
        {
            material = lot.Material.Code, quantity = 10, unit = lot.Material.Unit, from = lot.Material.Location, to = "LINE-ASSY",
            lot = lot.Lot, occurredAt = history.Until.AddHours(-20),
        }, lot, ct));
        var balls = Newest.First(lot => lot.Material.Code == "BALL-3175");
        var order = history.Orders.First(
            known => known.Fate == Fate.Floor && known.Product.IsScrew && known.DueAt > history.Until);
        await Post("issues", new
        {
            order = order.Number, material = balls.Material.Code, quantity = 200, unit = "pcs", lot = balls.Lot,
            location = balls.Material.Location, occurredAt = history.Until.AddHours(-9),
        }, balls, ct);
        await Post("returns", new
        {
            order = order.Number, material = balls.Material.Code, quantity = 60, unit = "pcs", location = balls.Material.Location,
            lot = balls.Lot, reason = "Left over · 余料退回", occurredAt = history.Until.AddHours(-4),
        }, balls, ct);
        var keys = Newest.First(lot => lot.Material.Code == "KEY-SET");
        await Post("adjustments", new
        {
            material = keys.Material.Code, quantity = -3, unit = keys.Material.Unit, location = keys.Material.Location,
            reason = "Cycle count · 循环盘点", lot = keys.Lot, isScrap = false, occurredAt = history.Until.AddHours(-30),
        }, keys, ct);
    }

    Task Post(string verb, object body, Receipt lot, CancellationToken ct) =>
        api.WhenKnown(HttpMethod.Post, $"inventory/{verb}", body, seed.Id(verb, lot.Lot), ct);
}
