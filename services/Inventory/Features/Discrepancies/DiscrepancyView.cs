using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.Discrepancies;

/// <summary>What was reported and could not be posted as it was.</summary>
public sealed record DiscrepancyView
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }
    /// <summary>One of <see cref="DiscrepancyKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>The production report that it is about, the order where it is about its reservation, or null.</summary>
    public required Guid? ReportId { get; init; }
    /// <summary>Number of the work order, or null.</summary>
    public required string? Order { get; init; }
    /// <summary>Material code.</summary>
    public required string Material { get; init; }
    /// <summary>Lot number, or empty where it is about the material.</summary>
    public required string Lot { get; init; }
    /// <summary>The quantity that could not be posted, &gt;= 0.</summary>
    public required decimal Quantity { get; init; }
    /// <summary>Unit code of the quantity.</summary>
    public required string Unit { get; init; }
    /// <summary>Whether it still waits.</summary>
    public required DiscrepancyStatus Status { get; init; }
    /// <summary>When it was found, UTC.</summary>
    public required DateTimeOffset FoundAt { get; init; }
    /// <summary>When stock covered it or a person settled it, UTC, or null while open.</summary>
    public required DateTimeOffset? SettledAt { get; init; }
    /// <summary>What the person said, or null.</summary>
    public required string? Settlement { get; init; }
    /// <summary>Who settled it, or null.</summary>
    public required string? SettledBy { get; init; }

    internal static DiscrepancyView Of(Discrepancy row) => new()
    {
        Id = row.Id, Kind = row.Kind, ReportId = row.ReportId, Order = row.OrderNumber, Material = row.Material,
        Lot = row.Lot, Quantity = row.Quantity, Unit = row.Unit, Status = row.Status, FoundAt = row.FoundAt,
        SettledAt = row.SettledAt, Settlement = row.Settlement, SettledBy = row.SettledBy
    };
}
