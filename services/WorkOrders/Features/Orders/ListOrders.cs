using Mes.Contracts;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>An order in a list.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Order">The number that the ERP and people know it by.</param>
/// <param name="Product">Product code.</param>
/// <param name="Quantity">What is ordered, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Received">What has come into stock, in <paramref name="Unit"/>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order.</param>
/// <param name="DueAt">When it is due, UTC, or null.</param>
public sealed record OrderLine(
    Guid Id, string Order, string Product, decimal Quantity, string Unit, decimal Received, WorkOrderStatus Status,
    int Priority, DateTimeOffset? DueAt);

static class ListOrdersEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders", Handle).Named("listOrders", "List the orders")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their ids; the time is that at which they are due.</summary>
    static async Task<Page<OrderLine>> Handle(
        WorkOrdersDb db, Code? order, Code? product, WorkOrderStatus? status, [AsParameters] TimeFilter due,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Orders.AsNoTracking().In(due, o => o.DueAt)
            .Where(o => o.Id > after && (order == null || o.Number == order) && (product == null || o.Product == product)
                && (status == null || o.Status == status))
            .OrderBy(o => o.Id).Take(page.Size + 1)
            .Select(o => new OrderLine(o.Id, o.Number, o.Product, o.Quantity, o.Unit, o.Received, o.Status, o.Priority, o.DueAt))
            .ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }
}
