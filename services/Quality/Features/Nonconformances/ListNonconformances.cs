using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>Which nonconformances are asked for.</summary>
/// <param name="Status">Where they stand, or absent for all.</param>
/// <param name="Order">Number of the work order, or absent for all.</param>
public sealed record NonconformanceFilter(NonconformanceStatus? Status, Code? Order);

/// <summary>Lists nonconformances, newest first.</summary>
static class ListNonconformancesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances", Handle).Named("listNonconformances", "List the nonconformances")
            .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>The newest first; the time is that at which they were opened.</summary>
    static async Task<Page<NonconformanceView>> Handle(
        [AsParameters] NonconformanceFilter filter, [AsParameters] TimeFilter opened, [AsParameters] PageRequest page,
        QualityDb db, CancellationToken ct)
    {
        var before = page.AfterNumber(first: long.MaxValue);
        var rows = await db.Nonconformances.AsNoTracking().Include(found => found.Dispositions)
            .In(opened, found => found.OpenedAt).Where(found => found.Serial < before)
            .Where(found => filter.Status == null || found.Status == filter.Status)
            .Where(found => filter.Order == null || found.OrderNumber == filter.Order)
            .OrderByDescending(found => found.Serial).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(
            [.. rows.Select(NonconformanceView.Of)], page.Size, last => last.Number["NC-".Length..]);
    }
}
