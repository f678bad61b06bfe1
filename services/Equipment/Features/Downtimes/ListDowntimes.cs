using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>A stretch of a downtime that has one reason.</summary>
public sealed record DowntimePartView(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Reason);

/// <summary>A downtime with its reasons over time.</summary>
/// <param name="Id">Id of the command that reported it.</param>
/// <param name="Equipment">Code of the unit that stood.</param>
/// <param name="StartedAt">First instant, UTC.</param>
/// <param name="EndedAt">When it was up again, UTC; null while it is down.</param>
/// <param name="ExpectedUpAt">When it is expected back, UTC, or null.</param>
/// <param name="Operator">Code of the operator whose work it was, or null.</param>
/// <param name="OrderNumber">The order that was worked on, or null.</param>
/// <param name="OperationCode">Its operation, or null.</param>
/// <param name="Parts">Its reasons over time.</param>
/// <param name="WithdrawnAt">When it was taken back, UTC; null while it counts.</param>
/// <param name="WithdrawnBecause">Why it was taken back, or null.</param>
public sealed record DowntimeView(
    Guid Id, string Equipment, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpectedUpAt,
    string? Operator, string? OrderNumber, string? OperationCode, IReadOnlyList<DowntimePartView> Parts,
    DateTimeOffset? WithdrawnAt, string? WithdrawnBecause)
{
    internal static DowntimeView Of(Downtime stop) => new(
        stop.Id, stop.Equipment, stop.StartedAt, stop.EndedAt, stop.ExpectedUpAt, stop.Operator, stop.OrderNumber,
        stop.OperationCode,
        [.. stop.PartTimes().Select(part => new DowntimePartView(part.Time.Start, part.Time.End, part.Reason))],
        stop.Withdrawal?.WithdrawnAt, stop.Withdrawal?.Reason);
}

static class ListDowntimesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/units/{code}/downtimes", List).RequireAuthorization(Permissions.ReadEquipment);
        api.MapGet("/downtimes/{id:guid}", Get).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<DowntimeView> Get(Guid id, EquipmentDb db, CancellationToken ct) => DowntimeView.Of(
        await db.Downtimes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct)
        ?? throw RuleViolation.NotFound("downtime", id));

    /// <summary>The stops of a unit that began after the key, the earliest first.</summary>
    static async Task<Page<DowntimeView>> List(
        Code code, EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var (after, id) = PageKey.Parse(page);
        var rows = await db.Downtimes.AsNoTracking()
            .Where(row => row.Equipment == code)
            .Where(row => row.StartedAt > after || (row.StartedAt == after && row.Id > id))
            .OrderBy(row => row.StartedAt).ThenBy(row => row.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(DowntimeView.Of)], page.Size, stop => PageKey.Format(stop.StartedAt, stop.Id));
    }
}
