using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>Where an operation stands.</summary>
public enum OperationStatus
{
    /// <summary>Nothing was reported.</summary>
    Waiting,
    /// <summary>Work was reported, or is under way.</summary>
    Started,
    /// <summary>Completed, by a person or by its quantity.</summary>
    Done
}

/// <summary>One operation of a work order, with what was reported on it.</summary>
public sealed class Operation
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>Position in the routing: 10, 20, …</summary>
    public int Sequence { get; init; }

    /// <summary>Short name, unique in the order.</summary>
    public required string Code { get; init; }

    /// <summary>Codes of the equipment that can do it; the first is preferred.</summary>
    public required List<string> Equipment { get; init; }

    /// <summary>Family for sequence-dependent setups, or null.</summary>
    public string? SetupFamily { get; init; }

    /// <summary>Planned setup time, seconds.</summary>
    public decimal SetupSeconds { get; init; }

    /// <summary>Planned run time per item (ISO 22400 PRI), seconds; 0 where unknown.</summary>
    public decimal RunSecondsPerUnit { get; init; }

    /// <summary>The same, null where it is unknown.</summary>
    internal decimal? PlannedRunSecondsPerUnit => RunSecondsPerUnit > 0 ? RunSecondsPerUnit : null;

    /// <summary>What only the scheduler needs to know, or null.</summary>
    public PlanningNeeds? Planning { get; init; }

    /// <summary>Whether its good pieces are received into stock.</summary>
    public bool IsReceipt { get; init; }

    /// <summary>Whether it is done at an inspection work center.</summary>
    public bool IsInspection { get; init; }

    /// <summary>The operation before it, or null.</summary>
    public Guid? PredecessorId { get; private set; }

    /// <summary>The operation after it, or null.</summary>
    public Guid? SuccessorId { get; private set; }

    /// <summary>Where it stands.</summary>
    public OperationStatus Status { get; private set; }

    /// <summary>Good pieces.</summary>
    public decimal Good { get; private set; }

    /// <summary>Rejected pieces.</summary>
    public decimal Scrap { get; private set; }

    /// <summary>Pieces that wait for a decision by Quality.</summary>
    public decimal Nonconforming { get; private set; }

    /// <summary>Pieces that were worked on a second time, less those that Quality has sent to it.</summary>
    public decimal Reworked { get; private set; }

    /// <summary>Number of reports in force: one that was undone counts no more.</summary>
    public int Reports { get; private set; }

    /// <summary>How much work is under way on it: begun by somebody and not over.</summary>
    public int WorkUnderWay { get; private set; }

    /// <summary>Code of the operator whom a foreman asks to do it, or null: a request, which keeps nobody from it.</summary>
    public string? AssignedTo { get; private set; }

    /// <summary>The latest end of a report, UTC, or null.</summary>
    public DateTimeOffset? LastEndedAt { get; private set; }

    /// <summary>Makes the operation of an order from a step of its routing.</summary>
    public static Operation Of(RoutingStep step, WorkOrder order, int index) => new()
    {
        Id = Guid.CreateVersion7(), OrderId = order.Id, Sequence = (index + 1) * 10, Code = step.Code,
        Equipment = [.. step.Equipment], SetupFamily = step.SetupFamily, SetupSeconds = step.SetupSeconds,
        RunSecondsPerUnit = step.RunSecondsPerUnit, IsReceipt = step.IsReceipt, IsInspection = step.IsInspection,
        Planning = step.Planning
    };

    /// <summary>Puts it after another in the order, or first.</summary>
    internal void Follow(Operation? predecessor)
    {
        PredecessorId = predecessor?.Id;
        predecessor?.SuccessorId = Id;
    }

    /// <summary>What the scheduler needs of it.</summary>
    public PlannedOperation ToContract(decimal orderQuantity) => new(
        Id, Sequence, Code, Equipment, SetupFamily, SetupSeconds, RunSecondsPerUnit,
        Math.Max(0, orderQuantity - Good - Scrap), Status != OperationStatus.Waiting, Status == OperationStatus.Done,
        Planning?.Alternatives, Planning?.Resources, Planning?.Links, Planning?.IsSplittable ?? true);

    /// <summary>What was reported on it.</summary>
    public Pieces Reported => new(Good, Scrap, Nonconforming, Reworked);

    /// <summary>Its figures.</summary>
    public OperationProgress Progress => new(Id, Status, Good, Scrap, Nonconforming);

    /// <summary>Asks an operator to do it, or nobody any more.</summary>
    /// <exception cref="RuleViolation">
    /// The order is not open, the operation is done, the person is off the floor, or has not the skill that it asks for.
    /// </exception>
    public void Assign(Operator? person, WorkOrder order, DateTimeOffset now)
    {
        MustBeOf(order);
        if (Status == OperationStatus.Done)
        {
            throw new RuleViolation("operation-done", "Open it again, where more is to be done at it.", ("operation", Code));
        }
        person?.MustBeOnFloor(now);
        var asksForSkill = order.Policies.Qualification != Enforcement.Off;
        if (person is not null && asksForSkill && !Equipment.Any(unit => person.Can(unit, now)))
        {
            throw new RuleViolation("operator-not-qualified", "Choose an operator who is qualified for this equipment.",
                ("operator", person.Code), ("equipment", Equipment));
        }
        AssignedTo = person?.Code;
    }

    /// <summary>Marks it done by a person's decision.</summary>
    /// <returns>Whether that changed it.</returns>
    public bool Complete() => Become(OperationStatus.Done);

    /// <summary>Opens it again.</summary>
    /// <returns>Whether that changed it: one that work goes on at is open.</returns>
    /// <exception cref="RuleViolation">Nothing was done at it.</exception>
    public bool Reopen() => Status == OperationStatus.Waiting
        ? throw new RuleViolation("operation-not-done", "It is open: report the work on it.",
            ("operation", Code), ("status", Status.ToString()))
        : Become(OpenStatus);

    /// <summary>
    /// Adds a report, or takes it back by its counter-report: what was done is open again by that. A correction is no work.
    /// </summary>
    internal void Add(ProductionReport report)
    {
        Good += report.Good;
        Scrap += report.Scrap;
        Nonconforming += report.Nonconforming;
        Reworked += Pieces.Of(report).Reworked;
        Reports += report.Work;
        LastEndedAt = LastEndedAt is { } last && last > report.EndedAt ? last : report.EndedAt;
        if (report.Corrects is null && (Status != OperationStatus.Done || report.Reverses is not null))
        {
            Status = OpenStatus;
        }
    }

    /// <summary>
    /// Whether its pieces are good, or nothing more can come: what the one before it has reported and delivered is through.
    /// </summary>
    internal bool IsExhausted(Operation? predecessor, decimal orderQuantity) => Good >= orderQuantity
        || (predecessor is null or { Status: OperationStatus.Done, Reports: > 0 } && Reported.WaitForQuality == 0
            && Reported.Finished >= (predecessor?.Good ?? orderQuantity));

    /// <summary>
    /// Done, where quantity completes and nothing more can come; open again where it is below its quantity and more can.
    /// </summary>
    /// <returns>Whether that changed it.</returns>
    internal bool Reconsider(Operation? predecessor, decimal orderQuantity, bool completesByQuantity) =>
        completesByQuantity && IsExhausted(predecessor, orderQuantity) ? Become(OperationStatus.Done)
        : predecessor is { Status: not OperationStatus.Done } && Good < orderQuantity && Status == OperationStatus.Done
            && Become(OpenStatus);

    /// <summary>Open again because more is ordered than it has made and can still come.</summary>
    internal bool Widen(Operation? predecessor, decimal orderQuantity) =>
        Status == OperationStatus.Done && !IsExhausted(predecessor, orderQuantity) && Become(OpenStatus);

    /// <summary>Only the operations of an open order can be changed.</summary>
    /// <exception cref="RuleViolation">Code <c>order-not-open</c>.</exception>
    internal static void MustBeOf(WorkOrder order)
    {
        if (!order.IsOpen)
        {
            throw new RuleViolation("order-not-open", "Only an operation of an open order can be changed.",
                ("order", order.Number), ("status", order.Status.ToString()));
        }
    }

    /// <summary>Somebody begins work on it.</summary>
    internal void Begin()
    {
        WorkUnderWay++;
        if (Status != OperationStatus.Done)
        {
            Become(OpenStatus);
        }
    }

    /// <summary>Work on it is over; where none was reported, it waits as before.</summary>
    internal void End()
    {
        WorkUnderWay--;
        if (Status == OperationStatus.Started)
        {
            Become(OpenStatus);
        }
    }

    OperationStatus OpenStatus => Reports > 0 || WorkUnderWay > 0 ? OperationStatus.Started : OperationStatus.Waiting;

    bool Become(OperationStatus next)
    {
        var changes = Status != next;
        Status = next;
        return changes;
    }
}

/// <summary>The figures of an operation after a report.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Good">Good pieces so far.</param>
/// <param name="Scrap">Rejected pieces so far.</param>
/// <param name="Nonconforming">Pieces waiting for Quality.</param>
public sealed record OperationProgress(
    Guid OperationId, OperationStatus Status, decimal Good, decimal Scrap, decimal Nonconforming);
