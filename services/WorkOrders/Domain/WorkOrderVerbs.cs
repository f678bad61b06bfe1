using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>What people do with an order as a whole.</summary>
public enum OrderVerb
{
    /// <summary>Let the floor work on it.</summary>
    Release,
    /// <summary>Stop it until it is resumed.</summary>
    Hold,
    /// <summary>Let the floor go on.</summary>
    Resume,
    /// <summary>Say what is wanted of it now.</summary>
    Change,
    /// <summary>Split a part of it off as an order of its own.</summary>
    Split,
    /// <summary>Take others into it.</summary>
    Merge,
    /// <summary>Make another one like it.</summary>
    Copy,
    /// <summary>Write a note to it.</summary>
    Note,
    /// <summary>Give it up.</summary>
    Cancel,
    /// <summary>Close it, completed or short.</summary>
    Close
}

/// <summary>Whether something can be done with an order now.</summary>
/// <param name="Verb">What.</param>
/// <param name="IsAllowed">Whether the order allows it.</param>
/// <param name="Reason">The code that it would be refused with, or null where it is allowed.</param>
/// <param name="Hint">What to do about it, or null where it is allowed.</param>
public sealed record VerbState(OrderVerb Verb, bool IsAllowed, string? Reason, string? Hint);

/// <summary>What may be done with an order as a whole: each verb asks the same rule that tells beforehand why not.</summary>
public sealed partial class WorkOrder
{
    /// <summary>Whether each verb is allowed now, without what only its values can be refused for.</summary>
    public IReadOnlyList<VerbState> Verbs() =>
    [
        State(OrderVerb.Release, WhyNoRelease()), State(OrderVerb.Hold, WhyNoHold()), State(OrderVerb.Resume, WhyNoResume()),
        State(OrderVerb.Change, WhyNoChange()), State(OrderVerb.Split, WhyNoSplit()), State(OrderVerb.Merge, WhyNoMerge()),
        State(OrderVerb.Copy, null), State(OrderVerb.Note, null), State(OrderVerb.Cancel, WhyNoCancel()),
        State(OrderVerb.Close, WhyNoClose())
    ];

    static VerbState State(OrderVerb verb, RuleViolation? refusal) => new(verb, refusal is null, refusal?.Code, refusal?.Hint);

    /// <summary>Lets the floor work on it.</summary>
    public void Release() => Become(WorkOrderStatus.Released, null, WhyNoRelease());

    /// <summary>Stops it until it is resumed.</summary>
    public void Hold(string reason) => Become(WorkOrderStatus.OnHold, reason, WhyNoHold());

    /// <summary>Lets the floor go on.</summary>
    public void Resume() => Become(WorkOrderStatus.Released, null, WhyNoResume());

    /// <summary>Gives it up; only where nothing was reported.</summary>
    public void Cancel(string reason) => Become(WorkOrderStatus.Cancelled, reason, WhyNoCancel());

    /// <summary>
    /// Closes it: completed where its quantity was received, else short, which needs a reason unless all its operations are
    /// done, so that nothing more can come.
    /// </summary>
    public void Close(string? reason)
    {
        Must(WhyNoClose());
        if (Received >= Quantity)
        {
            Become(WorkOrderStatus.Completed, null, null);
            return;
        }
        if (string.IsNullOrWhiteSpace(reason))
        {
            reason = Operations.Count > 0 && Operations.TrueForAll(operation => operation.Status == OperationStatus.Done)
                ? "all operations are done"
                : throw new RuleViolation("quantity-not-reached",
                    "Complete its operations, or give a reason to close the order short.",
                ("order", Number), ("received", Received), ("quantity", Quantity));
        }
        Become(WorkOrderStatus.ClosedShort, reason, null);
    }

    /// <summary>
    /// Splits pieces off that nothing was reported on, as an order of the same routing; what was reported stays here.
    /// </summary>
    /// <param name="quantity">How many, less than all.</param>
    /// <param name="number">Number of the new order.</param>
    /// <param name="lot">Lot that it makes; its number where none is given.</param>
    /// <param name="routing">The revision this order was made by.</param>
    /// <returns>The new order, released if this one is.</returns>
    /// <exception cref="RuleViolation">The order does not allow it, or has not so many untouched pieces.</exception>
    public WorkOrder Split(decimal quantity, string number, string? lot, Routing routing)
    {
        Must(WhyNoSplit());
        if (quantity > Untouched || quantity >= Quantity)
        {
            throw new RuleViolation("split-too-large",
                "Split off less than the order's quantity, and at most what nothing was reported on.",
                ("order", Number), ("quantity", quantity), ("untouched", Untouched));
        }
        var other = routing.Order(new OrderRequest(number, lot, Demand with { Quantity = quantity }), Unit);
        if (Status == WorkOrderStatus.Released)
        {
            other.Release();
        }
        Change(Demand with { Quantity = Quantity - quantity }, routing);
        return other;
    }

    /// <summary>Takes over what other orders of the same routing were to make; they are cancelled.</summary>
    /// <param name="others">Orders that no work has begun on, as on this one.</param>
    /// <param name="routing">The revision they were made by.</param>
    /// <exception cref="RuleViolation">One of them, or this one, does not allow it.</exception>
    public void Merge(IReadOnlyList<WorkOrder> others, Routing routing)
    {
        Must(WhyNoMerge());
        foreach (var other in others)
        {
            Must(other.WhyNoMerge());
            if ((other.Product, other.RoutingCode, other.RoutingRevision) != (Product, RoutingCode, RoutingRevision))
            {
                throw new RuleViolation("orders-differ", "Merge orders of the same product, routing and revision.",
                    ("order", other.Number), ("product", other.Product), ("routing", other.RoutingCode),
                    ("revision", other.RoutingRevision));
            }
            other.Cancel($"merged into {Number}");
        }
        Change(Demand with { Quantity = Quantity + others.Sum(other => other.Quantity) }, routing);
    }

    /// <summary>Pieces that nothing was reported on, at none of its operations.</summary>
    public decimal Untouched => Quantity
        - Operations.Select(operation => operation.Good + operation.Scrap + operation.Nonconforming).DefaultIfEmpty().Max();

    bool HasBegun => Reports > 0 || Operations.Exists(operation => operation.Status != OperationStatus.Waiting);

    RuleViolation? WhyNoRelease() => Unless("be released", WorkOrderStatus.Planned);

    RuleViolation? WhyNoHold() => Unless("be held", WorkOrderStatus.Released);

    RuleViolation? WhyNoResume() => Unless("be resumed", WorkOrderStatus.OnHold);

    RuleViolation? WhyNoClose() => Unless("be closed", WorkOrderStatus.Released, WorkOrderStatus.OnHold);

    RuleViolation? WhyNoCancel() => Reports > 0
        ? new RuleViolation("order-has-reports", "Work has been reported on it: close it short instead.",
            ("order", Number), ("reports", Reports))
        : Operations.Exists(operation => operation.WorkUnderWay > 0)
        ? new RuleViolation("work-under-way", "Have the operators end their work on it first.", ("order", Number))
        : Unless("be cancelled", WorkOrderStatus.Planned, WorkOrderStatus.Released, WorkOrderStatus.OnHold);

    RuleViolation? WhyNoChange() =>
        Status is WorkOrderStatus.Planned or WorkOrderStatus.Released or WorkOrderStatus.OnHold ? null
        : new RuleViolation("wrong-order-status", "A closed order stays as it was. Order the rest under another number.",
            ("order", Number), ("status", Status.ToString()));

    RuleViolation? WhyNoSplit() => Unless("be split", WorkOrderStatus.Planned, WorkOrderStatus.Released)
        ?? (Untouched > 0 ? null : new RuleViolation("nothing-untouched", "Work was reported on all its pieces.",
            ("order", Number), ("quantity", Quantity)));

    RuleViolation? WhyNoMerge() => Unless("be merged", WorkOrderStatus.Planned, WorkOrderStatus.Released)
        ?? (HasBegun ? new RuleViolation("order-has-begun", "Merge orders that no work was reported on.", ("order", Number))
            : null);

    RuleViolation? Unless(string verb, params WorkOrderStatus[] allowed) => allowed.Contains(Status) ? null
        : new RuleViolation("wrong-order-status", $"Only an order that is {string.Join(" or ", allowed)} can {verb}.",
            ("order", Number), ("status", Status.ToString()));

    static void Must(RuleViolation? refusal)
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    void Become(WorkOrderStatus next, string? reason, RuleViolation? refusal)
    {
        Must(refusal);
        Status = next;
        StatusReason = reason;
        Version++;
    }
}
