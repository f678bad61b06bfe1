using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.SettleDiscrepancies;

/// <summary>How many discrepancies of a kind there are.</summary>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>.</param>
/// <param name="Open">Waiting.</param>
/// <param name="Settled">Covered by stock that came later.</param>
/// <param name="Resolved">Closed by a person.</param>
public sealed record DiscrepancyCount(string Kind, int Open, int Settled, int Resolved);

static class BrowseDiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/discrepancies", List).RequireAuthorization(Permissions.ReadInventory);
        api.MapGet("/discrepancies/summary", Count).RequireAuthorization(Permissions.ReadInventory);
    }

    /// <summary>The open ones unless another status is asked for; oldest first.</summary>
    static async Task<Page<Discrepancy>> List(
        InventoryDb db, Code? material, string? kind, DiscrepancyStatus? status, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        var wanted = status ?? DiscrepancyStatus.Open;
        var rows = await db.Discrepancies.AsNoTracking()
            .Where(row => row.Status == wanted && row.Id > after && (material == null || row.Material == material)
                          && (kind == null || row.Kind == kind))
            .OrderBy(row => row.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<IReadOnlyList<DiscrepancyCount>> Count(InventoryDb db, CancellationToken ct) =>
        await db.Discrepancies.GroupBy(row => row.Kind).OrderBy(group => group.Key)
            .Select(group => new DiscrepancyCount(
                group.Key, group.Count(row => row.Status == DiscrepancyStatus.Open),
                group.Count(row => row.Status == DiscrepancyStatus.Settled),
                group.Count(row => row.Status == DiscrepancyStatus.Resolved))).ToListAsync(ct);
}
