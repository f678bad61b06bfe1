using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>What the machines read: the dispatch list, and where material lies.</summary>
/// <param name="api">The API.</param>
/// <param name="isTaken">Whether a machine works on an operation already.</param>
sealed class WorkLists(MesApi api, Func<Guid, bool> isTaken)
{
    const int Looked = 12;

    /// <summary>The first operation of a unit's list that can begin and nobody works on; null where there is none.</summary>
    public async Task<Job?> Next(string unit, Random dice, CancellationToken ct)
    {
        var list = await api.Get($"work-orders/dispatch?equipment={unit}&size={Looked}", ct);
        foreach (var item in list.Items().Where(item =>
            item.Is("isReady") && !item.Items("work").Any() && !isTaken(item.Id("operationId"))))
        {
            if (await JobOf(item, dice, ct) is { Left: > 0 } job) return job;
        }
        return null;
    }

    /// <summary>The oldest lots of what a job uses up.</summary>
    public async Task<List<object>> Lots(Job job, int pieces, CancellationToken ct)
    {
        var used = new List<object>();
        foreach (var component in pieces > 0 ? job.Product.UsedAt(job.Step) : [])
        {
            var open = component.PerPiece * pieces;
            var stock = await api.Get($"inventory/stock?material={component.Material}&size=200", ct);
            foreach (var lot in stock.Items().Where(IsUsable).OrderBy(lot => lot.TimeOrNull("receivedAt")))
            {
                if (open <= 0) break;
                var quantity = Math.Min(open, lot.Number("onHand"));
                used.Add(new { material = component.Material, lot = lot.Text("lot"), quantity, unit = component.Unit });
                open -= quantity;
            }
        }
        return used;
    }

    // An operation of what the demo does not make was planned by somebody who tries it: it is theirs to work on
    async Task<Job?> JobOf(JsonElement item, Random dice, CancellationToken ct)
    {
        var product = Products.All.FirstOrDefault(known => known.Code == item.Text("product"));
        var step = product?.Steps.FirstOrDefault(known => known.Code == item.Text("operation"));
        if (product is null || step is null) return null;
        var order = await api.Get($"erp/orders/{Uri.EscapeDataString(item.Text("order"))}", ct);
        return new Job(item.Id("operationId"), item.Text("order"), product, step)
        {
            Left = Waiting(order, item.Id("operationId"), step.IsLast),
            Cycle = TimeSpan.FromMinutes(step.MinutesPerPiece * dice.Between(1.08, 1.26)),
        };
    }

    /// <summary>Pieces that have come to an operation and wait; the last one makes no more than is ordered.</summary>
    public static int Waiting(JsonElement order, Guid operation, bool isLast)
    {
        var quantity = order.Number("quantity");
        var come = (decimal)Order.BegunFor((int)quantity);
        foreach (var one in order.Items("operations").OrderBy(one => one.GetProperty("sequence").GetInt32()))
        {
            if (one.Id() == operation)
            {
                var waiting = come - Handled(one);
                return (int)Math.Max(0, isLast ? Math.Min(waiting, quantity - one.Number("good")) : waiting);
            }
            come = one.Number("good");
        }
        return 0;
    }

    static decimal Handled(JsonElement operation) =>
        operation.Number("good") + operation.Number("scrap") + operation.Number("nonconforming");

    static bool IsUsable(JsonElement lot) => lot.Number("onHand") > 0 && lot.Text("lotStatus") == "Available";
}
