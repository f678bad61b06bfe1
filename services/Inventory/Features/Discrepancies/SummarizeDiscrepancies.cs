using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Discrepancies;

/// <summary>How many discrepancies of a kind there are.</summary>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>.</param>
/// <param name="Open">Waiting now.</param>
/// <param name="Covered">Covered by stock that came in the time asked for.</param>
/// <param name="Settled">Settled by a person in that time.</param>
public sealed record DiscrepancyCount(string Kind, int Open, int Covered, int Settled);

static class SummarizeDiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/discrepancies/summary", Handle).Named("summarizeDiscrepancies", "Count the discrepancies by kind")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<IReadOnlyList<DiscrepancyCount>> Handle(
        InventoryDb db, [AsParameters] TimeWindow window, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        return await db.Discrepancies
            .Where(row => row.Status == DiscrepancyStatus.Open || (row.SettledAt >= from && row.SettledAt < to))
            .GroupBy(row => row.Kind).OrderBy(group => group.Key)
            .Select(group => new DiscrepancyCount(
                group.Key, group.Count(row => row.Status == DiscrepancyStatus.Open),
                group.Count(row => row.Status == DiscrepancyStatus.Covered),
                group.Count(row => row.Status == DiscrepancyStatus.Settled))).ToListAsync(ct);
    }
}
