using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>An operation of a followed order.</summary>
/// <param name="OperationId">Identity.</param>
/// <param name="Code">Its short name.</param>
public sealed record FollowedOperation(Guid OperationId, string Code);

/// <summary>What Quality knows of a work order: of reports first, of the order itself when that arrives.</summary>
[NotAudited]
public sealed class FollowedOrder
{
    /// <summary>Identity.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The ERP's number.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Product code.</summary>
    public string Product { get; private set; } = "";

    /// <summary>Where it stands, or null while only a report of it has arrived.</summary>
    public WorkOrderStatus? Status { get; private set; }

    /// <summary>The newest version applied; 0 for none.</summary>
    public long Version { get; private set; }

    /// <summary>Its operations, by their place in the routing.</summary>
    public IReadOnlyList<FollowedOperation> Operations { get; private set; } = [];

    /// <summary>Whether it was cancelled; an order stays so.</summary>
    public bool IsCancelled => Status == WorkOrderStatus.Cancelled;

    /// <summary>Takes over a snapshot if it is newer.</summary>
    /// <returns>Whether it was.</returns>
    public bool Follow(WorkOrderChanged order)
    {
        if (order.Version <= Version)
        {
            return false;
        }
        (Number, Product, Status, Version) = (order.Number, order.Product, order.Status, order.Version);
        Operations = [.. order.Operations.OrderBy(operation => operation.Sequence)
            .Select(operation => new FollowedOperation(operation.OperationId, operation.Code))];
        return true;
    }
}

/// <summary>A report that opened something, and whether it was undone; either may arrive first.</summary>
[NotAudited]
public sealed class FollowedReport
{
    /// <summary>The report.</summary>
    public Guid ReportId { get; init; }

    /// <summary>Its order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The report itself, or null while only its counter-report has arrived.</summary>
    public ProductionReported? Report { get; private set; }

    /// <summary>The counter-report that undid it, or null.</summary>
    public Guid? UndoneBy { get; private set; }

    /// <summary>The report has arrived.</summary>
    /// <returns>Whether for the first time: it may come again under another message id.</returns>
    public bool Follow(ProductionReported report)
    {
        var isFirst = Report is null;
        Report ??= report;
        return isFirst;
    }

    /// <summary>Its counter-report has arrived.</summary>
    /// <returns>Whether for the first time.</returns>
    public bool Undo(Guid counterId)
    {
        var isFirst = UndoneBy is null;
        UndoneBy ??= counterId;
        return isFirst;
    }
}
