using Mes.Kernel;

namespace Mes.Inventory.Domain;

/// <summary>Something that is kept in stock: a product, a component, a raw material.</summary>
public sealed class Material
{
    /// <summary>Code, unique in the plant.</summary>
    public required string Code { get; init; }

    /// <summary>Name to show.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Unit of all its quantities.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>
    /// Whether each receipt names a lot; otherwise all of it is one lot, <see cref="Lot.Untracked"/>.
    /// </summary>
    public bool IsTrackedByLot { get; private set; } = true;

    /// <summary>Whether a movement or an order named it before anybody defined it.</summary>
    public bool IsStub { get; private set; }

    /// <summary>The version of the product that was applied last, or 0.</summary>
    public long ProductVersion { get; init; }

    /// <summary>Says what it is: it is no stub any more.</summary>
    public Material Define(string name, string unit, bool isTrackedByLot)
    {
        (Name, Unit, IsTrackedByLot, IsStub) = (name, unit, isTrackedByLot, false);
        return this;
    }

    /// <summary>Refuses a quantity in another unit.</summary>
    /// <exception cref="RuleViolation">Code <c>wrong-unit</c>.</exception>
    public void RequireUnit(string unit)
    {
        if (unit != Unit)
        {
            throw new RuleViolation("wrong-unit", "Give the quantity in the material's own unit; nothing is converted.",
                ("material", Code), ("unit", unit), ("expected", Unit));
        }
    }

    /// <summary>The lot that a request means.</summary>
    /// <exception cref="RuleViolation">Code <c>lot-missing</c>, or <c>not-tracked-by-lot</c>.</exception>
    public string LotNumber(string? lot) => (IsTrackedByLot, lot) switch
    {
        (true, { } number) => number,
        (true, null) => throw new RuleViolation("lot-missing", "Name the lot: this material is tracked by lot.",
            ("material", Code)),
        (false, null or Lot.Untracked) => Lot.Untracked,
        (false, _) => throw new RuleViolation("not-tracked-by-lot", "Leave the lot out: this material has none.",
            ("material", Code), ("lot", lot))
    };
}
