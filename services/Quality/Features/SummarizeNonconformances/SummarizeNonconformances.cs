using Mes.Hosting.Auth;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.SummarizeNonconformances;

/// <summary>How many nonconformances there are; withdrawn ones count for nothing.</summary>
/// <param name="Count">Open and closed ones.</param>
/// <param name="Quantity">Their pieces, summed.</param>
/// <param name="OpenCount">Open ones.</param>
/// <param name="OpenQuantity">Their pieces, summed.</param>
/// <param name="UndecidedQuantity">Pieces of open ones that nobody has decided on yet.</param>
public sealed record NonconformanceSummary(
    int Count, decimal Quantity, int OpenCount, decimal OpenQuantity, decimal UndecidedQuantity);

/// <summary>Sums up the nonconformances.</summary>
static class SummarizeNonconformancesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances/summary", Handle).RequireAuthorization(Permissions.ReadQuality);

    static async Task<NonconformanceSummary> Handle(QualityDb db, CancellationToken ct)
    {
        var byStatus = await db.Nonconformances.Where(found => found.Status != NonconformanceStatus.Withdrawn)
            .GroupBy(found => found.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.Count(),
                Quantity = group.Sum(found => found.Quantity),
                Decided = group.Sum(found => found.Dispositions.Sum(decision => decision.Quantity))
            })
            .ToListAsync(ct);
        var open = byStatus.SingleOrDefault(group => group.Status == NonconformanceStatus.Open);
        return new NonconformanceSummary(
            byStatus.Sum(group => group.Count), byStatus.Sum(group => group.Quantity),
            open?.Count ?? 0, open?.Quantity ?? 0, (open?.Quantity ?? 0) - (open?.Decided ?? 0));
    }
}
