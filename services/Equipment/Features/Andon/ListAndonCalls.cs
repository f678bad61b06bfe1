using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

/// <summary>What calls are sorted by.</summary>
public enum AndonSort
{
    /// <summary>When they were called.</summary>
    CalledAt
}

/// <summary>Which calls are listed, by whether somebody waits.</summary>
public enum AndonFilter
{
    /// <summary>Somebody still waits.</summary>
    Open,
    /// <summary>Dealt with, or taken back.</summary>
    Closed
}

static class ListAndonCallsEndpoint
{
    static readonly SortedPages<AndonCall, AndonSort> Sorted =
        new SortedPages<AndonCall, AndonSort>(call => call.Id).By(AndonSort.CalledAt, call => call.CalledAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/andon-calls", Handle).Named("listAndonCalls", "List the calls for help")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>The earliest called first unless told; the time is that at which they were called.</summary>
    static async Task<Page<AndonCallView>> Handle(
        EquipmentDb db, Code? equipment, AndonKind? kind, AndonFilter? status, [AsParameters] TimeFilter called,
        [AsParameters] Sorting<AndonSort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Sorted.Take(db.AndonCalls.AsNoTracking().In(called, call => call.CalledAt)
            .Where(call => (equipment == null || call.Equipment == equipment) && (kind == null || call.Kind == kind)
                && (status == null || (status == AndonFilter.Open) == (call.ClosedAt == null))), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, AndonCallView.Of);
    }
}
