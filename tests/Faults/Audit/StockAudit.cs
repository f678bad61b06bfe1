using Dapper;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;

namespace Mes.Faults.Tests.Audit;

/// <summary>Stock, holds and genealogy: I3, I4, I6.</summary>
sealed class StockAudit(Edition edition, Model model, Findings findings)
{
    public async Task Check()
    {
        await findings.Try("I3", "ledger", CheckLedger);
        await findings.Try("I1", "stock", CheckStock);
        await findings.Try("I1", "holds", CheckHolds);
        await findings.Try("I6", "genealogy", CheckGenealogy);
    }

    async Task CheckLedger()
    {
        var verdict = await edition.Api.Get("inventory/ledger/verdict");
        findings.Equal("I3", $"ledger in balance {verdict.ToJsonString()}", true, (bool)verdict["isBalanced"]!);
        findings.Equal("I3", "debits and credits", (decimal)verdict["debits"]!, (decimal)verdict["credits"]!);
        findings.Equal("I4", "negative stock", 0, (long)verdict["negativeStock"]!);
    }

    async Task CheckStock()
    {
        var blanks = (await edition.Api.GetAll($"inventory/stock?material={model.Plant.Blank}"))
            .GroupBy(row => (string)row["lot"]!).ToDictionary(rows => rows.Key, rows => rows.Sum(row => (decimal)row["onHand"]!));
        foreach (var lot in model.Plant.Lots)
        {
            findings.Equal("I1", $"on hand of {lot}", model.OnHand(lot), blanks.GetValueOrDefault(lot));
        }
        var made = (await edition.Api.GetAll($"inventory/stock?material={model.Plant.Product}"))
            .Sum(row => (decimal)row["onHand"]!);
        findings.Equal("I2", "on hand of the product", model.Plant.Orders.Sum(order => model.ReceivedOf(order.Number)), made);
    }

    async Task CheckHolds()
    {
        const string Sql = "FROM quality_hold WHERE is_active AND material = @Blank";
        await using var quality = await edition.Open("quality");
        await using var inventory = await edition.Open("inventory");
        var active = (await quality.QueryAsync<(Guid Id, string Lot)>(
            "SELECT id, lot FROM hold WHERE is_active AND material = @Blank", new { model.Plant.Blank })).ToList();
        findings.Same("I1", "active holds by lot", Counted(model.HeldLots()), Counted(active.Select(hold => hold.Lot)));
        findings.Same("I1", "holds as Inventory knows them", active.Select(hold => hold.Id),
            await inventory.QueryAsync<Guid>("SELECT id " + Sql, new { model.Plant.Blank }));
    }

    async Task CheckGenealogy()
    {
        var issued = model.Moves.Where(moved => moved.Order is not null)
            .Select(moved => (Order: moved.Order!, moved.Lot, moved.Quantity));
        var consumed = model.Standing.Select(report =>
            (Order: report.Operation.Order.Number, Lot: model.Plant.Lots[0], Quantity: report.Consumed));
        var expected = issued.Concat(consumed).GroupBy(used => (used.Order, used.Lot))
            .Select(used => (used.Key.Order, used.Key.Lot, Quantity: used.Sum(part => part.Quantity)))
            .Where(used => used.Quantity != 0);
        await using var workOrders = await edition.Open("workorders");
        var traced = (await workOrders.QueryAsync<(string Order, string Lot, decimal Quantity)>(
            """
            SELECT order_number, lot, sum(quantity) FROM issue WHERE material = @Blank
            GROUP BY order_number, lot HAVING sum(quantity) <> 0
            """,
            new { model.Plant.Blank })).ToList();
        findings.Same("I6", "lots that orders used, by genealogy", expected.Order(), traced.Order());
        await using var inventory = await edition.Open("inventory");
        var lots = (await inventory.QueryAsync<string>("SELECT number FROM lot WHERE material = @Blank",
            new { model.Plant.Blank })).ToHashSet();
        findings.Same("I6", "used lots that do not exist", [], traced.Select(used => used.Lot).Where(lot => !lots.Contains(lot)));
        findings.Equal("I6", "cycles in the genealogy", 0L, await workOrders.ExecuteScalarAsync<long>(
            """
            WITH RECURSIVE traced AS (
                SELECT product AS material, lot FROM work_order
                UNION ALL
                SELECT i.material, i.lot FROM traced t JOIN work_order w ON w.product = t.material AND w.lot = t.lot
                JOIN issue i ON i.order_number = w.number
            ) CYCLE material, lot SET is_cycle USING path
            SELECT count(*) FROM traced WHERE is_cycle
            """));
    }

    static IEnumerable<(string Lot, int Count)> Counted(IEnumerable<string> lots) =>
        lots.GroupBy(lot => lot).Select(same => (same.Key, same.Count()));
}
