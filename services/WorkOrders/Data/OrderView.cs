using Mes.Contracts;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Data;

/// <summary>An operation as its order shows it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Sequence">Its place among the operations of the order, from 1.</param>
/// <param name="Code">What it is called in the routing.</param>
/// <param name="Equipment">Codes of the equipment on which it can be done.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Good">Good pieces reported so far.</param>
/// <param name="Scrap">Scrapped pieces reported so far.</param>
/// <param name="Nonconforming">Pieces that wait for a decision of Quality, reported so far.</param>
/// <param name="IsReceipt">Whether its good pieces are received into stock.</param>
/// <param name="IsInspection">Whether it is done by Quality.</param>
public sealed record OperationView(
    Guid Id, int Sequence, string Code, IReadOnlyList<string> Equipment, OperationStatus Status, decimal Good, decimal Scrap,
    decimal Nonconforming, bool IsReceipt, bool IsInspection);

/// <summary>An order with its operations.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Order">The number that the ERP and people know it by.</param>
/// <param name="Product">Product code.</param>
/// <param name="Quantity">What is ordered, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Lot">Number of the lot that it makes.</param>
/// <param name="Received">What has come into stock, in <paramref name="Unit"/>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusReason">Why it is held, cancelled or closed short, or null.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order.</param>
/// <param name="ReleaseAt">Not to be begun before, UTC, or null.</param>
/// <param name="DueAt">When it is due, UTC, or null.</param>
/// <param name="Routing">Routing that it follows.</param>
/// <param name="Revision">The revision of it.</param>
/// <param name="Policies">What is enforced when work is reported.</param>
/// <param name="Operations">Its operations, in sequence.</param>
/// <param name="Verbs">What can be done with it now, and why not what cannot.</param>
public sealed record OrderView(
    Guid Id, string Order, string Product, decimal Quantity, string Unit, string Lot, decimal Received, WorkOrderStatus Status,
    string? StatusReason, int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt, string Routing,
    string Revision, Policies Policies, IReadOnlyList<OperationView> Operations, IReadOnlyList<VerbState> Verbs)
{
    internal static OrderView Of(WorkOrder order) => new(
        order.Id, order.Number, order.Product, order.Quantity, order.Unit, order.Lot, order.Received, order.Status,
        order.StatusReason, order.Priority, order.ReleaseAt, order.DueAt, order.RoutingCode, order.RoutingRevision,
        order.Policies,
        [.. order.Operations.OrderBy(o => o.Sequence).Select(o => new OperationView(
            o.Id, o.Sequence, o.Code, o.Equipment, o.Status, o.Good, o.Scrap, o.Nonconforming, o.IsReceipt, o.IsInspection))],
        order.Verbs());
}
