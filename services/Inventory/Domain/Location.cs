using Mes.Kernel;

namespace Mes.Inventory.Domain;

/// <summary>What a location is; the virtual ones are the other side of what enters and leaves stock.</summary>
public enum LocationKind
{
    /// <summary>A store.</summary>
    Storage,
    /// <summary>Beside a machine.</summary>
    LineSide,
    /// <summary>Kept apart: neither issued nor reserved.</summary>
    Quarantine,
    /// <summary>Virtual: what suppliers delivered.</summary>
    Supplier,
    /// <summary>Virtual: what production made.</summary>
    Production,
    /// <summary>Virtual: what orders used up.</summary>
    Consumption,
    /// <summary>Virtual: what was thrown away.</summary>
    Scrap,
    /// <summary>Virtual: what counts corrected.</summary>
    Adjustment
}

/// <summary>A place where stock lies, or a virtual one.</summary>
public sealed class Location
{
    /// <summary>Code of the location that production is received into unless configured otherwise.</summary>
    public const string Receiving = "RECEIVING";

    /// <summary>Code of the virtual location of suppliers.</summary>
    public const string Supplier = "SUPPLIER";

    /// <summary>Code of the virtual location of production.</summary>
    public const string Production = "PRODUCTION";

    /// <summary>Code of the virtual location of consumption.</summary>
    public const string Consumption = "CONSUMPTION";

    /// <summary>Code of the virtual location of scrap.</summary>
    public const string Scrap = "SCRAP";

    /// <summary>Code of the virtual location of adjustments.</summary>
    public const string Adjustment = "ADJUSTMENT";

    /// <summary>Code, unique in the plant.</summary>
    public required string Code { get; init; }

    /// <summary>Name to show.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is; never changes.</summary>
    public LocationKind Kind { get; init; }

    /// <summary>Whether stock lies there; a virtual location's balance may be negative.</summary>
    public bool IsReal => Kind.IsReal();

    /// <summary>Gives it a name to show.</summary>
    public void Rename(string name) => Name = name;

    /// <summary>Refuses a virtual location.</summary>
    /// <exception cref="RuleViolation">Code <c>location-not-real</c>.</exception>
    public void RequireReal()
    {
        if (!IsReal)
        {
            throw new RuleViolation("location-not-real", "Name a location where stock can lie.",
                ("location", Code), ("kind", Kind));
        }
    }
}

/// <summary>What the kinds mean.</summary>
static class LocationKinds
{
    public static bool IsReal(this LocationKind kind) => kind <= LocationKind.Quarantine;

    /// <summary>Whether stock there may be issued and reserved.</summary>
    public static bool IsIssuable(this LocationKind kind) => kind is LocationKind.Storage or LocationKind.LineSide;
}
