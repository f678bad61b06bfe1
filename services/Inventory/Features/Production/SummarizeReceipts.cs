using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Inventory.Features.Production;

/// <summary>What production has reported into stock in the time asked for.</summary>
/// <param name="Pieces">Good pieces of receipt operations, as Quality has judged them, less what was taken back.</param>
/// <param name="Receipts">Reports with good pieces that were not taken back; Quality's corrections of pieces are none.</param>
/// <param name="Reversed">Reports with good pieces that were taken back, then or later.</param>
public sealed record ProductionReceiptsSummary(decimal Pieces, long Receipts, long Reversed);

static class SummarizeReceiptsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/production-receipts/summary", Handle)
            .Named("summarizeReceipts", "Sum up what production put into stock")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<ProductionReceiptsSummary> Handle(
        InventoryDb db, Code? product, Code? order, [AsParameters] TimeWindow window, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        var row = (await db.Read<Row>(
            """
            SELECT coalesce(sum(r.good), 0) AS pieces,
                   count(*) FILTER (WHERE is_report AND c.report_id IS NULL) AS receipts,
                   count(*) FILTER (WHERE is_report AND c.report_id IS NOT NULL) AS reversed
            FROM production_report r LEFT JOIN production_report c ON c.reverses = r.report_id
            CROSS JOIN LATERAL (SELECT r.good > 0 AND r.reverses IS NULL AND r.corrects IS NULL AS is_report) k
            WHERE r.is_receipt AND r.reported_at >= @from AND r.reported_at < @to
              AND (@product::text IS NULL OR r.product = @product)
              AND (@order::text IS NULL OR r.order_number = @order)
            """, new { product, order, from, to }, ct))[0];
        return new ProductionReceiptsSummary(row.Pieces, row.Receipts, row.Reversed);
    }

    sealed record Row
    {
        public decimal Pieces { get; init; }
        public long Receipts { get; init; }
        public long Reversed { get; init; }
    }
}
