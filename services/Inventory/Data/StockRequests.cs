using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web.Auth;

namespace Mes.Inventory.Data;

/// <summary>The answer to a command that moves stock.</summary>
/// <param name="MovementId">The movement; name it to reverse it.</param>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Quantity">What was moved, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="OnHand">What is now there of the lot, over all locations.</param>
public sealed record MovementPosted(Guid MovementId, string Material, string Lot, decimal Quantity, string Unit, decimal OnHand);

/// <summary>What requests about stock share.</summary>
static class StockRequests
{
    /// <summary>When it happened: what the client says, or now.</summary>
    /// <exception cref="RuleViolation">Code <c>in-the-future</c>.</exception>
    public static DateTimeOffset OccurredAt(this TimeProvider clock, DateTimeOffset? said)
    {
        var now = clock.GetUtcNow();
        if (DeviceClock.IsInFuture(said, now))
        {
            throw new RuleViolation("in-the-future", "Give the time at which it happened; it cannot be yet to come.",
                ("occurredAt", said), ("now", now));
        }
        return (said ?? now).ToUniversalTime();
    }

    /// <summary>The source of a movement that a command makes.</summary>
    public static MovementSource Source(this Caller caller, Guid commandId, string kind, int part = 1) =>
        new(MovementSource.Command, $"{caller.Scope}/{commandId}", kind, part);

    /// <exception cref="RuleViolation">Code <c>not-enough-stock</c>.</exception>
    public static void RequireEnough(LotKey lot, string? location, decimal wanted, decimal available)
    {
        if (available < wanted)
        {
            throw new RuleViolation("not-enough-stock",
                "Take at most what is there and reserved for nobody else, or another lot.", ("material", lot.Material),
                ("lot", lot.Number), ("location", location), ("wanted", wanted), ("available", available));
        }
    }

    /// <summary>Makes the answer.</summary>
    public static MovementPosted Posted(this Movement movement, LotStock stock, decimal quantity, string unit) => new(
        movement.Id, stock.Lot.Material, stock.Lot.Number, quantity, unit, stock.OnHand);
}
