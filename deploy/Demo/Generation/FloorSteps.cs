using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.History;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>Enters what happened until the demo begins: receipts, orders, sign-ons, reports, stops.</summary>
sealed class FloorSteps(MesApi api, Seed seed, FloorHistory history)
{
    static readonly TimeSpan StillDown = TimeSpan.FromMinutes(90);

    /// <summary>The orders as the services know them, by number.</summary>
    readonly Dictionary<string, JsonElement> _orders = [];

    public Task Receive(CancellationToken ct) => Many.Each(history.Receipts, receipt => api.Post("inventory/receipts", new
    {
        material = receipt.Material.Code, quantity = receipt.Quantity, unit = receipt.Material.Unit,
        location = receipt.Material.Location, lot = receipt.Lot, reference = $"DN-{receipt.Lot}", occurredAt = receipt.At,
    }, seed.Id("receipt", receipt.Material.Code, receipt.Lot), ct));

    // One after the other, so that those before get their material first
    public async Task Order(CancellationToken ct)
    {
        foreach (var order in history.Orders)
        {
            var isReleased = order.Fate is Fate.Floor or Fate.Short or Fate.OnHold;
            _orders[order.Number] = await api.Put(
                $"erp/orders/{order.Number}", order.Body(isReleased), seed.Id("order", order.Number), ct);
        }
    }

    /// <summary>Everybody signs on, and off but for those of the shift that goes on.</summary>
    public Task SignOn(ShiftPlan shifts, CancellationToken ct)
    {
        var present = shifts.At(history.Until) is { } now
            ? Floor.Posts.Select(post => (Shift: now, Person: post.PersonOf(now)))
            : [];
        return Many.Each(history.Reports.Select(report => (report.Shift, report.Person)).Union(present), async presence =>
        {
            var ((shift, person), at) = (presence, presence.Shift.Time.Start);
            var id = seed.Id("sign-on", person, at);
            var station = Floor.Posts.First(post => post.PersonOf(shift) == person).Units[0];
            await api.WhenKnown(HttpMethod.Post, "work-orders/sign-ons", new { @operator = person, station, at }, id, ct);
            if (shift.Time.End <= history.Until)
            {
                await api.Post($"work-orders/sign-ons/{id}/sign-off", new { at = shift.Time.End }, seed.Id("sign-off", id), ct);
            }
        });
    }

    /// <summary>The reports of an order in their order, those of many orders at once.</summary>
    public Task Report(CancellationToken ct) => Many.Each(history.Reports.GroupBy(report => report.Order), async order =>
    {
        foreach (var report in order) await Send(report, ct);
    });

    public Task Stop(CancellationToken ct) => Many.Each(history.Stops, stop =>
    {
        var isOver = stop.Time.End <= history.Until;
        return api.Post($"equipment/units/{stop.Unit}/downtimes", new
        {
            startedAt = stop.Time.Start, endedAt = isOver ? stop.Time.End : (DateTimeOffset?)null, reason = stop.Reason,
            @operator = stop.Report.Person, order = stop.Report.Order.Number, operation = stop.Report.Step.Code,
            expectedUpAt = isOver ? (DateTimeOffset?)null : history.Until + StillDown,
        }, seed.Id("stop", stop.Unit, stop.Time.Start), ct);
    });

    /// <summary>What becomes of the orders in the end.</summary>
    public Task Decide(CancellationToken ct) => Many.Each(history.Orders, order =>
    {
        var (verb, reason) = order.Fate switch
        {
            Fate.OnHold => ("hold", "Drawing change announced · 等待图纸变更"),
            Fate.Cancelled => ("cancel", "Cancelled by the customer · 客户取消"),
            _ when history.EndedShort.Contains(order) => ("close", "Scrap on the way; the rest is ordered anew · 报废导致短缺"),
            _ => ("", ""),
        };
        return verb.Length == 0 ? Task.CompletedTask
            : api.Post($"work-orders/orders/{_orders[order.Number].Id()}/{verb}", new { reason },
                seed.Id(verb, order.Number), ct);
    });

    /// <summary>The id of a report, by which Quality and Equipment know it as well.</summary>
    public static Guid IdOf(Report report, Seed seed) =>
        seed.Id("report", report.Order.Number, report.Step.Code, report.Time.Start, report.IsSetup);

    Task Send(Report report, CancellationToken ct)
    {
        var operation = _orders[report.Order.Number].Items("operations").First(one => one.Text("code") == report.Step.Code).Id();
        return api.Post($"work-orders/operations/{operation}/reports", new
        {
            signOnId = seed.Id("sign-on", report.Person, report.Shift.Time.Start), equipment = report.Unit,
            activity = report.IsSetup ? "Setup" : "Run", startedAt = report.Time.Start, endedAt = report.Time.End,
            good = report.Good, scrap = report.Scrap, nonconforming = report.Nonconforming, scrapReason = report.ScrapReason,
            consumed = report.Consumed,
        }, IdOf(report, seed), ct);
    }
}
