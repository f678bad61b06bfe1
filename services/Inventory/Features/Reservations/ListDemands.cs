using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Inventory.Features.Reservations;

/// <summary>What an order needs of a material and how far it is covered.</summary>
/// <param name="Order">The order.</param>
/// <param name="Material">Material code.</param>
/// <param name="Required">What the order needs, in <paramref name="Unit"/>; 0 once it is closed.</param>
/// <param name="Issued">What it has got.</param>
/// <param name="Substituted">What was used in its place, as so much of it.</param>
/// <param name="Flushed">The part of what was issued that was taken by itself, as pieces were reported.</param>
/// <param name="Reserved">What is kept for it.</param>
/// <param name="Missing">What stock cannot cover.</param>
/// <param name="Unit">Unit code: the material's, or another that the order asks in; such a need is not served.</param>
public sealed record ComponentDemand(
    string Order, string Material, decimal Required, decimal Issued, decimal Substituted, decimal Flushed,
    decimal Reserved, decimal Missing, string Unit);

static class ListDemandsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/demands", Handle).Named("listDemands", "List what orders need and how far it is covered")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of the numbers of the orders, then of the codes of the materials.</summary>
    static async Task<Page<ComponentDemand>> Handle(
        InventoryDb db, Code? order, Code? material, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterTexts(2);
        // SQL: only what is asked for is a condition, so that the plan that is kept for it goes by its index
        var rows = await db.Read<Row>(
            $"""
            SELECT d.order_number, d.material, d.required, d.issued, d.substituted, d.flushed, d.reserved, d.missing,
                coalesce(d.other_unit, m.unit) AS unit
            FROM component_demand d JOIN material m ON m.code = d.material
            WHERE true {(order is null ? "" : "AND d.order_number = @order")}
              {(material is null ? "" : "AND d.material = @material")}
              {(after is null ? "" : "AND (d.order_number, d.material) > (@o, @m)")}
            ORDER BY d.order_number, d.material LIMIT @limit
            """, new { order, material, o = after?[0], m = after?[1], limit = page.Size + 1 }, ct);
        return Page.Of(rows.ConvertAll(row => row.ToDemand()), page.Size,
            demand => Page.Key(demand.Order, demand.Material));
    }

    sealed record Row
    {
        public string OrderNumber { get; init; } = "";
        public string Material { get; init; } = "";
        public decimal Required { get; init; }
        public decimal Issued { get; init; }
        public decimal Substituted { get; init; }
        public decimal Flushed { get; init; }
        public decimal Reserved { get; init; }
        public decimal Missing { get; init; }
        public string Unit { get; init; } = "";

        public ComponentDemand ToDemand() => new(
            OrderNumber, Material, Required, Issued, Substituted, Flushed, Reserved, Missing, Unit);
    }
}
