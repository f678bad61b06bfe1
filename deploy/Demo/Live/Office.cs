using System.Globalization;
using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>ERP, planner and warehouse: orders come and are released, held, closed; what runs low is bought.</summary>
sealed class Office(MesApi api, PlantClock clock, Random dice)
{
    const int ReleasedMin = 26;
    const int ArrivingMax = 2;
    const double HoldProbability = 0.02;
    const double ResumeProbability = 0.08;
    const double DeliveryProbability = 0.5;
    const int OrdersInStockMin = 3;
    const int OrdersBought = 6;
    const int TypicalQuantity = 110;

    int? _lastNumber;

    /// <summary>Keeps the order book as long as it was, and the floor in work.</summary>
    public async Task Orders(CancellationToken ct)
    {
        var planned = await Listed("Planned", ct);
        var released = await Listed("Released", ct);
        var held = await Listed("OnHold", ct);
        var missing = OrderBook.Count - planned.Count - released.Count - held.Count;
        for (var arriving = Math.Min(ArrivingMax, missing); arriving > 0; arriving--)
        {
            var order = OrderBook.Arriving(await NextNumber(ct), dice, clock.Now, clock.Speed);
            await api.Put($"erp/orders/{order.Number}", order.Body(release: order.Priority > 0), Guid.NewGuid(), ct);
        }
        if (released.Count < ReleasedMin && planned.Count > 0) await Post(planned[0], "release", null, ct);
        if (held.Count > 0 && dice.Happens(ResumeProbability)) await Post(dice.Of(held), "resume", null, ct);
        else if (held.Count < 3 && released.Count > 0 && dice.Happens(HoldProbability))
        {
            await Post(dice.Of(released), "hold", "Question to the customer · 与客户确认", ct);
        }
    }

    /// <summary>Closes what nothing more can come of.</summary>
    public async Task CloseShort(CancellationToken ct)
    {
        foreach (var listed in (await Listed("Released", ct)).Where(order => order.Number("received") > 0))
        {
            var order = await api.Get($"work-orders/orders/{listed.Id()}", ct);
            if (IsExhausted(order)) await Post(order, "close", "Scrap on the way; the rest is ordered anew · 报废导致短缺", ct);
        }
    }

    /// <summary>Buys what is left for a few orders only.</summary>
    public async Task Buy(CancellationToken ct)
    {
        foreach (var material in Products.Materials)
        {
            var perPiece = Products.All.SelectMany(product => product.Parts.Append(product.Bar))
                .Where(component => component.Material == material.Code).Max(component => component.PerPiece);
            var stock = await api.All($"inventory/stock?material={material.Code}", ct);
            var isEnough = stock.Sum(lot => lot.Number("onHand")) >= perPiece * TypicalQuantity * OrdersInStockMin;
            if (isEnough || !dice.Happens(DeliveryProbability)) continue;
            var lot = $"{material.Code}-{clock.Now.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture)}";
            await api.Post("inventory/receipts", new
            {
                material = material.Code, quantity = perPiece * TypicalQuantity * OrdersBought, unit = material.Unit,
                location = material.Location, lot, reference = $"DN-{lot}",
            }, Guid.NewGuid(), ct);
        }
    }

    /// <summary>Whether every piece that was begun is through, lost or received.</summary>
    static bool IsExhausted(JsonElement order)
    {
        var isFirst = true;
        foreach (var operation in order.Items("operations").OrderBy(one => one.GetProperty("sequence").GetInt32()))
        {
            var isWaiting = isFirst || operation.Number("nonconforming") > 0
                || WorkLists.Waiting(order, operation.Id(), operation.Is("isReceipt")) > 0;
            if (operation.Text("status") != "Done" && isWaiting) return false;
            isFirst = false;
        }
        return true;
    }

    Task<List<JsonElement>> Listed(string status, CancellationToken ct) => api.All($"work-orders/orders?status={status}", ct);

    async Task<int> NextNumber(CancellationToken ct)
    {
        _lastNumber ??= (await api.All("work-orders/orders", ct)).Select(order => NumberOf(order.Text("order"))).Max();
        return (_lastNumber += 1).Value;
    }

    static int NumberOf(string order) => order.StartsWith(OrderBook.Prefix, StringComparison.Ordinal)
        && int.TryParse(order[OrderBook.Prefix.Length..], CultureInfo.InvariantCulture, out var number) ? number : 0;

    Task Post(JsonElement order, string verb, string? reason, CancellationToken ct) =>
        api.Post($"work-orders/orders/{order.Id()}/{verb}", new { reason }, Guid.NewGuid(), ct);
}
