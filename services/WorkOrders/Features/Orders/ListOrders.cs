using Dapper;
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
/// <param name="Routing">Routing that it follows.</param>
/// <param name="Revision">The revision of it.</param>
/// <param name="Lot">Number of the lot that it makes.</param>
/// <param name="Quantity">What is ordered, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Received">What is good so far and has come into stock, in <paramref name="Unit"/>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusReason">Why it is held, cancelled or closed short, or null.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order.</param>
/// <param name="ReleaseAt">Not to be begun before, UTC, or null.</param>
/// <param name="DueAt">When it is due, UTC, or null.</param>
/// <param name="PlannedEndAt">When the plan in force has its last open operation end, UTC, or null.</param>
public sealed record OrderLine(
    Guid Id, string Order, string Product, string Routing, string Revision, string Lot, decimal Quantity, string Unit,
    decimal Received, WorkOrderStatus Status, string? StatusReason, int Priority, DateTimeOffset? ReleaseAt,
    DateTimeOffset? DueAt, DateTimeOffset? PlannedEndAt)
{
    internal static OrderLine Of(WorkOrder order, DateTimeOffset? plannedEndAt) => new(
        order.Id, order.Number, order.Product, order.RoutingCode, order.RoutingRevision, order.Lot, order.Quantity, order.Unit,
        order.Received, order.Status, order.StatusReason, order.Priority, order.ReleaseAt, order.DueAt, plannedEndAt);
}

/// <summary>Which orders are listed.</summary>
/// <param name="Order">Only the one with this number.</param>
/// <param name="Product">Only those of this product.</param>
/// <param name="Status">Only those with one of these.</param>
/// <param name="Late">
/// Whether they are late: not finished, and due before now or before the plan in force has them end. All unless told.
/// </param>
public sealed record OrderFilter(Code? Order, Code? Product, WorkOrderStatus[]? Status, bool? Late);

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
            .By(OrderSort.Product, o => o.Product)
            .FoundBy(o => o.Number, o => o.Product, o => o.Lot);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders", Handle).Named("listOrders", "List the orders")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their numbers unless told; the time is that at which they are due.</summary>
    static async Task<Page<OrderLine>> Handle(
        WorkOrdersDb db, TimeProvider clock, [AsParameters] OrderFilter filter, [AsParameters] TimeFilter due,
        [AsParameters] SearchFilter search, [AsParameters] Sorting<OrderSort> sorting, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var orders = Filtered(db.Orders.AsNoTracking().In(due, o => o.DueAt), filter);
        if (filter.Product is not null || filter.Order is not null || due is not (null, null))
            orders = await orders.FoundFirst(ct);
        if (filter.Late is { } late) orders = Late(orders, late, db, clock.GetUtcNow());
        var rows = await (await Sorted.Take(orders, search, sorting, page, ct)).ToListAsync(ct);
        var ends = await PlannedEnds([.. rows.Select(order => order.Id)], db, ct);
        return Sorted.Page(rows, sorting, page, order => OrderLine.Of(
            order, ends.TryGetValue(order.Id, out var end) ? end : null));
    }

    static IQueryable<WorkOrder> Filtered(IQueryable<WorkOrder> orders, OrderFilter filter)
    {
        if (filter.Order is { Value: var number }) orders = orders.Where(o => o.Number == number);
        if (filter.Product is { Value: var product }) orders = orders.Where(o => o.Product == product);
        if (filter.Status is not { Length: > 0 } status) return orders;
        if (status.All(one => one is WorkOrderStatus.Planned or WorkOrderStatus.Released or WorkOrderStatus.OnHold))
            orders = Unfinished(orders);
        return orders.Where(o => status.Contains(o.Status));
    }

    // Said as the indexes have it, which know those that are not finished, in each order
    static IQueryable<WorkOrder> Unfinished(IQueryable<WorkOrder> orders) => orders.Where(o =>
        o.Status == WorkOrderStatus.Planned || o.Status == WorkOrderStatus.Released || o.Status == WorkOrderStatus.OnHold);

    static IQueryable<WorkOrder> Late(IQueryable<WorkOrder> orders, bool late, WorkOrdersDb db, DateTimeOffset now)
    {
        var planned = db.Database.SqlQuery<Guid>(
            $"""
            SELECT w.id AS "Value" FROM planned_operation p
            JOIN operation o ON o.id = p.operation_id AND o.status <> 'Done' JOIN work_order w ON w.id = o.order_id
            WHERE p.ends_at > w.due_at
            """);
        return late
            ? Unfinished(orders).Where(o => o.DueAt < now || planned.Contains(o.Id))
            : orders.Where(o => (o.Status != WorkOrderStatus.Planned && o.Status != WorkOrderStatus.Released
                && o.Status != WorkOrderStatus.OnHold) || ((o.DueAt == null || o.DueAt >= now) && !planned.Contains(o.Id)));
    }

    static async Task<Dictionary<Guid, DateTimeOffset>> PlannedEnds(Guid[] orders, WorkOrdersDb db, CancellationToken ct) =>
        (await db.Connection.QueryAsync<(Guid Order, DateTimeOffset End)>(new CommandDefinition(
            """
            SELECT o.order_id, max(p.ends_at) FROM operation o JOIN planned_operation p ON p.operation_id = o.id
            WHERE o.order_id = ANY(@orders) AND o.status <> 'Done' GROUP BY o.order_id
            """, new { orders }, db.Transaction, cancellationToken: ct)))
            .ToDictionary(row => row.Order, row => row.End);
}
