namespace Mes.Contracts;

/// <summary>A product as the ERP defines it; Inventory keeps a material under the same code.</summary>
[State("inventory-define-material")]
public sealed record ProductChanged(string Code, long Version, string Name, string Unit);

/// <summary>Where a work order stands (ISA-95 job order state, with the shop's words).</summary>
public enum WorkOrderStatus
{
    /// <summary>Received from the ERP, not yet released to the floor.</summary>
    Planned,
    /// <summary>Released: may be worked on, reserved for and scheduled.</summary>
    Released,
    /// <summary>Stopped by a person; reports are still accepted as discrepancies.</summary>
    OnHold,
    /// <summary>Closed with its quantity reached.</summary>
    Completed,
    /// <summary>Closed by decision below its quantity.</summary>
    ClosedShort,
    /// <summary>Cancelled before work was reported.</summary>
    Cancelled
}

/// <summary>How one equipment unit does an operation, where it differs from the others.</summary>
/// <param name="Equipment">Equipment code, one of the operation's.</param>
/// <param name="SetupSeconds">Setup time there, seconds; null: as planned for the operation.</param>
/// <param name="RunSecondsPerUnit">Run time per item there, seconds; null: as planned for the operation.</param>
public sealed record OperationAlternative(string Equipment, decimal? SetupSeconds = null, decimal? RunSecondsPerUnit = null);

/// <summary>Something an operation needs beside its equipment while it runs: operators of a skill, a tool, a mould.</summary>
/// <param name="Resource">Code of the resource as Scheduling defines it.</param>
/// <param name="Quantity">Units in use, ≥ 1.</param>
public sealed record ResourceNeed(string Resource, int Quantity = 1);

/// <summary>Between which instants of two operations a lag runs.</summary>
public enum LinkKind
{
    /// <summary>From the end of the first to the start of the second.</summary>
    EndStart,
    /// <summary>From start to start: overlap by the first transfer batch.</summary>
    StartStart,
    /// <summary>From end to end: overlap by the last transfer batch.</summary>
    EndEnd
}

/// <summary>An operation that another one follows.</summary>
/// <param name="After">Code of the operation before, in the same order.</param>
/// <param name="Kind">Between which instants the lag runs.</param>
/// <param name="MinLagSeconds">Seconds at least, ≥ 0.</param>
/// <param name="MaxLagSeconds">Seconds at most, or null for no limit.</param>
public sealed record OperationLink(string After, LinkKind Kind = LinkKind.EndStart, int MinLagSeconds = 0,
    int? MaxLagSeconds = null);

/// <summary>One operation of a work order as planned: what the scheduler needs of it.</summary>
/// <param name="OperationId">Identity of the operation.</param>
/// <param name="Sequence">Position in the routing, ascending.</param>
/// <param name="Code">Short name of the operation, unique in the order.</param>
/// <param name="Equipment">Codes of the equipment that can do it; the first is preferred.</param>
/// <param name="SetupFamily">Family for sequence-dependent setups, or null.</param>
/// <param name="SetupSeconds">Planned setup time, seconds, ≥ 0.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds, ≥ 0.</param>
/// <param name="RemainingQuantity">Quantity still to make, ≥ 0, when the snapshot was taken.</param>
/// <param name="IsStarted">Whether work on it has been reported.</param>
/// <param name="IsDone">Whether it is completed.</param>
/// <param name="Alternatives">Equipment whose times differ; null or absent: none.</param>
/// <param name="Resources">What it needs beside its equipment; null or absent: nothing.</param>
/// <param name="Links">What it follows; null or absent: the operation before it in the routing, without a lag.</param>
/// <param name="IsSplittable">Whether the work may pause while the equipment is closed.</param>
public sealed record PlannedOperation(
    Guid OperationId, int Sequence, string Code, IReadOnlyList<string> Equipment, string? SetupFamily,
    decimal SetupSeconds, decimal RunSecondsPerUnit, decimal RemainingQuantity, bool IsStarted, bool IsDone,
    IReadOnlyList<OperationAlternative>? Alternatives = null, IReadOnlyList<ResourceNeed>? Resources = null,
    IReadOnlyList<OperationLink>? Links = null, bool IsSplittable = true);

/// <summary>One operation of a routing.</summary>
/// <param name="Code">Short name of the operation, unique in the order.</param>
/// <param name="Equipment">Codes of the equipment that can do it; the first is preferred.</param>
/// <param name="SetupFamily">Family for sequence-dependent setups, or null.</param>
/// <param name="SetupSeconds">Planned setup time, seconds, ≥ 0.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds, ≥ 0.</param>
/// <param name="Alternatives">Equipment whose times differ; null or absent: none.</param>
/// <param name="Resources">What it needs beside its equipment; null or absent: nothing.</param>
/// <param name="Links">What it follows; null or absent: the operation before it in the routing, without a lag.</param>
/// <param name="IsSplittable">Whether the work may pause while the equipment is closed.</param>
public sealed record RoutedOperation(
    string Code, IReadOnlyList<string> Equipment, string? SetupFamily, decimal SetupSeconds, decimal RunSecondsPerUnit,
    IReadOnlyList<OperationAlternative>? Alternatives = null, IReadOnlyList<ResourceNeed>? Resources = null,
    IReadOnlyList<OperationLink>? Links = null, bool IsSplittable = true);

/// <summary>A revision of a routing was defined. It never changes.</summary>
/// <param name="Code">Code of the routing.</param>
/// <param name="Revision">Revision; the newest by name is the one that orders follow.</param>
/// <param name="Product">Code of the product it makes.</param>
/// <param name="Operations">The operations, in their order.</param>
[Fact("scheduling-know-routing")]
public sealed record RoutingDefined(string Code, string Revision, string Product, IReadOnlyList<RoutedOperation> Operations);

/// <summary>A material that may be used in place of a component.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Ratio">How much of it, in its own unit, replaces one unit of the component, &gt; 0.</param>
public sealed record SubstituteMaterial(string Material, decimal Ratio = 1);

/// <summary>A component that an order needs.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity for the whole order, &gt; 0, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Step">Code of the operation at which it goes in; null or absent: not said.</param>
/// <param name="IsBackflushed">Whether it is taken from stock by itself as pieces are reported at that operation.</param>
/// <param name="Substitutes">What may be used in its place; null or absent: nothing.</param>
public sealed record RequiredMaterial(
    string Material, decimal Quantity, string Unit, string? Step = null, bool IsBackflushed = false,
    IReadOnlyList<SubstituteMaterial>? Substitutes = null);

/// <summary>A work order after any change: released, held, completed, closed or cancelled among them.</summary>
[State("scheduling-take-demand", "inventory-reserve-materials", "quality-follow-order")]
public sealed record WorkOrderChanged(
    Guid OrderId, string Number, long Version, WorkOrderStatus Status, string Product, string Unit, decimal Quantity,
    int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt,
    IReadOnlyList<PlannedOperation> Operations, IReadOnlyList<RequiredMaterial> Materials);

/// <summary>What an operator did in a reported stretch of work.</summary>
public enum WorkActivity
{
    /// <summary>Making pieces (ISO 22400: part of actual production time).</summary>
    Run,
    /// <summary>Setting up (ISO 22400: actual unit setup time).</summary>
    Setup
}

/// <summary>A lot that a report says it used up.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Quantity">How much of it, &gt; 0.</param>
/// <param name="Unit">Unit of the quantity.</param>
/// <param name="Serial">Serial number of the piece that it went into; null or absent: not said.</param>
/// <param name="ComponentSerial">Serial number of the piece of the material that was built in; null or absent: not said.</param>
public sealed record ConsumedLot(
    string Material, string Lot, decimal Quantity, string Unit, string? Serial = null, string? ComponentSerial = null);

/// <summary>
/// A production report, or the counter-report that undoes one (then <see cref="Reverses"/> names it and the quantities are
/// negative). It carries all a consumer needs, so that it can be applied before anything else is known of its order.
/// </summary>
/// <param name="ReportId">Identity of the report.</param>
/// <param name="Reverses">The report that this one undoes, or null.</param>
/// <param name="OrderId">The work order.</param>
/// <param name="OrderNumber">The ERP's number of the work order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="OperationCode">Its short name.</param>
/// <param name="OperationSequence">Its position in the routing.</param>
/// <param name="NextOperationId">The operation after it, or null for the last.</param>
/// <param name="IsReceipt">Whether its good pieces are received into stock.</param>
/// <param name="IsInspection">Whether it is done at an inspection work center.</param>
/// <param name="Product">Product code.</param>
/// <param name="Unit">Unit of all quantities.</param>
/// <param name="Lot">The order's product lot.</param>
/// <param name="Equipment">Code of the equipment that was used.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="StartedAt">Start of the work, UTC.</param>
/// <param name="EndedAt">End of the work, UTC, not before the start.</param>
/// <param name="Good">Good quantity.</param>
/// <param name="Scrap">Rejected quantity.</param>
/// <param name="Nonconforming">Quantity waiting for a decision by Quality; neither good nor scrap.</param>
/// <param name="IsRework">Whether the work was rework.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds; null where none is known.</param>
/// <param name="Consumed">Lots used up by this report.</param>
/// <param name="ReportedAt">When the server accepted it, UTC.</param>
/// <param name="Corrects">The report whose pieces this one counts otherwise, as Quality has decided; null or absent for work.
/// It has no length, and what it takes away is negative.</param>
[Fact("inventory-post-production", "equipment-count-production", "quality-inspect-production", "scheduling-track-progress")]
public sealed record ProductionReported(
    Guid ReportId, Guid? Reverses, Guid OrderId, string OrderNumber, Guid OperationId, string OperationCode,
    int OperationSequence, Guid? NextOperationId, bool IsReceipt, bool IsInspection, string Product, string Unit, string Lot,
    string Equipment, string Operator, WorkActivity Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt,
    decimal Good, decimal Scrap, decimal Nonconforming, bool IsRework, decimal? RunSecondsPerUnit,
    IReadOnlyList<ConsumedLot> Consumed, DateTimeOffset ReportedAt, Guid? Corrects = null);

/// <summary>What goes on with work that an operator has begun.</summary>
public enum WorkState
{
    /// <summary>It goes on.</summary>
    Running,
    /// <summary>It rests until it is resumed.</summary>
    Paused,
    /// <summary>It is over.</summary>
    Ended
}

/// <summary>Work that an operator has begun on an operation at an equipment unit, after any change.</summary>
/// <param name="WorkId">Identity of the work.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="State">What goes on with it.</param>
/// <param name="Since">Since when that is so, UTC.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="OrderId">The work order.</param>
/// <param name="OrderNumber">The ERP's number of the work order.</param>
/// <param name="Product">Product code.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="OperationCode">Its short name.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="PauseReason">Why it rests, or null.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds; null where unknown.</param>
[State("equipment-show-work", "scheduling-see-work")]
public sealed record WorkChanged(
    Guid WorkId, long Version, WorkState State, DateTimeOffset Since, DateTimeOffset StartedAt, WorkActivity Activity,
    Guid OrderId, string OrderNumber, string Product, Guid OperationId, string OperationCode, string Equipment,
    string Operator, string? PauseReason, decimal? RunSecondsPerUnit = null);
