using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

sealed class CalendarDefinitionValidator : AbstractValidator<CalendarDefinition>
{
    const int PatternsMax = 100;
    const int ExceptionsMax = 2000;
    static readonly DateOnly Earliest = new(1990, 1, 1);
    static readonly DateOnly Latest = new(2200, 1, 1);

    public CalendarDefinitionValidator()
    {
        RuleFor(calendar => calendar.Zone).IsName();
        RuleFor(calendar => calendar.Patterns).Must(patterns => patterns.Count is > 0 and <= PatternsMax)
            .WithMessage($"Use 1 to {PatternsMax} patterns.");
        RuleForEach(calendar => calendar.Patterns).ChildRules(pattern =>
        {
            pattern.RuleFor(p => p.ValidFrom).InclusiveBetween(Earliest, Latest);
            pattern.RuleFor(p => p.Cycle).NotEmpty();
        });
        RuleFor(calendar => calendar.Exceptions)
            .Must(exceptions => exceptions is null || exceptions.Count <= ExceptionsMax)
            .WithMessage($"Use at most {ExceptionsMax} exceptions.");
        RuleForEach(calendar => calendar.Exceptions)
            .ChildRules(exception => exception.RuleFor(e => e.Date).InclusiveBetween(Earliest, Latest));
    }
}

/// <summary>A shift calendar and its code.</summary>
public sealed record CalendarView(string Code, CalendarDefinition Definition);

static class DefineCalendarEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/calendars/{code}", Handle).RequireAuthorization(Permissions.ManageEquipment);
        api.MapGet("/calendars", List).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<Ok<CalendarView>> Handle(
        Code code, CalendarDefinition request, EquipmentDb db, FigureSignal figures, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        _ = request.ToCalendar();
        var row = await db.Calendars.FromSql($"SELECT * FROM shift_calendar WHERE code = {code.Value} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (row is null)
            db.Calendars.Add(new ShiftCalendarRow { Code = code, Definition = request.ToJson() });
        else if (CalendarDefinition.Parse(row.Definition).ToJson() != request.ToJson())
            await Change(row, request, db, ct);
        return TypedResults.Ok(new CalendarView(code, request));
    }

    static async Task Change(ShiftCalendarRow row, CalendarDefinition request, EquipmentDb db, CancellationToken ct)
    {
        row.Definition = request.ToJson();
        var units = await db.Units.Where(unit => unit.Calendar == row.Code).Select(unit => unit.Code).ToArrayAsync(ct);
        await db.Connection.Execute([FigureMarks.DirtyAll(units)], ct);
    }

    static async Task<Page<CalendarView>> List(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Calendars.AsNoTracking().Where(row => string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(page.Size + 1)
            .Select(row => new CalendarView(row.Code, CalendarDefinition.Parse(row.Definition))).ToListAsync(ct);
        return Page.Of(rows, page.Size, calendar => calendar.Code);
    }
}
