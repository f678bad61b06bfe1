using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

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
    public required string? OrderNumber { get; init; }
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
    public required DateTimeOffset DetectedAt { get; init; }
    /// <summary>When it was settled or resolved, UTC, or null.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }
    /// <summary>Why a person resolved it, or null.</summary>
    public required string? Reason { get; init; }
    /// <summary>Who resolved it, or null.</summary>
    public required string? ClosedBy { get; init; }

    internal static DiscrepancyView Of(Discrepancy row) => new()
    {
        Id = row.Id, Kind = row.Kind, ReportId = row.ReportId, OrderNumber = row.OrderNumber, Material = row.Material,
        Lot = row.Lot, Quantity = row.Quantity, Unit = row.Unit, Status = row.Status, DetectedAt = row.DetectedAt,
        ClosedAt = row.ClosedAt, Reason = row.Reason, ClosedBy = row.ClosedBy
    };
}

/// <summary>How many discrepancies of a kind there are.</summary>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>.</param>
/// <param name="Open">Waiting now.</param>
/// <param name="Settled">Covered by stock that came in the time asked for.</param>
/// <param name="Resolved">Closed by a person in that time.</param>
public sealed record DiscrepancyCount(string Kind, int Open, int Settled, int Resolved);

static class BrowseDiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/discrepancies", List).RequireAuthorization(Permissions.ReadInventory);
        api.MapGet("/discrepancies/summary", Count).RequireAuthorization(Permissions.ReadInventory);
    }

    /// <summary>The open ones unless another status is asked for; oldest first.</summary>
    static async Task<Page<DiscrepancyView>> List(
        InventoryDb db, Code? material, string? kind, DiscrepancyStatus? status, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        var wanted = status ?? DiscrepancyStatus.Open;
        var rows = await db.Discrepancies.AsNoTracking()
            .Where(row => row.Status == wanted && row.Id > after && (material == null || row.Material == material)
                          && (kind == null || row.Kind == kind))
            .OrderBy(row => row.Id).Take(page.Size + 1).Select(row => DiscrepancyView.Of(row)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<IReadOnlyList<DiscrepancyCount>> Count(
        InventoryDb db, [AsParameters] TimeWindow window, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        return await db.Discrepancies
            .Where(row => row.Status == DiscrepancyStatus.Open || (row.ClosedAt >= from && row.ClosedAt < to))
            .GroupBy(row => row.Kind).OrderBy(group => group.Key)
            .Select(group => new DiscrepancyCount(
                group.Key, group.Count(row => row.Status == DiscrepancyStatus.Open),
                group.Count(row => row.Status == DiscrepancyStatus.Settled),
                group.Count(row => row.Status == DiscrepancyStatus.Resolved))).ToListAsync(ct);
    }
}
