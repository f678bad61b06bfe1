using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>A product as the ERP defines it.</summary>
public sealed class Product
{
    /// <summary>Code, unique in the plant.</summary>
    public required string Code { get; init; }

    /// <summary>Name to show.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Unit of its quantities.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>How its pieces are told apart.</summary>
    public Tracking Tracking { get; private set; }

    /// <summary>Its Global Trade Item Number, 14 digits, or null.</summary>
    public string? Gtin { get; private set; }

    /// <summary>Rises with each change.</summary>
    public long Version { get; private set; }

    /// <summary>Version of its picture, another for each picture; null where it has none.</summary>
    public string? Picture { get; private set; }

    /// <summary>Says that it is shown by a picture, or no more; of no concern to others.</summary>
    public void ShowBy(ProductPicture? picture) => Picture = picture is null ? null : ProductPicture.VersionOf(picture.Sha256);

    /// <summary>Says how its pieces are told apart and what trade calls it; of no concern to others.</summary>
    public void Track(Tracking tracking, string? gtin) => (Tracking, Gtin) = (tracking, gtin);

    /// <summary>Says what it is called and counted in.</summary>
    /// <returns>Whether that is a change, to be told to others.</returns>
    public bool Define(string name, string unit)
    {
        if ((Name, Unit) == (name, unit))
        {
            return false;
        }
        (Name, Unit) = (name, unit);
        Version++;
        return true;
    }

    /// <summary>What others are told of it.</summary>
    public ProductChanged ToContract() => new(Code, Version, Name, Unit);
}

/// <summary>What happens when a rule of the shop floor is broken.</summary>
public enum Enforcement
{
    /// <summary>Nothing.</summary>
    Off,
    /// <summary>The report is taken and a discrepancy recorded.</summary>
    Warn,
    /// <summary>The report is refused.</summary>
    Block
}

/// <summary>What an operator must have done with the instruction of an operation before they begin it.</summary>
public enum Acknowledgement
{
    /// <summary>Nothing.</summary>
    Off,
    /// <summary>Said that they have understood it.</summary>
    Understood,
    /// <summary>Signed it with their PIN.</summary>
    Signed
}

/// <summary>How strictly a routing is followed.</summary>
/// <param name="Sequence">More pieces finished than the operation before has delivered.</param>
/// <param name="OverQuantity">More good pieces than ordered, beyond the tolerance.</param>
/// <param name="Qualification">The operator is not qualified for the equipment.</param>
/// <param name="Material">Components are missing.</param>
/// <param name="Serials">Pieces of a product tracked by serial number go into stock without being named.</param>
/// <param name="OverQuantityTolerancePercent">How much over the ordered quantity is no discrepancy, 0 to 100 %.</param>
/// <param name="CompletesByQuantity">Whether an operation, and with the receipt the order, is done once its quantity is
/// good.</param>
/// <param name="Acknowledgement">What an operator must have done with the instruction in force; each revision once.</param>
/// <param name="Instruction">They have not done so.</param>
public sealed record Policies(
    Enforcement Sequence = Enforcement.Block, Enforcement OverQuantity = Enforcement.Block,
    Enforcement Qualification = Enforcement.Block, Enforcement Material = Enforcement.Warn,
    Enforcement Serials = Enforcement.Warn,
    decimal OverQuantityTolerancePercent = 0, bool CompletesByQuantity = true,
    Acknowledgement Acknowledgement = Acknowledgement.Off, Enforcement Instruction = Enforcement.Block);

/// <summary>One step of a routing (ISA-95 operations segment).</summary>
/// <param name="Code">Short name, unique in the routing.</param>
/// <param name="Equipment">Codes of the equipment that can do it; the first is preferred.</param>
/// <param name="SetupSeconds">Planned setup time, seconds.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds; 0 where unknown.</param>
/// <param name="SetupFamily">Family for sequence-dependent setups, or null.</param>
/// <param name="IsReceipt">Whether its good pieces are received into stock; exactly one step of a routing is.</param>
/// <param name="IsInspection">Whether it is done at an inspection work center.</param>
/// <param name="Planning">What only the scheduler needs to know; null where the plain routing says all.</param>
public sealed record RoutingStep(
    string Code, IReadOnlyList<string> Equipment, decimal SetupSeconds = 0, decimal RunSecondsPerUnit = 0,
    string? SetupFamily = null, bool IsReceipt = false, bool IsInspection = false, PlanningNeeds? Planning = null);

/// <summary>What the scheduler needs to know of an operation beyond equipment and times.</summary>
/// <param name="Alternatives">Equipment whose times differ.</param>
/// <param name="Resources">What it needs beside its equipment: operators of a skill, tools.</param>
/// <param name="Links">The steps it follows, with lags; null: the step before it.</param>
/// <param name="IsSplittable">Whether the work may pause while the equipment is closed.</param>
public sealed record PlanningNeeds(
    IReadOnlyList<OperationAlternative>? Alternatives = null, IReadOnlyList<ResourceNeed>? Resources = null,
    IReadOnlyList<OperationLink>? Links = null, bool IsSplittable = true);

/// <summary>A component of the bill of materials.</summary>
/// <param name="Material">Material code.</param>
/// <param name="QuantityPerUnit">Quantity per piece of the product, &gt; 0.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Step">Code of the step at which it goes in, or null where that is not said.</param>
/// <param name="IsBackflushed">Whether it is taken from stock by itself as pieces are reported at that step.</param>
/// <param name="Substitutes">What may be used in its place; none where nothing may.</param>
public sealed record Component(
    string Material, decimal QuantityPerUnit, string Unit, string? Step = null, bool IsBackflushed = false,
    IReadOnlyList<SubstituteMaterial>? Substitutes = null);

/// <summary>A revision of a routing with its bill of materials. A revision never changes; orders keep a copy of it.</summary>
public sealed class Routing
{
    /// <summary>Code of the routing.</summary>
    public required string Code { get; init; }

    /// <summary>Revision, unique within the code.</summary>
    public required string Revision { get; init; }

    /// <summary>The product it makes.</summary>
    public required string Product { get; init; }

    /// <summary>How strictly it is followed.</summary>
    public required Policies Policies { get; init; }

    /// <summary>The steps, in their order.</summary>
    public required IReadOnlyList<RoutingStep> Steps { get; init; }

    /// <summary>The bill of materials.</summary>
    public required IReadOnlyList<Component> Components { get; init; }

    /// <summary>From when on new orders may follow it, UTC, or null: always.</summary>
    public DateTimeOffset? EffectiveFrom { get; private set; }

    /// <summary>Until when new orders may follow it, itself no more, UTC, or null: for good.</summary>
    public DateTimeOffset? EffectiveTo { get; private set; }

    const decimal RequiredMax = 1_000_000_000;

    /// <summary>What others keep of it.</summary>
    public RoutingDefined ToContract() => new(Code, Revision, Product, [.. Steps.Select(step => new RoutedOperation(
        step.Code, step.Equipment, step.SetupFamily, step.SetupSeconds, step.RunSecondsPerUnit, step.Planning?.Alternatives,
        step.Planning?.Resources, step.Planning?.Links, step.Planning?.IsSplittable ?? true))]);

    /// <summary>Says from when to when new orders may follow it. What it contains stays as it is.</summary>
    public void BeEffective(DateTimeOffset? from, DateTimeOffset? to) =>
        (EffectiveFrom, EffectiveTo) = (OrderDemand.Keep(from), OrderDemand.Keep(to));

    /// <summary>Makes a planned order that follows this revision.</summary>
    /// <exception cref="RuleViolation">It would need more of a component than any stock can hold.</exception>
    public WorkOrder Order(OrderRequest request, string unit) => WorkOrder.Of(this, request, unit);

    /// <summary>The components of so many pieces.</summary>
    /// <exception cref="RuleViolation">It is more of one than any stock can hold.</exception>
    public IReadOnlyList<RequiredMaterial> Requirements(decimal quantity) =>
        [.. Components.Select(component => Required(component, quantity))];

    static RequiredMaterial Required(Component component, decimal quantity)
    {
        var required = component.QuantityPerUnit * quantity;
        return required <= RequiredMax
            ? new RequiredMaterial(component.Material, required, component.Unit, component.Step, component.IsBackflushed,
                component.Substitutes)
            : throw new RuleViolation("component-quantity-too-large", "Order less, or check the routing's quantity per unit.",
                ("material", component.Material), ("required", required), ("maximum", RequiredMax));
    }
}

/// <summary>What is asked for when an order is made.</summary>
public sealed record OrderRequest(string Number, string? Lot, OrderDemand Demand);

/// <summary>What may be wanted otherwise while an order is open.</summary>
/// <param name="Quantity">Ordered quantity, &gt; 0.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order.</param>
/// <param name="ReleaseAt">Earliest start, or null.</param>
/// <param name="DueAt">Due date, or null.</param>
public sealed record OrderDemand(decimal Quantity, int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt)
{
    /// <summary>As it is kept: UTC, to the microsecond, so that the same demand sent again is the same.</summary>
    public OrderDemand Kept => this with { ReleaseAt = Keep(ReleaseAt), DueAt = Keep(DueAt) };

    internal static DateTimeOffset? Keep(DateTimeOffset? at) =>
        at?.ToUniversalTime().AddTicks(-(at.Value.Ticks % TimeSpan.TicksPerMicrosecond));
}
