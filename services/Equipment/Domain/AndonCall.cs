using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>What is called for.</summary>
public enum AndonKind
{
    /// <summary>Material is missing or runs out.</summary>
    Material,
    /// <summary>Something is wrong with the pieces.</summary>
    Quality,
    /// <summary>Something is wrong with the machine.</summary>
    Maintenance,
    /// <summary>The foreman is to come.</summary>
    Foreman,
    /// <summary>Somebody is in danger, or hurt.</summary>
    Safety
}

/// <summary>A call for help from the floor: called, acknowledged by whoever comes, resolved.</summary>
public sealed class AndonCall
{
    /// <summary>Identity: the id of the command.</summary>
    public Guid Id { get; init; }

    /// <summary>What is called for.</summary>
    public AndonKind Kind { get; init; }

    /// <summary>Code of the equipment.</summary>
    public required string Equipment { get; init; }

    /// <summary>Number of the order that is worked on, or null.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Code of that order's operation, or null.</summary>
    public string? OperationCode { get; init; }

    /// <summary>What the caller says, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Who calls: name of the person or program.</summary>
    public required string CalledBy { get; init; }

    /// <summary>Identity of whoever calls.</summary>
    public required string CallerId { get; init; }

    /// <summary>When it was called, UTC.</summary>
    public DateTimeOffset CalledAt { get; init; }

    /// <summary>Where it stands.</summary>
    public AndonStatus Status { get; private set; }

    /// <summary>Who is called now: the role of the last step that its time has reached.</summary>
    public string Role { get; private set; } = "";

    /// <summary>Who comes, or null.</summary>
    public string? AcknowledgedBy { get; private set; }

    /// <summary>Since when, UTC, or null.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Who dealt with it, or took it back; null while it is open.</summary>
    public string? ClosedBy { get; private set; }

    /// <summary>When, UTC, or null.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What was done, or null.</summary>
    public string? Resolution { get; private set; }

    /// <summary>Rises with each change.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Whether somebody still waits.</summary>
    public bool IsOpen => Status is AndonStatus.Called or AndonStatus.Acknowledged;

    /// <summary>From the call until somebody came, seconds; null while nobody does.</summary>
    public decimal? ResponseSeconds => Seconds(CalledAt, AcknowledgedAt);

    /// <summary>From then until it was dealt with, seconds; null before.</summary>
    public decimal? RepairSeconds => Status == AndonStatus.Resolved ? Seconds(AcknowledgedAt, ClosedAt) : null;

    /// <summary>Calls whoever is to come at once.</summary>
    internal AndonCall By(AndonEscalation rule)
    {
        Role = rule.Steps[0].Role;
        return this;
    }

    /// <summary>Somebody comes. The first to say so does; it escalates no more.</summary>
    /// <exception cref="RuleViolation">Somebody does already, or it is closed.</exception>
    public void Acknowledge(string by, DateTimeOffset at)
    {
        MustBeOpen();
        if (Status == AndonStatus.Acknowledged)
        {
            throw RuleViolation.Conflict("call-acknowledged", "Somebody is on the way already.",
                ("acknowledgedBy", AcknowledgedBy), ("acknowledgedAt", AcknowledgedAt));
        }
        (Status, AcknowledgedBy, AcknowledgedAt) = (AndonStatus.Acknowledged, by, at);
        Version++;
    }

    /// <summary>It is dealt with; whoever deals with it without having said that they come has come now.</summary>
    /// <exception cref="RuleViolation">It is closed.</exception>
    public void Resolve(string by, string? resolution, DateTimeOffset at)
    {
        MustBeOpen();
        (AcknowledgedBy, AcknowledgedAt) = (AcknowledgedBy ?? by, AcknowledgedAt ?? at);
        Resolution = resolution;
        Close(AndonStatus.Resolved, by, at);
    }

    /// <summary>Nobody silences another's call for help but who answers calls.</summary>
    /// <exception cref="RuleViolation">It is another's.</exception>
    public void MustBeOf(string caller, bool answersCalls)
    {
        if (caller != CallerId && !answersCalls)
        {
            throw RuleViolation.Forbidden("call-of-another", "Only who made the call takes it back, or who answers calls.",
                ("calledBy", CalledBy));
        }
    }

    /// <summary>It was called by mistake.</summary>
    /// <exception cref="RuleViolation">It is closed.</exception>
    public void Withdraw(string by, DateTimeOffset at)
    {
        MustBeOpen();
        Close(AndonStatus.Withdrawn, by, at);
    }

    /// <summary>Calls whoever the time that nobody came calls for.</summary>
    /// <returns>Whether that is somebody else than before.</returns>
    public bool Escalate(AndonEscalation rule, DateTimeOffset now)
    {
        var role = rule.RoleAfter(now - CalledAt);
        if (Status != AndonStatus.Called || role == Role)
        {
            return false;
        }
        Role = role;
        Version++;
        return true;
    }

    /// <summary>What whoever watches is told.</summary>
    public AndonCallChanged ToContract() => new(Id, Version, Kind.ToString(), Equipment, Status, Role);

    void Close(AndonStatus how, string by, DateTimeOffset at)
    {
        (Status, ClosedBy, ClosedAt) = (how, by, at);
        Version++;
    }

    void MustBeOpen()
    {
        if (!IsOpen)
        {
            throw RuleViolation.Conflict("call-closed", "It is closed. Call again, where help is needed again.",
                ("status", Status.ToString()), ("closedBy", ClosedBy), ("closedAt", ClosedAt));
        }
    }

    static decimal? Seconds(DateTimeOffset? from, DateTimeOffset? to) =>
        to is { } end && from is { } start ? (decimal)(end - start).TotalSeconds : null;
}

/// <summary>Who is called, and who after which time without an answer.</summary>
public sealed class AndonEscalation
{
    /// <summary>Steps at most.</summary>
    public const int StepsMax = 10;

    /// <summary>What is called for.</summary>
    public AndonKind Kind { get; init; }

    /// <summary>The steps, the earliest first; the first at once.</summary>
    public IReadOnlyList<AndonStep> Steps { get; private set; } = [];

    /// <summary>Who is called where nobody has said otherwise: whose matter it is, after five minutes the foreman.</summary>
    public static AndonEscalation Usual(AndonKind kind) => new()
    {
        Kind = kind,
        Steps = kind switch
        {
            AndonKind.Material => [new(0, "warehouse"), new(5, "foreman")],
            AndonKind.Quality => [new(0, "quality"), new(5, "foreman")],
            AndonKind.Maintenance => [new(0, "maintenance"), new(5, "foreman")],
            _ => [new(0, "foreman")]
        }
    };

    /// <summary>Says who is called when.</summary>
    /// <exception cref="RuleViolation">The first step is not at once, or a later one not later.</exception>
    public AndonEscalation Set(IReadOnlyList<AndonStep> steps)
    {
        if (steps[0].AfterMinutes != 0)
        {
            throw new RuleViolation("first-step-late", "Somebody is called at once: begin with 0 minutes.",
                ("afterMinutes", steps[0].AfterMinutes));
        }
        if (steps.Zip(steps.Skip(1)).FirstOrDefault(pair => pair.Second.AfterMinutes <= pair.First.AfterMinutes) is
            { Second: { } early })
        {
            throw new RuleViolation("steps-unordered", "Each step comes later than the one before.",
                ("afterMinutes", early.AfterMinutes));
        }
        Steps = [.. steps];
        return this;
    }

    internal string RoleAfter(TimeSpan waited) =>
        Steps.Last(step => step.AfterMinutes == 0 || waited >= TimeSpan.FromMinutes((double)step.AfterMinutes)).Role;
}

/// <summary>A step of an escalation.</summary>
/// <param name="AfterMinutes">Minutes without an answer after which it is taken; 0: at once.</param>
/// <param name="Role">The role that is called.</param>
public sealed record AndonStep(decimal AfterMinutes, string Role);
