using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>How work came to its end.</summary>
public enum WorkEnd
{
    /// <summary>The operator said so.</summary>
    Finished,
    /// <summary>It was begun by mistake, and counts for nothing.</summary>
    Withdrawn,
    /// <summary>The operator signed off, or left the floor, and did not end it before.</summary>
    SignOff,
    /// <summary>Nobody ended it for longer than work lasts.</summary>
    Forgotten,
    /// <summary>Its shift ended, and nobody ended it or went on with it.</summary>
    ShiftEnd
}

/// <summary>
/// What an operator has begun on an operation at an equipment unit. It is not exclusive: several people may work on one
/// operation, and one at several machines. Its time becomes labour and equipment time by the reports that are made of it.
/// </summary>
public sealed class Work
{
    /// <summary>After so long without a word from anybody it is taken as forgotten: longer than any shift.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromHours(14);

    /// <summary>Identity: the id that the client gave the command.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The operation.</summary>
    public Guid OperationId { get; init; }

    /// <summary>Code of the equipment.</summary>
    public required string Equipment { get; init; }

    /// <summary>Code of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The sign-on under which it was begun.</summary>
    public Guid SignOnId { get; init; }

    /// <summary>Run or setup.</summary>
    public WorkActivity Activity { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>What goes on with it.</summary>
    public WorkState State { get; private set; }

    /// <summary>Since when that is so, UTC.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Why it rests, or null.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>Until when its time was reported, UTC; its start, or that of its last stretch, while none of that was.</summary>
    public DateTimeOffset ReportedUntil { get; private set; }

    /// <summary>Time worked before the stretch that goes on, pauses apart, seconds.</summary>
    public decimal SecondsBefore { get; private set; }

    /// <summary>How it came to its end, or null.</summary>
    public WorkEnd? EndedBy { get; private set; }

    /// <summary>How it stood before a rule ended it; null unless a rule has.</summary>
    public WorkBefore? BeforeRule { get; private set; }

    /// <summary>Rises with each change.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Begins work on an operation.</summary>
    /// <exception cref="RuleViolation">
    /// The order is not released, the operation done, the sign-on not of that time, or a rule says that it cannot begin.
    /// </exception>
    public static Work Start(Guid id, WorkActivity activity, string equipment, DateTimeOffset at, ReportingContext context)
    {
        Operation.MustBeOf(context.Order);
        if (context.Operation.Status == OperationStatus.Done)
        {
            throw new RuleViolation("operation-done", "Open it again, where more is to be done at it.",
                ("operation", context.Operation.Code));
        }
        context.SignOn.MustCover(at);
        context.MustKnow(equipment);
        context.Operation.Begin();
        return new Work
        {
            Id = id, OrderId = context.Order.Id, OperationId = context.Operation.Id, Equipment = equipment,
            Operator = context.SignOn.Operator, SignOnId = context.SignOn.Id, Activity = activity, StartedAt = at,
            Since = at, ReportedUntil = at
        };
    }

    /// <summary>Time worked until an instant, pauses apart, seconds.</summary>
    public decimal SecondsAt(DateTimeOffset now) => SecondsAt(SecondsBefore, State, Since, now);

    /// <summary>The same of work that is known by its figures.</summary>
    public static decimal SecondsAt(decimal secondsBefore, WorkState state, DateTimeOffset since, DateTimeOffset now) =>
        secondsBefore + (state == WorkState.Running ? (decimal)Math.Max(0, (now - since).TotalSeconds) : 0);

    /// <summary>
    /// The time that a report is of: since the last one; none where it rests, or was ended with its time reported by the time
    /// that the report, which a device may have kept, comes.
    /// </summary>
    /// <param name="at">When the report was made.</param>
    /// <exception cref="RuleViolation">It was over by then.</exception>
    public TimeRange Unreported(DateTimeOffset at)
    {
        if (State == WorkState.Ended && at <= Since)
        {
            return new TimeRange(at, at);
        }
        MustBeOpen();
        return State == WorkState.Running ? new TimeRange(ReportedUntil, Later(at)) : new TimeRange(Since, Since);
    }

    /// <summary>Notes that its time was reported until then.</summary>
    public void NoteReported(DateTimeOffset until) => ReportedUntil = Latest(ReportedUntil, until);

    /// <summary>Lets it rest.</summary>
    /// <returns>The time since the last report, which is to be reported.</returns>
    /// <exception cref="RuleViolation">It does not go on.</exception>
    public TimeRange Pause(string reason, DateTimeOffset at)
    {
        MustBe(WorkState.Running, "It rests already, or is over.");
        var time = Stop(WorkState.Paused, at);
        PauseReason = reason;
        return time;
    }

    /// <summary>Goes on with it.</summary>
    /// <returns>No time: what rested is not reported.</returns>
    /// <exception cref="RuleViolation">It does not rest.</exception>
    public TimeRange? Resume(DateTimeOffset at)
    {
        MustBe(WorkState.Paused, "It goes on already, or is over.");
        Become(WorkState.Running, at);
        ReportedUntil = Since;
        return null;
    }

    /// <summary>Ends it.</summary>
    /// <returns>The time since the last report, which is to be reported; of none where it rested.</returns>
    /// <exception cref="RuleViolation">It is over, or was reported on and is to be withdrawn.</exception>
    public TimeRange End(Operation operation, WorkEnd how, DateTimeOffset at)
    {
        MustBeOpen();
        if (how == WorkEnd.Withdrawn && (ReportedUntil != StartedAt || SecondsBefore > 0))
        {
            throw new RuleViolation("work-was-reported",
                "What was reported of it stays. Finish it, and undo the reports that are wrong.", ("work", Id));
        }
        var rests = State == WorkState.Paused;
        var time = Stop(WorkState.Ended, at);
        EndedBy = how;
        operation.End();
        return rests || how == WorkEnd.Withdrawn ? new TimeRange(time.Start, time.Start) : time;
    }

    /// <summary>
    /// Ends it by a rule, where it is not over and nobody has spoken of it since, or could have: not after the sign-off.
    /// </summary>
    /// <param name="operation">Its operation.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="at">As of when.</param>
    /// <param name="report">Id of the report that is made of its time, if it has any.</param>
    /// <returns>The time since the last report, which is to be reported; null where it goes on.</returns>
    public TimeRange? EndBy(Operation operation, WorkEnd rule, DateTimeOffset at, Guid report)
    {
        if (State == WorkState.Ended || (rule != WorkEnd.SignOff && Latest(Since, ReportedUntil) > at))
        {
            return null;
        }
        var before = new WorkBefore(State, Since, ReportedUntil, SecondsBefore, PauseReason, report);
        var time = End(operation, rule, at);
        BeforeRule = before;
        return time;
    }

    /// <summary>
    /// Whether what somebody tells of it late shows that the rule which ended it was wrong: nothing does after a sign-off.
    /// </summary>
    /// <param name="at">When it happened.</param>
    public bool IsBelied(DateTimeOffset at) => BeforeRule is not null && (EndedBy != WorkEnd.SignOff || at <= Since);

    /// <summary>Stands again as it did before a rule ended it; the report that was made then is to be undone.</summary>
    public void Reopen(Operation operation)
    {
        (State, Since, ReportedUntil, SecondsBefore, PauseReason, _) = BeforeRule!;
        (EndedBy, BeforeRule) = (null, null);
        Version++;
        operation.Begin();
    }

    /// <summary>The state that others keep.</summary>
    public WorkChanged ToContract(WorkOrder order, Operation operation) => new(
        Id, Version, State, Since, StartedAt, Activity, OrderId, order.Number, order.Product, OperationId, operation.Code,
        Equipment, Operator, PauseReason, operation.PlannedRunSecondsPerUnit);

    TimeRange Stop(WorkState next, DateTimeOffset at)
    {
        var time = new TimeRange(ReportedUntil, Later(at));
        SecondsBefore = SecondsAt(Later(at));
        Become(next, at);
        NoteReported(Since);
        return time;
    }

    void Become(WorkState next, DateTimeOffset at)
    {
        Since = Later(at);
        State = next;
        PauseReason = null;
        Version++;
    }

    /// <summary>What is told late, say by a terminal that was offline, does not undo what was reported meanwhile.</summary>
    DateTimeOffset Later(DateTimeOffset at) => Latest(at, Latest(Since, ReportedUntil));

    static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    void MustBe(WorkState state, string hint)
    {
        if (State != state)
        {
            throw RuleViolation.Conflict("wrong-work-state", hint, ("work", Id), ("state", State.ToString()), ("since", Since));
        }
    }

    void MustBeOpen()
    {
        if (State == WorkState.Ended)
        {
            throw RuleViolation.Conflict("work-is-over", "Start anew, or report the work with its times.",
                ("work", Id), ("endedAt", Since), ("endedBy", EndedBy?.ToString()));
        }
    }
}

/// <summary>How work stood before a rule ended it, for what is told late.</summary>
/// <param name="State">Running or Paused.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReportedUntil">Until when its time was reported, UTC.</param>
/// <param name="SecondsBefore">Time worked before the stretch that went on, pauses apart, seconds.</param>
/// <param name="PauseReason">Why it rested, or null.</param>
/// <param name="ReportId">The report that was made as it ended; none where no time was left to report.</param>
public sealed record WorkBefore(
    WorkState State, DateTimeOffset Since, DateTimeOffset ReportedUntil, decimal SecondsBefore, string? PauseReason,
    Guid ReportId);
