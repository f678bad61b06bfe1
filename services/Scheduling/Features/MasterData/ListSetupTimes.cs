using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>The setup times of an equipment unit in a list.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
public sealed record SetupTimesLine(string Equipment, int DefaultSeconds, IReadOnlyList<SetupChange> Changes);

static class ListSetupTimesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/setup-times", Handle).Named("listSetupTimes", "List the times of changing over")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of the codes of the equipment.</summary>
    static async Task<Page<SetupTimesLine>> Handle(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        // by EF: the mapping reads the changes, which are JSON
        var rows = await db.Setups.AsNoTracking().Where(setup => string.Compare(setup.Equipment, after) > 0)
            .OrderBy(setup => setup.Equipment).Take(page.Size + 1)
            .Select(setup => new SetupTimesLine(setup.Equipment, setup.DefaultSeconds, setup.Changes)).ToListAsync(ct);
        return Page.Of(rows, page.Size, setup => setup.Equipment);
    }
}
