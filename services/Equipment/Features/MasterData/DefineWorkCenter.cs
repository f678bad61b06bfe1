using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

/// <summary>Places a work center in the hierarchy (ISA-95: site, area, work center, work unit).</summary>
/// <param name="Name">Name on the floor.</param>
/// <param name="Area">The area it lies in.</param>
/// <param name="Site">The site of the area.</param>
/// <param name="Calendar">Code of the calendar of its units that have none of their own, null for the plant's.</param>
public sealed record DefineWorkCenter(string Name, string Area, string Site, string? Calendar = null);

sealed class DefineWorkCenterValidator : AbstractValidator<DefineWorkCenter>
{
    public DefineWorkCenterValidator()
    {
        RuleFor(center => center.Name).IsName();
        RuleFor(center => center.Area).IsCode();
        RuleFor(center => center.Site).IsCode();
        RuleFor(center => center.Calendar).IsCodeOrNull();
    }
}

static class DefineWorkCenterEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/work-centers/{code}", Handle).Named("defineWorkCenter", "Define a work center")
            .RequireAuthorization(Permissions.ManageEquipment);

    static async Task<Ok<WorkCenterView>> Handle(
        Code code, DefineWorkCenter request, EquipmentDb db, FigureSignal figures, CancellationToken ct)
    {
        await db.RequireCalendar(request.Calendar, ct);
        var center = await db.WorkCenterForUpdate(code, ct);
        center.Place(request.Name, request.Area, request.Site);
        if (center.WorkBy(request.Calendar))
        {
            db.AfterCommit(figures.Set);
            await TellUnits(center, db, ct);
        }
        return TypedResults.Ok(WorkCenterView.Of(center));
    }

    static async Task TellUnits(WorkCenter center, EquipmentDb db, CancellationToken ct)
    {
        var units = await db.Units.Where(unit => unit.WorkCenter == center.Code).OrderBy(unit => unit.Code).ToListAsync(ct);
        List<EquipmentUnit> others = [.. units.Where(unit => unit.Follow(center))];
        foreach (var unit in others)
        {
            db.Outbox.Add(unit.ToContract());
            db.Outbox.Add(unit.ToCalendarContract());
        }
        // SQL: marks of all shifts of its units in one statement; see FigureMarks
        await db.Connection.Execute([FigureMarks.DirtyAll([.. others.Select(unit => unit.Code)])], ct);
    }
}
