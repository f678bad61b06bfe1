using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Downtimes;

static class ListDowntimesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/downtimes", Handle).Named("listDowntimes", "List the downtimes of a unit")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>The stops of a unit that began in the time asked for, the earliest first.</summary>
    static async Task<Page<DowntimeView>> Handle(
        Code code, EquipmentDb db, [AsParameters] TimeFilter began, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var (after, id) = PageKey.Parse(page);
        var rows = await db.Downtimes.AsNoTracking().In(began, row => row.StartedAt).Where(row => row.Equipment == code)
            .Where(row => row.StartedAt > after || (row.StartedAt == after && row.Id > id))
            .OrderBy(row => row.StartedAt).ThenBy(row => row.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(DowntimeView.Of)], page.Size, stop => PageKey.Format(stop.StartedAt, stop.Id));
    }
}
