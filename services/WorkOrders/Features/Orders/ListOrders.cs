using Mes.Contracts;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
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
    int Priority, DateTimeOffset? DueAt)
{
    internal static OrderLine Of(WorkOrder order) => new(
        order.Id, order.Number, order.Product, order.Quantity, order.Unit, order.Received, order.Status, order.Priority,
        order.DueAt);
}

/// <summary>What orders are sorted by.</summary>
public enum OrderSort
{
    /// <summary>Their number.</summary>
    Order,
    /// <summary>When they are due; what has no due date comes last.</summary>
    DueAt,
    /// <summary>Their priority.</summary>
    Priority,
    /// <summary>Their product's code.</summary>
    Product
}

static class ListOrdersEndpoint
{
    static readonly SortedPages<WorkOrder, OrderSort> Sorted =
        new SortedPages<WorkOrder, OrderSort>(o => o.Id)
            .By(OrderSort.Order, o => o.Number)
            .By(OrderSort.DueAt, o => o.DueAt)
            .By(OrderSort.Priority, o => o.Priority)
            .By(OrderSort.Product, o => o.Product);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders", Handle).Named("listOrders", "List the orders")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their numbers unless told; the time is that at which they are due.</summary>
    static async Task<Page<OrderLine>> Handle(
        WorkOrdersDb db, Code? order, Code? product, WorkOrderStatus? status, [AsParameters] TimeFilter due,
        [AsParameters] Sorting<OrderSort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Sorted.Take(db.Orders.AsNoTracking().In(due, o => o.DueAt).Where(o =>
                (order == null || o.Number == order) && (product == null || o.Product == product)
                && (status == null || o.Status == status)), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, OrderLine.Of);
    }
}
