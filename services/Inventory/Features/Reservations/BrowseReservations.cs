using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Reservations;

/// <summary>A part of a lot at a location that is kept for an order.</summary>
/// <param name="Id">Identity.</param>
/// <param name="OrderNumber">Number of the order.</param>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="Quantity">Quantity in the material's unit, &gt; 0.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
public sealed record ReservationView(
    Guid Id, string OrderNumber, string Material, string Lot, string Location, decimal Quantity, DateTimeOffset MadeAt)
{
    internal static ReservationView Of(Reservation row) =>
        new(row.Id, row.OrderNumber, row.Material, row.Lot, row.Location, row.Quantity, row.MadeAt);
}

/// <summary>What an order needs of a material and how far it is covered.</summary>
/// <param name="OrderNumber">The order.</param>
/// <param name="Material">Material code.</param>
/// <param name="Required">What the order needs, in <paramref name="Unit"/>; 0 once it is closed.</param>
/// <param name="Issued">What it has got.</param>
/// <param name="Reserved">What is kept for it.</param>
/// <param name="Missing">What stock cannot cover.</param>
/// <param name="Unit">Unit code: the material's, or another that the order asks in; such a need is not served.</param>
public sealed record ComponentDemand(
    string OrderNumber, string Material, decimal Required, decimal Issued, decimal Reserved, decimal Missing, string Unit);

static class BrowseReservationsEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/reservations", List).RequireAuthorization(Permissions.ReadInventory);
        api.MapGet("/demands", ListDemands).RequireAuthorization(Permissions.ReadInventory);
    }

    static async Task<Page<ReservationView>> List(
        InventoryDb db, Code? order, Code? material, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Reservations.AsNoTracking()
            .Where(r => r.Id > after && (order == null || r.OrderNumber == order) && (material == null || r.Material == material))
            .OrderBy(r => r.Id).Take(page.Size + 1).Select(r => ReservationView.Of(r)).ToListAsync(ct);
        return Page.Of(rows, page.Size, r => r.Id.ToString());
    }

    static async Task<Page<ComponentDemand>> ListDemands(
        InventoryDb db, Code? order, Code? material, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterTexts(2);
        var rows = await db.Read<Row>(
            """
            SELECT d.order_number, d.material, d.required, d.issued, d.reserved, d.missing,
                coalesce(d.other_unit, m.unit) AS unit
            FROM component_demand d JOIN material m ON m.code = d.material
            WHERE (@order::text IS NULL OR d.order_number = @order) AND (@material::text IS NULL OR d.material = @material)
              AND (@o::text IS NULL OR (d.order_number, d.material) > (@o, @m))
            ORDER BY d.order_number, d.material LIMIT @limit
            """, new { order, material, o = after?[0], m = after?[1], limit = page.Size + 1 }, ct);
        return Page.Of(rows.ConvertAll(row => row.ToDemand()), page.Size,
            demand => Page.Key(demand.OrderNumber, demand.Material));
    }

    sealed record Row
    {
        public string OrderNumber { get; init; } = "";
        public string Material { get; init; } = "";
        public decimal Required { get; init; }
        public decimal Issued { get; init; }
        public decimal Reserved { get; init; }
        public decimal Missing { get; init; }
        public string Unit { get; init; } = "";

        public ComponentDemand ToDemand() => new(OrderNumber, Material, Required, Issued, Reserved, Missing, Unit);
    }
}
