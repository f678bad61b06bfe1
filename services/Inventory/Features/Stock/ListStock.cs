using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Inventory.Features.Stock;

/// <summary>What lies of a lot at a location.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="OnHand">Quantity there, in <paramref name="Unit"/>.</param>
/// <param name="Reserved">Reserved part of it.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="LotStatus">Whether the lot may be used.</param>
/// <param name="ReceivedAt">When the lot was received, UTC, or null.</param>
/// <param name="ExpiresAt">When the lot expires, UTC, or null.</param>
public sealed record StockItem(
    string Material, string Lot, string Location, decimal OnHand, decimal Reserved, string Unit, LotStatus LotStatus,
    DateTimeOffset? ReceivedAt, DateTimeOffset? ExpiresAt);

static class ListStockEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stock", Handle).Named("listStock", "List what is in stock, by lot and location")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of material, lot and location.</summary>
    static async Task<Page<StockItem>> Handle(
        InventoryDb db, Code? material, Code? lot, Code? location, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterTexts(3);
        // SQL: only what is asked for is a condition, so that the plan that is kept for it goes by its index
        var rows = await db.Read<Row>(
            $"""
            SELECT s.material, s.lot, s.location, s.on_hand, s.reserved, m.unit, l.status AS lot_status, l.received_at,
                l.expires_at
            FROM stock s JOIN material m ON m.code = s.material JOIN lot l ON (l.material, l.number) = (s.material, s.lot)
            WHERE NOT s.is_virtual AND s.on_hand <> 0
              {(material is null ? "" : "AND s.material = @material")} {(location is null ? "" : "AND s.location = @location")}
              {(lot is null ? "" : "AND (s.material, s.lot) IN (SELECT material, number FROM lot WHERE number = @lot)")}
              {(after is null ? "" : "AND (s.material, s.lot, s.location) > (@m, @l, @c)")}
            ORDER BY s.material, s.lot, s.location LIMIT @limit
            """,
            new { material, lot, location, m = after?[0], l = after?[1], c = after?[2], limit = page.Size + 1 }, ct);
        return Page.Of(rows.ConvertAll(row => row.ToItem()), page.Size,
            item => Page.Key(item.Material, item.Lot, item.Location));
    }

    sealed record Row
    {
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public decimal OnHand { get; init; }
        public decimal Reserved { get; init; }
        public string Unit { get; init; } = "";
        public LotStatus LotStatus { get; init; }
        public DateTimeOffset? ReceivedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }

        public StockItem ToItem() => new(Material, Lot, Location, OnHand, Reserved, Unit, LotStatus, ReceivedAt, ExpiresAt);
    }
}
