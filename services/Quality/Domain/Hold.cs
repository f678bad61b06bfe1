using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>Where a hold stands.</summary>
public enum HoldStatus
{
    /// <summary>What it is on must not be used.</summary>
    Active,
    /// <summary>It may be used again.</summary>
    Released
}

/// <summary>What a hold keeps from being used: a lot, an order, an operation, or several of them.</summary>
/// <param name="OrderId">The order, or null.</param>
/// <param name="BlockedOperationId">The operation that must not start, or null.</param>
/// <param name="Material">Material of the lot, or null.</param>
/// <param name="Lot">The lot, or null.</param>
public sealed record HoldTarget(Guid? OrderId, Guid? BlockedOperationId, string? Material, string? Lot);

/// <summary>
/// Keeps a lot from being used and an operation from being started until a person or a passed inspection releases it.
/// </summary>
public sealed class Hold
{
    /// <summary>Identity.</summary>
    public Guid Id { get; private init; }

    /// <summary>Rises by one with each change, from 1; each version is published.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>False once released.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>The order, or null.</summary>
    public Guid? OrderId { get; private init; }

    /// <summary>The operation that must not start while it is active, or null.</summary>
    public Guid? BlockedOperationId { get; private init; }

    /// <summary>Material of the lot, or null.</summary>
    public string? Material { get; private init; }

    /// <summary>The lot, or null.</summary>
    public string? Lot { get; private init; }

    /// <summary>Why, in the words of the one who placed it.</summary>
    public required string Reason { get; init; }

    /// <summary>The inspection that placed it, or null where a person did.</summary>
    public Guid? InspectionId { get; init; }

    /// <summary>When it was placed, UTC.</summary>
    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>Who placed it.</summary>
    public required string PlacedBy { get; init; }

    /// <summary>When it was released, UTC, or null.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }

    /// <summary>Who released it, or null.</summary>
    public string? ReleasedBy { get; private set; }

    /// <summary>Why it was released, or null.</summary>
    public string? ReleaseReason { get; private set; }

    /// <summary>Places a hold.</summary>
    /// <exception cref="RuleViolation"><c>hold-without-target</c> or <c>lot-without-material</c>.</exception>
    public static Hold Place(HoldTarget target, string reason, string by, DateTimeOffset now, Guid? inspectionId = null)
    {
        if (target is { OrderId: null, BlockedOperationId: null, Lot: null })
        {
            throw new RuleViolation("hold-without-target", "Name a lot, an order or an operation.");
        }
        if (target.Lot is null != target.Material is null)
        {
            throw new RuleViolation("lot-without-material", "A lot number is unique within its material: name both.",
                ("material", target.Material), ("lot", target.Lot));
        }
        return new Hold
        {
            Id = Guid.CreateVersion7(now), OrderId = target.OrderId, BlockedOperationId = target.BlockedOperationId,
            Material = target.Material, Lot = target.Lot, Reason = reason, PlacedAt = now, PlacedBy = by,
            InspectionId = inspectionId
        };
    }

    /// <summary>Releases it.</summary>
    /// <exception cref="RuleViolation"><c>hold-released</c> (409): it is released already.</exception>
    public void Release(string reason, string by, DateTimeOffset now)
    {
        if (!IsActive)
        {
            throw RuleViolation.Conflict("hold-released", "The hold has been released already.",
                ("releasedBy", ReleasedBy), ("releasedAt", ReleasedAt));
        }
        IsActive = false;
        Version++;
        (ReleasedAt, ReleasedBy, ReleaseReason) = (now, by, reason);
    }

    /// <summary>The hold as the other services are told of it.</summary>
    public QualityHoldChanged ToContract() =>
        new(Id, Version, IsActive, OrderId, BlockedOperationId, Material, Lot, IsActive ? Reason : ReleaseReason!);
}
