using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Defines a calendar, or changes it.</summary>
/// <param name="Code">Code, unique.</param>
/// <param name="Zone">IANA time zone, such as Europe/Berlin.</param>
/// <param name="Shifts">The shifts of a week; at least one.</param>
/// <param name="ClosedDays">Days on which no shift begins.</param>
public sealed record DefineCalendar(
    string Code, string Zone, IReadOnlyList<WeeklyShift> Shifts, IReadOnlyList<DateOnly>? ClosedDays = null);

/// <summary>When equipment can be used: weekly shifts in a time zone, less closed days.</summary>
/// <param name="Code">Code, unique.</param>
/// <param name="Zone">IANA time zone in which the shifts are meant.</param>
/// <param name="Shifts">The shifts of a week, 1 to 100.</param>
/// <param name="ClosedDays">Days on which no shift begins, at most 1,000.</param>
public sealed record CalendarView(
    string Code, string Zone, IReadOnlyList<WeeklyShift> Shifts, IReadOnlyList<DateOnly> ClosedDays)
{
    internal static CalendarView Of(WorkCalendar row) => new(row.Code, row.Zone, row.Shifts, row.ClosedDays);
}

/// <summary>Says which calendar equipment follows.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Calendar">Calendar code; null for always open.</param>
public sealed record AssignCalendar(string Equipment, string? Calendar);

/// <summary>The calendar that equipment follows.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Calendar">Calendar code; null: always open.</param>
/// <param name="Warnings">What is probably a mistake.</param>
public sealed record CalendarAssigned(string Equipment, string? Calendar, IReadOnlyList<PlanWarning> Warnings);

sealed class DefineCalendarValidator : AbstractValidator<DefineCalendar>
{
    public DefineCalendarValidator()
    {
        RuleFor(calendar => calendar.Code).IsCode();
        RuleFor(calendar => calendar.Zone).Must(zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null)
            .WithMessage("Use an IANA time zone, such as Europe/Berlin.");
        RuleFor(calendar => calendar.Shifts)
            .Must(shifts => shifts.Count is >= 1 and <= 100 && shifts.All(shift => shift is not null))
            .WithMessage("Give 1 to 100 shifts.");
        RuleForEach(calendar => calendar.Shifts).SetValidator(new WeeklyShiftValidator());
        RuleFor(calendar => calendar.ClosedDays).Must(days => days is null || days.Count <= 1000)
            .WithMessage("Name at most 1000 days.");
    }
}

sealed class AssignCalendarValidator : AbstractValidator<AssignCalendar>
{
    public AssignCalendarValidator()
    {
        RuleFor(assign => assign.Equipment).IsCode();
        RuleFor(assign => assign.Calendar!).IsCode().When(assign => assign.Calendar is not null);
    }
}

static class CalendarsEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/calendars", Define).RequireAuthorization(Permissions.Plan);
        api.MapPost("/calendars/assignments", Assign).RequireAuthorization(Permissions.Plan);
        api.MapGet("/calendars", List).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<CalendarView>> Define(DefineCalendar request, SchedulingDb db, CancellationToken ct)
    {
        var calendar = await db.Calendars.FromSql($"SELECT * FROM calendar WHERE code = {request.Code} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (calendar is null)
        {
            calendar = db.Calendars.Add(new WorkCalendar { Code = request.Code, Zone = "", Shifts = [], ClosedDays = [] }).Entity;
        }
        (calendar.Zone, calendar.Shifts, calendar.ClosedDays) = (request.Zone, request.Shifts, request.ClosedDays ?? []);
        await db.NoteChange(ct);
        return TypedResults.Ok(CalendarView.Of(calendar));
    }

    /// <summary>Equipment that nobody has defined yet may be on its way: it is warned of, not refused.</summary>
    static async Task<Ok<CalendarAssigned>> Assign(AssignCalendar request, SchedulingDb db, CancellationToken ct)
    {
        if (request.Calendar is { } code && !await db.Calendars.AnyAsync(calendar => calendar.Code == code, ct))
        {
            throw new RuleViolation("calendar-not-found", "Define the calendar first.", ("calendar", code));
        }
        var own = await db.EquipmentCalendars
            .FromSql($"SELECT * FROM equipment_calendar WHERE equipment = {request.Equipment} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (request.Calendar is not { } wanted)
        {
            db.EquipmentCalendars.RemoveRange(own is null ? [] : [own]);
        }
        else if (own is not null)
        {
            own.Calendar = wanted;
        }
        else
        {
            db.EquipmentCalendars.Add(new EquipmentCalendar { Equipment = request.Equipment, Calendar = wanted });
        }
        await db.NoteChange(ct);
        return TypedResults.Ok(new CalendarAssigned(request.Equipment, request.Calendar,
            await db.WarningsOf(request.Equipment, "calendar assignment", ct)));
    }

    static async Task<Page<CalendarView>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Calendars.AsNoTracking().Where(calendar => string.Compare(calendar.Code, after) > 0)
            .OrderBy(calendar => calendar.Code).Take(page.Size + 1)
            .Select(calendar => CalendarView.Of(calendar)).ToListAsync(ct);
        return Page.Of(rows, page.Size, calendar => calendar.Code);
    }
}
