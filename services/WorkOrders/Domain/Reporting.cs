using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>What the rules look at when a report comes in.</summary>
public sealed record ReportingContext
{
    /// <summary>The order, locked.</summary>
    public required WorkOrder Order { get; init; }

    /// <summary>The operation.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The operator's sign-on.</summary>
    public required SignOn SignOn { get; init; }

    /// <summary>Codes of the equipment the operator may work at.</summary>
    public required IReadOnlyList<string> Qualifications { get; init; }

    /// <summary>Whether other equipment of that code is known.</summary>
    public bool IsEquipmentKnown { get; init; }

    /// <summary>Whether the equipment was down, or retired, at any time of the work.</summary>
    public bool IsEquipmentDown { get; init; }

    /// <summary>When Quality blocked the operation, or null.</summary>
    public DateTimeOffset? BlockedSince { get; init; }

    /// <summary>Whether components of the order are missing.</summary>
    public bool IsMaterialShort { get; init; }

    /// <summary>What was reported here by the end of the report, without it.</summary>
    public Pieces ReportedByThen { get; init; }

    /// <summary>The operation before, or null for the first.</summary>
    public Operation? Predecessor { get; init; }

    /// <summary>
    /// Good pieces that the operation before had delivered by the end of the report; null for the first operation.
    /// </summary>
    public decimal? DeliveredByThen { get; init; }

    /// <summary>The latest end of a report here or at the next operation, UTC, or null: one that ends by then is late.</summary>
    public DateTimeOffset? LatestEnd { get; init; }

    /// <summary>Whether there is a report on the operation of the same time and pieces.</summary>
    public bool MayHaveEqual { get; init; }

    /// <summary>Whether the product's pieces have serial numbers.</summary>
    public bool IsSerialized { get; init; }

    /// <summary>What is known of the pieces that the report names.</summary>
    public PieceFacts NamedPieces { get; init; } = PieceFacts.None;

    /// <summary>Server time.</summary>
    public DateTimeOffset Now { get; init; }

    /// <exception cref="RuleViolation">No equipment has this code, and the operation names none such.</exception>
    internal void MustKnow(string equipment)
    {
        if (!IsEquipmentKnown && !Operation.Equipment.Contains(equipment))
        {
            throw new RuleViolation("equipment-not-found", "No equipment has this code.", ("equipment", equipment));
        }
    }
}

/// <summary>The rules for production reports: what is refused, and what is taken with a discrepancy.</summary>
public static class Reporting
{
    /// <summary>Takes a report: adds it to operation and order and returns the discrepancies that it causes.</summary>
    /// <exception cref="RuleViolation">A rule whose policy is to block is broken.</exception>
    public static IReadOnlyList<string> Take(ProductionReport report, ReportingContext context)
    {
        MustBePossible(report, context);
        PieceRules.MustFit(report, context);
        var discrepancies = Discrepancies(report, context).ToList();
        context.Order.Add(report, context.Operation);
        context.Operation.Reconsider(context.Predecessor, context.Order.Quantity, context.Order.Policies.CompletesByQuantity);
        if (context.Operation.IsReceipt)
        {
            context.Order.CompleteByQuantity();
        }
        return discrepancies;
    }

    /// <summary>
    /// Takes the time of work that was begun, without pieces: what it may be begun under was judged then, and it is never
    /// refused.
    /// </summary>
    /// <returns>The discrepancies that it causes.</returns>
    public static IReadOnlyList<string> Book(ProductionReport time, ReportingContext context)
    {
        context.Order.Add(time, context.Operation);
        return context.IsEquipmentDown ? [DiscrepancyKinds.EquipmentDown] : [];
    }

    /// <summary>Takes a report back by its counter-report; an order that has lost its quantity by it is open again.</summary>
    public static void TakeBack(ProductionReport counter, WorkOrder order, Operation operation)
    {
        order.Add(counter, operation);
        order.ReopenBelowQuantity();
    }

    /// <summary>Counts pieces of a report as Quality has decided, or takes that back by its counter-report.</summary>
    public static void Correct(ProductionReport correction, WorkOrder order, Operation operation, Operation? predecessor)
    {
        order.Add(correction, operation);
        if (!operation.Reconsider(predecessor, order.Quantity, order.Policies.CompletesByQuantity))
        {
            operation.Widen(predecessor, order.Quantity);
        }
        order.ReopenBelowQuantity();
        order.CompleteByQuantity();
    }

    /// <summary>More pieces finished than the operation before had delivered by then.</summary>
    public static bool IsAhead(decimal finished, decimal? delivered) => finished > delivered;

    /// <summary>Whether the good pieces exceed the order's quantity and tolerance.</summary>
    public static bool IsOverQuantity(decimal good, WorkOrder order) =>
        good > order.Quantity * (1 + order.Policies.OverQuantityTolerancePercent / 100);

    static void MustBePossible(ProductionReport report, ReportingContext context)
    {
        var (order, operation) = (context.Order, context.Operation);
        if (order.Status is WorkOrderStatus.Planned or WorkOrderStatus.Cancelled)
        {
            throw new RuleViolation("order-not-released", "Release the order before work is reported on it.",
                ("order", order.Number), ("status", order.Status.ToString()));
        }
        if (DeviceClock.IsInFuture(report.EndedAt, context.Now))
        {
            throw new RuleViolation("report-in-the-future", "The end lies in the future. Check the device's clock.",
                ("endedAt", report.EndedAt), ("serverTime", context.Now));
        }
        context.SignOn.MustCover(report.StartedAt);
        context.MustKnow(report.Equipment);
        if (context.BlockedSince is { } since && report.StartedAt >= since)
        {
            throw new RuleViolation("operation-on-quality-hold", "Quality has stopped this operation. Ask for its release.",
                ("operation", operation.Code), ("since", since));
        }
    }

    static IEnumerable<string> Discrepancies(ProductionReport report, ReportingContext context)
    {
        var policies = context.Order.Policies;
        if (Breaks(policies.Qualification, !IsQualified(report, context), "operator-not-qualified",
            "Choose an operator who is qualified for this equipment.", ("operator", report.Operator),
            ("equipment", report.Equipment)))
        {
            yield return DiscrepancyKinds.Qualification;
        }
        var finished = (context.ReportedByThen + Pieces.Of(report)).Finished;
        // nothing that adds no pieces is refused for what was finished before it
        var addsPieces = finished > context.ReportedByThen.Finished;
        var sequence = addsPieces || policies.Sequence != Enforcement.Block ? policies.Sequence : Enforcement.Warn;
        if (Breaks(sequence, IsAhead(finished, context.DeliveredByThen), "ahead-of-predecessor",
            "Report the operation before it first.", ("finished", finished), ("delivered", context.DeliveredByThen)))
        {
            yield return DiscrepancyKinds.Sequence;
        }
        var good = context.Operation.Good + report.Good;
        if (Breaks(policies.OverQuantity, IsOverQuantity(good, context.Order), "over-quantity",
            "Report at most the ordered quantity and its tolerance.", ("good", good), ("quantity", context.Order.Quantity)))
        {
            yield return DiscrepancyKinds.OverQuantity;
        }
        if (Breaks(policies.Material, context.IsMaterialShort, "material-missing",
            "Components of the order are missing. Ask the warehouse.", ("order", context.Order.Number)))
        {
            yield return DiscrepancyKinds.Material;
        }
        if (Breaks(policies.Serials, context.IsSerialized && context.Operation.IsReceipt && report.LacksSerials(),
            "serials-missing", "Name the pieces by their serial numbers.", ("order", context.Order.Number),
            ("operation", context.Operation.Code)))
        {
            yield return DiscrepancyKinds.Serials;
        }
        if (!context.Order.IsOpen || context.Order.Status == WorkOrderStatus.OnHold)
        {
            yield return DiscrepancyKinds.OrderNotOpen;
        }
        if (context.IsEquipmentDown)
        {
            yield return DiscrepancyKinds.EquipmentDown;
        }
    }

    /// <summary>Who names equipment that the routing does not must be qualified for what the routing asks for as well.</summary>
    static bool IsQualified(ProductionReport report, ReportingContext context) =>
        context.Qualifications.Contains(report.Equipment)
        && (context.Operation.Equipment.Contains(report.Equipment)
            || context.Operation.Equipment.Any(context.Qualifications.Contains));

    static bool Breaks(
        Enforcement enforcement, bool isBroken, string code, string hint, params (string, object?)[] values)
    {
        if (isBroken && enforcement == Enforcement.Block)
        {
            throw new RuleViolation(code, hint, values);
        }
        return isBroken && enforcement == Enforcement.Warn;
    }
}
