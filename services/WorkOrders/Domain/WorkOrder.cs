using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>A work order: a quantity of a product, with its own copy of the routing.</summary>
public sealed partial class WorkOrder
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The ERP's number, unique.</summary>
    public required string Number { get; init; }

    /// <summary>Product code.</summary>
    public required string Product { get; init; }

    /// <summary>Unit of all quantities.</summary>
    public required string Unit { get; init; }

    /// <summary>Ordered quantity, &gt; 0.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Code of the routing that was copied.</summary>
    public required string RoutingCode { get; init; }

    /// <summary>Its revision.</summary>
    public required string RoutingRevision { get; init; }

    /// <summary>Lot number of what the order makes.</summary>
    public required string Lot { get; init; }

    /// <summary>How strictly the routing is followed.</summary>
    public required Policies Policies { get; init; }

    /// <summary>0 is normal, higher is more urgent, 100 and above is a rush order.</summary>
    public int Priority { get; private set; }

    /// <summary>Earliest start, UTC, or null.</summary>
    public DateTimeOffset? ReleaseAt { get; private set; }

    /// <summary>Due date, UTC, or null.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public WorkOrderStatus Status { get; private set; }

    /// <summary>Why it is on hold, cancelled or closed short.</summary>
    public string? StatusReason { get; private set; }

    /// <summary>Good pieces of the receipt operation.</summary>
    public decimal Received { get; private set; }

    /// <summary>Number of reports in force: one that was undone counts no more.</summary>
    public int Reports { get; private set; }

    /// <summary>Rises with each change that others must know.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>The components it needs.</summary>
    public IReadOnlyList<RequiredMaterial> Components { get; private set; } = [];

    /// <summary>The operations, in their order.</summary>
    public List<Operation> Operations { get; init; } = [];

    /// <summary>Makes a planned order that follows a routing.</summary>
    /// <exception cref="RuleViolation">It would need more of a component than any stock can hold.</exception>
    internal static WorkOrder Of(Routing routing, OrderRequest request, string unit)
    {
        var demand = request.Demand;
        var order = new WorkOrder
        {
            Id = Guid.CreateVersion7(), Number = request.Number, Product = routing.Product, Unit = unit,
            Quantity = demand.Quantity, RoutingCode = routing.Code, RoutingRevision = routing.Revision,
            Lot = request.Lot ?? request.Number, Policies = routing.Policies, Priority = demand.Priority,
            ReleaseAt = demand.ReleaseAt, DueAt = demand.DueAt, Status = WorkOrderStatus.Planned,
            Components = routing.Requirements(demand.Quantity)
        };
        order.Operations.AddRange(routing.Steps.Select((step, index) => Operation.Of(step, order, index)));
        foreach (var (operation, predecessor) in order.InOrder())
        {
            operation.Follow(predecessor);
        }
        return order;
    }

    /// <summary>
    /// Counts a report on one of its operations, or takes it back by its counter-report. A correction is no work.
    /// </summary>
    internal void Add(ProductionReport report, Operation operation)
    {
        operation.Add(report);
        Reports += report.Work;
        Received += operation.IsReceipt ? report.Good : 0;
    }

    internal void CompleteByQuantity()
    {
        if (Policies.CompletesByQuantity && Status == WorkOrderStatus.Released && Received >= Quantity)
        {
            Close(null);
        }
    }

    /// <summary>Others drop a state that is not newer: what an undoing leaves is one, whatever became of the order.</summary>
    internal void ReopenBelowQuantity()
    {
        if (Status == WorkOrderStatus.Completed && Received < Quantity)
        {
            Become(WorkOrderStatus.Released, null, null);
        }
        else
        {
            Version++;
        }
    }

    /// <summary>
    /// Takes over what is wanted of it now, as long as it is not closed: materials and operations follow.
    /// </summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="routing">The revision it was made by, for the components.</param>
    /// <returns>Whether that is anything new.</returns>
    /// <exception cref="RuleViolation">It is closed, or less is wanted than is good already.</exception>
    public bool Change(OrderDemand wanted, Routing routing)
    {
        if (wanted == Demand)
        {
            return false;
        }
        MustAllow(wanted);
        var (isMore, quantity) = (wanted.Quantity > Quantity, wanted.Quantity);
        if (quantity != Quantity)
        {
            Components = routing.Requirements(quantity);
        }
        (Quantity, Priority, ReleaseAt, DueAt) = (quantity, wanted.Priority, wanted.ReleaseAt, wanted.DueAt);
        Version++;
        foreach (var (operation, predecessor) in InOrder())
        {
            _ = isMore && operation.Widen(predecessor, quantity);
            operation.Reconsider(predecessor, quantity, Policies.CompletesByQuantity);
        }
        CompleteByQuantity();
        return true;
    }

    void MustAllow(OrderDemand wanted)
    {
        Must(WhyNoChange());
        var done = Operations.Select(operation => operation.Good).DefaultIfEmpty().Max();
        if (wanted.Quantity < done)
        {
            throw new RuleViolation("quantity-below-done",
                "So many pieces are good already. Order at least these, or close the order short.",
                ("order", Number), ("quantity", wanted.Quantity), ("done", done));
        }
    }

    /// <summary>What is wanted of it.</summary>
    public OrderDemand Demand => new(Quantity, Priority, ReleaseAt, DueAt);

    /// <summary>What a person says of an operation: that it is done, or open again. Others are told a newer state.</summary>
    /// <returns>Whether that changed it.</returns>
    /// <exception cref="RuleViolation">The order is not open, or nothing was done at the operation.</exception>
    public bool Decide(Operation operation, Func<Operation, bool> decision)
    {
        Operation.MustBeOf(this);
        if (!decision(operation))
        {
            return false;
        }
        ReconsiderAfter(operation);
        Version++;
        return true;
    }

    /// <summary>
    /// What an operation's being done, or open again, means for those after it. Where more changes by that than others can
    /// tell from the reports, they are told a newer state.
    /// </summary>
    public void ReconsiderAfter(Operation changed)
    {
        var isNews = changed.Status == OperationStatus.Done && changed.Good < Quantity;
        foreach (var (operation, predecessor) in After(changed))
        {
            if (!operation.Reconsider(predecessor, Quantity, Policies.CompletesByQuantity))
            {
                break;
            }
            isNews = true;
        }
        Version += isNews ? 1 : 0;
    }

    /// <summary>
    /// More good pieces of an operation that is done already, say because Quality has passed them: those after it that were
    /// done with what had come are open again for the rest. Others are told a newer state.
    /// </summary>
    public void WidenAfter(Operation changed)
    {
        foreach (var (operation, predecessor) in After(changed))
        {
            if (!operation.Widen(predecessor, Quantity))
            {
                break;
            }
            Version++;
        }
    }

    IEnumerable<(Operation Operation, Operation? Predecessor)> After(Operation changed) =>
        InOrder().SkipWhile(pair => pair.Operation.Sequence <= changed.Sequence);

    IEnumerable<(Operation Operation, Operation? Predecessor)> InOrder()
    {
        Operation? predecessor = null;
        foreach (var operation in Operations.OrderBy(operation => operation.Sequence))
        {
            yield return (operation, predecessor);
            predecessor = operation;
        }
    }

    /// <summary>Whether the floor works on it.</summary>
    public bool IsOpen => Status is WorkOrderStatus.Released or WorkOrderStatus.OnHold;

    /// <summary>The pieces that get a serial number each.</summary>
    /// <exception cref="RuleViolation">
    /// The product is not tracked by serial numbers, the order over or its quantity not whole.
    /// </exception>
    public int PiecesToTrack(Product product)
    {
        if (product.Tracking != Tracking.Serial)
        {
            throw new RuleViolation("product-not-serialized", "Say at the product that it is tracked by serial number.",
                ("product", product.Code));
        }
        if (Status is not WorkOrderStatus.Planned && !IsOpen)
        {
            throw new RuleViolation("order-over", "Only pieces that are still to be made get numbers.",
                ("order", Number), ("status", Status.ToString()));
        }
        return Quantity == decimal.Truncate(Quantity) ? (int)Quantity : throw new RuleViolation("quantity-not-whole",
            "Pieces with serial numbers are counted whole: change the order's quantity.",
            ("order", Number), ("quantity", Quantity));
    }

    /// <summary>The snapshot that others keep.</summary>
    public WorkOrderChanged ToContract() => new(
        Id, Number, Version, Status, Product, Unit, Quantity, Priority, ReleaseAt, DueAt,
        [.. Operations.OrderBy(o => o.Sequence).Select(o => o.ToContract(Quantity))], Components);
}
