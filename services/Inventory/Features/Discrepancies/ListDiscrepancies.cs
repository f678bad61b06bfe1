using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Discrepancies;

/// <summary>What discrepancies are sorted by.</summary>
public enum DiscrepancySort
{
    /// <summary>When they were found.</summary>
    FoundAt,
    /// <summary>Their kind.</summary>
    Kind,
    /// <summary>Their material's code.</summary>
    Material
}

static class ListDiscrepanciesEndpoint
{
    static readonly SortedPages<Discrepancy, DiscrepancySort> Sorted =
        new SortedPages<Discrepancy, DiscrepancySort>(found => found.Id)
            .By(DiscrepancySort.FoundAt, found => found.FoundAt)
            .By(DiscrepancySort.Kind, found => found.Kind)
            .By(DiscrepancySort.Material, found => found.Material);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/discrepancies", Handle).Named("listDiscrepancies", "List where the ledger and the floor disagree")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>The earliest found first unless told; the time is that at which they were found.</summary>
    static async Task<Page<DiscrepancyView>> Handle(
        InventoryDb db, Code? material, string? kind, DiscrepancyStatus? status, [AsParameters] TimeFilter found,
        [AsParameters] Sorting<DiscrepancySort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var all = db.Discrepancies.AsNoTracking().In(found, row => row.FoundAt)
            .Where(row => (material == null || row.Material == material) && (kind == null || row.Kind == kind));
        // as the index has it, which knows those that are open
        if (status is { } asked) all = all.Where(row => row.Status == EF.Constant(asked));
        var rows = await Sorted.Take(await all.FoundFirst(ct), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, DiscrepancyView.Of);
    }
}
