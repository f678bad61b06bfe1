using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>Where a discrepancy stands.</summary>
public enum DiscrepancyStatus
{
    /// <summary>Waits for a person to look at it.</summary>
    Open,
    /// <summary>A person has said what came of it.</summary>
    Settled
}

/// <summary>
/// Something the floor reported that the rules did not expect; recorded, never refused, for a person to look at.
/// </summary>
public sealed class Discrepancy
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of <see cref="DiscrepancyKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about: a report, or an operation; one discrepancy per kind and subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The operation.</summary>
    public Guid OperationId { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>When a person settled it, UTC, or null while open.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>What the person said.</summary>
    public string? Settlement { get; private set; }

    /// <summary>A person has looked at it and says what came of it.</summary>
    /// <exception cref="RuleViolation">Somebody has settled it before.</exception>
    public void Settle(string settlement, DateTimeOffset now)
    {
        if (SettledAt is not null)
        {
            throw RuleViolation.Conflict("already-settled", "Somebody settled it before.", ("settlement", Settlement));
        }
        (SettledAt, Settlement) = (now, settlement);
    }

    /// <summary>One that a report has brought up.</summary>
    public static Discrepancy Of(string kind, Guid subject, ProductionReport report, DateTimeOffset now) => new()
    {
        Kind = kind, SubjectId = subject, OrderId = report.OrderId, OperationId = report.OperationId, FoundAt = now
    };
}

/// <summary>The kinds of discrepancies.</summary>
public static class DiscrepancyKinds
{
    /// <summary>More pieces were finished than the operation before had delivered by then.</summary>
    public const string Sequence = "sequence";

    /// <summary>More good pieces than ordered, beyond the tolerance.</summary>
    public const string OverQuantity = "over-quantity";

    /// <summary>The operator was not qualified for the equipment.</summary>
    public const string Qualification = "qualification";

    /// <summary>Components were missing.</summary>
    public const string Material = "material";

    /// <summary>Pieces went into stock without being named by their serial numbers.</summary>
    public const string Serials = "serials";

    /// <summary>The order was on hold or closed.</summary>
    public const string OrderNotOpen = "order-not-open";

    /// <summary>Another report says the very same: it was entered twice, or the work was done twice.</summary>
    public const string EqualReport = "equal-report";

    /// <summary>The equipment was down, or retired, at the time of the work, whichever was known first.</summary>
    public const string EquipmentDown = "equipment-down";
}
