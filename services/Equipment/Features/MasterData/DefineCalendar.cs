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

static class DefineCalendarEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/calendars/{code}", Handle).Named("defineCalendar", "Define a shift calendar")
            .RequireAuthorization(Permissions.DefineCalendars);

    static async Task<Ok<CalendarView>> Handle(
        Code code, CalendarDefinition request, EquipmentDb db, FigureSignal figures, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        _ = request.ToCalendar();
        var row = await db.Calendars.FromSql($"SELECT * FROM shift_calendar WHERE code = {code.Value} FOR UPDATE")
            .SingleOrDefaultAsync(ct)
            ?? db.Calendars.Add(new ShiftCalendarRow { Code = code }).Entity;
        if (row.Define(request))
        {
            db.Outbox.Add(row.ToContract());
            var units = await db.Units.Where(unit => unit.Calendar == row.Code).Select(unit => unit.Code).ToArrayAsync(ct);
            // SQL: marks of all shifts of its units in one statement; see FigureMarks
            await db.Connection.Execute([FigureMarks.DirtyAll(units)], ct);
        }
        return TypedResults.Ok(CalendarView.Of(row));
    }
}
