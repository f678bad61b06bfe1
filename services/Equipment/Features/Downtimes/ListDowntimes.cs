using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>What downtimes are sorted by.</summary>
public enum DowntimeSort
{
    /// <summary>When they began.</summary>
    StartedAt
}

static class ListDowntimesEndpoint
{
    static readonly SortedPages<Downtime, DowntimeSort> Sorted =
        new SortedPages<Downtime, DowntimeSort>(stop => stop.Id)
            .By(DowntimeSort.StartedAt, stop => stop.StartedAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/downtimes", Handle).Named("listDowntimes", "List the downtimes of a unit")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>The stops of a unit that began in the time asked for, the earliest first unless told.</summary>
    static async Task<Page<DowntimeView>> Handle(
        Code code, EquipmentDb db, [AsParameters] TimeFilter began, [AsParameters] Sorting<DowntimeSort> sorting,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var rows = await Sorted.Take(db.Downtimes.AsNoTracking().In(began, stop => stop.StartedAt)
            .Where(stop => stop.Equipment == code), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, DowntimeView.Of);
    }
}
