using Mes.Contracts;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features;

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
        order.StatusReason, order.Priority, order.ReleaseAt, order.DueAt, order.RoutingCode, order.RoutingRevision,
        order.Policies,
        [.. order.Operations.OrderBy(o => o.Sequence).Select(o => new OperationView(
            o.Id, o.Sequence, o.Code, o.Equipment, o.Status, o.Good, o.Scrap, o.Nonconforming, o.IsReceipt, o.IsInspection))]);
}
