using Mes.Kernel;

namespace Mes.Inventory.Domain;

/// <summary>Kinds of discrepancies.</summary>
public static class DiscrepancyKinds
{
    /// <summary>A report used up more than was in stock.</summary>
    public const string ConsumptionShort = "consumption-short";
    /// <summary>A counter-report took back more than was left.</summary>
    public const string ReversalShort = "reversal-short";
    /// <summary>A report gave a quantity in another unit than the material's; it was not posted.</summary>
    public const string WrongUnit = "wrong-unit";
    /// <summary>A product's unit was changed after quantities had been posted in the old one, which stays.</summary>
    public const string UnitChanged = "unit-changed";
    /// <summary>A report used up a lot that Quality holds.</summary>
    public const string HeldLotConsumed = "held-lot-consumed";
    /// <summary>A report used up a lot that had expired by its end.</summary>
    public const string ExpiredLotConsumed = "expired-lot-consumed";
    /// <summary>Stock could not give what an order ought to have used up by itself.</summary>
    public const string BackflushShort = "backflush-short";
    /// <summary>A lot expired while it was reserved; the order lacks it, as far as no other lot serves it.</summary>
    public const string ReservedLotExpired = "reserved-lot-expired";
}

/// <summary>Whether a discrepancy still waits for somebody.</summary>
public enum DiscrepancyStatus
{
    /// <summary>It waits.</summary>
    Open,
    /// <summary>Stock that came later has covered it.</summary>
    Covered,
    /// <summary>A person has settled it, as it is.</summary>
    Settled
}

/// <summary>What was reported and could not be posted as it was.</summary>
public sealed class Discrepancy
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>One of <see cref="DiscrepancyKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The production report that it is about, the order where it is about its reservation, or null.</summary>
    public Guid? ReportId { get; init; }

    /// <summary>The work order, or null.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Material code.</summary>
    public required string Material { get; init; }

    /// <summary>Lot number, or empty where it is about the material.</summary>
    public required string Lot { get; init; }

    /// <summary>The quantity that could not be posted, &gt;= 0.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Unit of the quantity.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it still waits.</summary>
    public DiscrepancyStatus Status { get; private set; }

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>When stock covered it or a person settled it, UTC, or null while open.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>What the person said, or null.</summary>
    public string? Settlement { get; private set; }

    /// <summary>Who settled it, or null.</summary>
    public string? SettledBy { get; private set; }

    /// <summary>A person has looked at it and says what came of it.</summary>
    /// <exception cref="RuleViolation">It is settled or covered already.</exception>
    public void Settle(string settlement, string by, DateTimeOffset now)
    {
        if (Status != DiscrepancyStatus.Open)
        {
            throw RuleViolation.Conflict("already-settled", "It is settled or covered already. Read it again.",
                ("discrepancy", Id), ("status", Status));
        }
        (Status, Settlement, SettledBy, SettledAt) = (DiscrepancyStatus.Settled, settlement, by, now);
    }
}
