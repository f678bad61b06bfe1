using FluentValidation;
using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

/// <summary>Defines an equipment unit or changes it.</summary>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of its work center; an unknown one is added.</param>
/// <param name="Kind">Production or inspection.</param>
/// <param name="Calendar">Code of a calendar of its own, null for its work center's or the plant's.</param>
public sealed record DefineUnit(string Name, string WorkCenter, EquipmentKind Kind, string? Calendar = null);

sealed class DefineUnitValidator : AbstractValidator<DefineUnit>
{
    public DefineUnitValidator()
    {
        RuleFor(unit => unit.Name).IsName();
        RuleFor(unit => unit.WorkCenter).IsCode();
        RuleFor(unit => unit.Kind).IsInEnum();
        RuleFor(unit => unit.Calendar).IsCodeOrNull();
    }
}

static class DefineUnitEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/units/{code}", Handle).Named("defineUnit", "Define a unit of equipment")
            .RequireAuthorization(Permissions.ManageEquipment);

    static async Task<Ok<UnitView>> Handle(
        Code code, DefineUnit request, EquipmentDb db, Timeline timeline, FigureSignal figures, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        await timeline.Hold(code, ct);
        await db.RequireCalendar(request.Calendar, ct);
        var center = await db.WorkCenterForUpdate(request.WorkCenter, ct);
        var unit = await db.Units.SingleOrDefaultAsync(row => row.Code == code, ct)
            ?? db.Units.Add(EquipmentUnit.Named(code)).Entity;
        var (isDefined, calendar) = (unit.Version > 0, unit.Calendar);
        if (unit.Define(request.Name, request.Kind, center, request.Calendar))
        {
            var hasOtherCalendar = unit.Calendar != calendar;
            db.Outbox.Add(unit.ToContract());
            if (hasOtherCalendar || !isDefined)
                db.Outbox.Add(unit.ToCalendarContract());
            // SQL: marks of all its shifts in one statement; see FigureMarks
            if (hasOtherCalendar)
                await db.Connection.Execute([FigureMarks.DirtyAll([code])], ct);
        }
        return TypedResults.Ok(UnitView.Of(unit));
    }
}
