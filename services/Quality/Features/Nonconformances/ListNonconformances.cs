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

/// <summary>What nonconformances are sorted by.</summary>
public enum NonconformanceSort
{
    /// <summary>Their number: the order in which they were opened.</summary>
    Number,
    /// <summary>The number of their order.</summary>
    Order
}

static class ListNonconformancesEndpoint
{
    static readonly SortedPages<Nonconformance, NonconformanceSort> Sorted =
        new SortedPages<Nonconformance, NonconformanceSort>(found => found.Id, isDescending: true)
            .By(NonconformanceSort.Number, found => found.Serial)
            .By(NonconformanceSort.Order, found => found.OrderNumber);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances", Handle).Named("listNonconformances", "List the nonconformances")
            .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>The newest first unless told; the time is that at which they were opened.</summary>
    static async Task<Page<NonconformanceView>> Handle(
        [AsParameters] NonconformanceFilter filter, [AsParameters] TimeFilter opened,
        [AsParameters] Sorting<NonconformanceSort> sorting, [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var all = db.Nonconformances.AsNoTracking().Include(found => found.Dispositions).In(opened, found => found.OpenedAt)
            .Where(found => filter.Order == null || found.OrderNumber == filter.Order);
        // as the index has it, which knows those that are not closed
        if (filter.Status is { } status) all = all.Where(found => found.Status == EF.Constant(status));
        if (filter is not (null, null) || opened is not (null, null)) all = await all.FoundFirst(ct);
        var rows = await Sorted.Take(all, sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, NonconformanceView.Of);
    }
}
