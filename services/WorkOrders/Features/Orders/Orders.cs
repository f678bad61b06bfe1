using Mes.Contracts;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>An order in a list.</summary>
public sealed record OrderLine(
    Guid Id, string Number, string Product, decimal Quantity, string Unit, decimal Received, WorkOrderStatus Status,
    int Priority, DateTimeOffset? DueAt);

/// <summary>An operation as its order shows it.</summary>
public sealed record OperationView(
    Guid Id, int Sequence, string Code, IReadOnlyList<string> Equipment, OperationStatus Status, decimal Good, decimal Scrap,
    decimal Nonconforming, bool IsReceipt, bool IsInspection);

/// <summary>An order with its operations.</summary>
public sealed record OrderView(
    Guid Id, string Number, string Product, decimal Quantity, string Unit, string Lot, decimal Received, WorkOrderStatus Status,
    string? StatusReason, int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt, string RoutingCode,
    string RoutingRevision, Policies Policies, IReadOnlyList<OperationView> Operations)
{
    internal static OrderView Of(WorkOrder order) => new(
        order.Id, order.Number, order.Product, order.Quantity, order.Unit, order.Lot, order.Received, order.Status,
        order.StatusReason, order.Priority, order.ReleaseAt, order.DueAt, order.RoutingCode, order.RoutingRevision, order.Policies,
        [.. order.Operations.OrderBy(o => o.Sequence).Select(o => new OperationView(
            o.Id, o.Sequence, o.Code, o.Equipment, o.Status, o.Good, o.Scrap, o.Nonconforming, o.IsReceipt, o.IsInspection))]);
}

static class OrdersEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/orders", List).RequireAuthorization(Permissions.ReadWorkOrders);
        api.MapGet("/orders/{id:guid}", Show).RequireAuthorization(Permissions.ReadWorkOrders);
        api.MapGet("/operations/{id:guid}/reports", Reports).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Page<OrderLine>> List(
        WorkOrdersDb db, Code? number, Code? product, WorkOrderStatus? status, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Orders.AsNoTracking()
            .Where(o => o.Id > after && (number == null || o.Number == number) && (product == null || o.Product == product)
                && (status == null || o.Status == status))
            .OrderBy(o => o.Id).Take(page.Size + 1)
            .Select(o => new OrderLine(o.Id, o.Number, o.Product, o.Quantity, o.Unit, o.Received, o.Status, o.Priority, o.DueAt))
            .ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<OrderView> Show(Guid id, WorkOrdersDb db, CancellationToken ct) =>
        OrderView.Of(await db.Orders.AsNoTracking().Include(o => o.Operations).SingleOrDefaultAsync(o => o.Id == id, ct)
            ?? throw RuleViolation.NotFound("order", id));

    static async Task<Page<ProductionReport>> Reports(
        Guid id, WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Reports.AsNoTracking().Where(report => report.OperationId == id && report.Id > after)
            .OrderBy(report => report.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, report => report.Id.ToString());
    }
}
