using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>The whole life of a piece, by its serial number.</summary>
public sealed record PieceView
{
    /// <summary>Product code.</summary>
    public required string Product { get; init; }
    /// <summary>The serial number, unique among those of the product.</summary>
    public required string Serial { get; init; }
    /// <summary>Where it stands, by the reports that name it.</summary>
    public required PieceState State { get; init; }
    /// <summary>The order that the number was allotted to.</summary>
    public required Guid OrderId { get; init; }
    /// <summary>The order's number.</summary>
    public required string Order { get; init; }
    /// <summary>The lot that the order makes.</summary>
    public required string Lot { get; init; }
    /// <summary>Its place among those of the order, from 1.</summary>
    public required int Sequence { get; init; }
    /// <summary>When the number was allotted, UTC.</summary>
    public required DateTimeOffset AllottedAt { get; init; }
    /// <summary>What reports say of it, by the time of the work; those that were undone among them.</summary>
    public required IReadOnlyList<PieceStep> Steps { get; init; }
    /// <summary>What went into it, as reports say.</summary>
    public required IReadOnlyList<PieceComponent> Components { get; init; }
    /// <summary>What it went into, or null.</summary>
    public required PieceUse? BuiltInto { get; init; }
    /// <summary>The labels of it that were printed.</summary>
    public required IReadOnlyList<PieceLabel> Labels { get; init; }
}

/// <summary>What a report says of a piece.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Sequence">The operation's position in the routing.</param>
/// <param name="Operation">The operation's code.</param>
/// <param name="Result">What became of the piece.</param>
/// <param name="IsRework">Whether it was worked on a second time.</param>
/// <param name="IsUndone">Whether the report was undone, and counts no more.</param>
/// <param name="ScrapReason">Why pieces were rejected, or null.</param>
/// <param name="Equipment">Code of the equipment used.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="StartedAt">Start of the work, UTC.</param>
/// <param name="EndedAt">End of the work, UTC.</param>
public sealed record PieceStep(
    Guid ReportId, Guid OperationId, int Sequence, string Operation, PieceResult Result, bool IsRework, bool IsUndone,
    string? ScrapReason, string Equipment, string Operator, DateTimeOffset StartedAt, DateTimeOffset EndedAt);

/// <summary>What went into a piece.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Serial">Serial number of the piece that was built in, or null where it has none or nobody said.</param>
/// <param name="Quantity">How much, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Operation">Code of the operation at which it went in.</param>
/// <param name="BuiltInAt">When, UTC.</param>
public sealed record PieceComponent(
    string Material, string Lot, string? Serial, decimal Quantity, string Unit, string Operation, DateTimeOffset BuiltInAt);

/// <summary>What a piece went into.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Lot">The lot that the order makes.</param>
/// <param name="Serial">Serial number of the piece, or null where nobody said.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Order">The order's number.</param>
/// <param name="BuiltInAt">When, UTC.</param>
public sealed record PieceUse(
    string Product, string Lot, string? Serial, Guid OrderId, string Order, DateTimeOffset BuiltInAt);

/// <summary>A label of a piece that was printed.</summary>
/// <param name="Number">Which print of the order's labels it is, from 1.</param>
/// <param name="PrintedAt">When, UTC.</param>
/// <param name="PrintedBy">Name of who printed it.</param>
public sealed record PieceLabel(int Number, DateTimeOffset PrintedAt, string PrintedBy);
