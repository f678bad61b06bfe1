using Mes.Kernel;

namespace Mes.Inventory.Domain;

/// <summary>A lot's key.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Number">Lot number, unique within the material.</param>
public readonly record struct LotKey(string Material, string Number)
{
    /// <summary>The order in which lots are locked.</summary>
    public static Comparer<LotKey> LockOrder { get; } = Comparer<LotKey>.Create((one, other) =>
        (string.CompareOrdinal(one.Material, other.Material), string.CompareOrdinal(one.Number, other.Number)) switch
        {
            (0, var byNumber) => byNumber,
            (var byMaterial, _) => byMaterial
        });
}

/// <summary>Whether a lot may be used.</summary>
public enum LotStatus
{
    /// <summary>It may be issued and reserved.</summary>
    Available,
    /// <summary>Quality holds it, or more than one hold does.</summary>
    Held
}

/// <summary>A quantity of a material that was made or bought together.</summary>
public sealed class Lot
{
    /// <summary>Number of the one lot of a material that is not tracked by lot.</summary>
    public const string Untracked = "-";

    /// <summary>Material code.</summary>
    public required string Material { get; init; }

    /// <summary>Number, unique within the material.</summary>
    public required string Number { get; init; }

    /// <summary>Whether it may be used.</summary>
    public LotStatus Status { get; init; }

    /// <summary>Where it came from: the kind of the first movement that named it.</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// When the first of it was received, UTC, or null where none was yet. First in, first out goes by it.
    /// </summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When it expires, UTC, or null. First expired, first out goes by it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether production reports want something of it that stock could not give.</summary>
    public bool IsUnsettled { get; init; }

    /// <summary>The key.</summary>
    public LotKey Key => new(Material, Number);

    /// <summary>Whether it may be issued or reserved now.</summary>
    public bool IsUsable(DateTimeOffset now) => Status == LotStatus.Available && !(ExpiresAt <= now);

    /// <summary>Refuses to hand it out.</summary>
    /// <exception cref="RuleViolation">Code <c>lot-on-hold</c>, or <c>lot-expired</c>.</exception>
    public void RequireUsable(DateTimeOffset now)
    {
        if (Status == LotStatus.Held)
        {
            throw new RuleViolation("lot-on-hold", "Quality holds this lot. Take another one, or have it released.",
                ("material", Material), ("lot", Number));
        }
        if (ExpiresAt <= now)
        {
            throw new RuleViolation("lot-expired", "This lot has expired. Take another one.",
                ("material", Material), ("lot", Number), ("expiresAt", ExpiresAt));
        }
    }
}
