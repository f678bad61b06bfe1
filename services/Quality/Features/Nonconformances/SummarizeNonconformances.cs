using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>How many nonconformances there are; withdrawn ones count for nothing.</summary>
/// <param name="Count">Open and closed ones whose pieces were reported in the time asked for.</param>
/// <param name="Quantity">Their pieces, summed.</param>
/// <param name="OpenCount">Those that are open now, whenever they were reported.</param>
/// <param name="OpenQuantity">Their pieces, summed.</param>
/// <param name="UndecidedQuantity">Pieces of open ones that nobody has decided on yet.</param>
public sealed record NonconformanceSummary(
    int Count, decimal Quantity, int OpenCount, decimal OpenQuantity, decimal UndecidedQuantity);

/// <summary>Sums up the nonconformances.</summary>
static class SummarizeNonconformancesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances/summary", Handle)
            .Named("summarizeNonconformances", "Sum up the nonconforming pieces")
            .RequireAuthorization(Permissions.ReadQuality);

    static async Task<NonconformanceSummary> Handle(
        [AsParameters] TimeWindow window, QualityDb db, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        var reported = await db.Nonconformances
            .Where(found => found.Status != NonconformanceStatus.Withdrawn && found.ReportedAt >= from && found.ReportedAt < to)
            .GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Quantity = all.Sum(found => found.Quantity) }).SingleOrDefaultAsync(ct);
        var open = await db.Nonconformances.Where(found => found.Status == NonconformanceStatus.Open)
            .GroupBy(_ => 1)
            .Select(all => new
            {
                Count = all.Count(),
                Quantity = all.Sum(found => found.Quantity),
                Decided = all.Sum(found => found.Dispositions.Sum(decision => decision.Quantity))
            })
            .SingleOrDefaultAsync(ct);
        return new NonconformanceSummary(reported?.Count ?? 0, reported?.Quantity ?? 0,
            open?.Count ?? 0, open?.Quantity ?? 0, (open?.Quantity ?? 0) - (open?.Decided ?? 0));
    }
}
