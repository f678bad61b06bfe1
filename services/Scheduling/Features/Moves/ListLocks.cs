using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Moves;

static class ListLocksEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/locks", Handle).Named("listLocks", "List the locks")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of the ids of the operations.</summary>
    static async Task<Page<LockView>> Handle(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        // by EF: the view is the mapped row
        var rows = await db.Locks.AsNoTracking().Where(pin => pin.OperationId > after)
            .OrderBy(pin => pin.OperationId).Take(page.Size + 1).Select(pin => LockView.Of(pin)).ToListAsync(ct);
        return Page.Of(rows, page.Size, pin => pin.OperationId.ToString());
    }
}
