using Mes.Contracts;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>A calendar by which plans are made. It is defined in Equipment, which tells each change.</summary>
/// <param name="Code">Code, unique.</param>
/// <param name="Version">As Equipment told it; 0: entered in Scheduling, before Equipment told any.</param>
/// <param name="Zone">IANA time zone in which the shifts are meant.</param>
/// <param name="Patterns">Told: each valid from a date on, until the next one.</param>
/// <param name="Exceptions">Told: dates off the pattern.</param>
/// <param name="Shifts">The weekly shifts of a calendar that was entered in Scheduling.</param>
/// <param name="ClosedDays">Days on which no shift begins, of a calendar that was entered in Scheduling.</param>
/// <param name="Equipment">Codes of the equipment that is planned by it.</param>
public sealed record CalendarView(
    string Code, long Version, string Zone, IReadOnlyList<CalendarPattern> Patterns,
    IReadOnlyList<CalendarException> Exceptions, IReadOnlyList<WeeklyShift> Shifts, IReadOnlyList<DateOnly> ClosedDays,
    IReadOnlyList<string> Equipment)
{
    internal static CalendarView Of(WorkCalendar row, IEnumerable<string> equipment) => new(
        row.Code, row.Version, row.Zone, row.Patterns, row.Exceptions, row.Shifts, row.ClosedDays,
        [.. equipment.Order(StringComparer.Ordinal)]);
}

static class ListCalendarsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/calendars", Handle)
            .Named("listCalendars", "List the calendars that are planned by").RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<CalendarView>> Handle(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        // by EF: the mapping reads the shifts, which are JSON
        var rows = await db.Calendars.AsNoTracking().Where(calendar => string.Compare(calendar.Code, after) > 0)
            .OrderBy(calendar => calendar.Code).Take(page.Size + 1).ToListAsync(ct);
        var capacity = await PlantCalendars.Read(db, ct);
        var equipment = (await PlantCalendars.Equipment(db, ct)).ToLookup(capacity.CalendarFor);
        return Page.Of([.. rows.Select(row => CalendarView.Of(row, equipment[row.Code]))], page.Size, row => row.Code);
    }
}
