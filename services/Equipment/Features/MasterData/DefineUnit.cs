using FluentValidation;
using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Kernel;
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
/// <param name="Calendar">Code of its shift calendar, null for the plant's.</param>
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

/// <summary>An equipment unit as it is.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Rises with each change; 0 while the floor reports on it but nobody has defined it.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of its work center, null while nobody has defined it.</param>
/// <param name="Kind">Production or inspection.</param>
/// <param name="Calendar">Code of its shift calendar.</param>
/// <param name="RetiredAt">Since when it takes no new work, UTC; null while it does.</param>
public sealed record UnitView(
    string Code, long Version, string Name, string? WorkCenter, EquipmentKind Kind, string Calendar,
    DateTimeOffset? RetiredAt)
{
    internal static UnitView Of(EquipmentUnit unit) =>
        new(unit.Code, unit.Version, unit.Name, unit.WorkCenter, unit.Kind, unit.Calendar, unit.RetiredAt);
}

static class DefineUnitEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/units/{code}", Handle).RequireAuthorization(Permissions.ManageEquipment);

    static async Task<Ok<UnitView>> Handle(
        Code code, DefineUnit request, EquipmentDb db, Timeline timeline, FigureSignal figures, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        await timeline.Hold(code, ct);
        await RequireReferences(request, db, ct);
        var unit = await db.Units.SingleOrDefaultAsync(row => row.Code == code, ct) ?? AddStub(code, db);
        unit.RequireInUse();
        if (Apply(request, unit, out var hasOtherCalendar))
        {
            db.Outbox.Add(unit.ToContract());
            if (hasOtherCalendar)
                await db.Connection.Execute([FigureMarks.DirtyAll([code])], ct);
        }
        return TypedResults.Ok(UnitView.Of(unit));
    }

    static bool Apply(DefineUnit request, EquipmentUnit unit, out bool hasOtherCalendar)
    {
        var calendar = request.Calendar ?? EquipmentUnit.PlantCalendar;
        hasOtherCalendar = unit.Calendar != calendar;
        var asRequested = (request.Name, request.WorkCenter, request.Kind, calendar);
        if (unit.Version > 0 && asRequested == (unit.Name, unit.WorkCenter!, unit.Kind, unit.Calendar))
            return false;
        (unit.Name, unit.WorkCenter, unit.Kind, unit.Calendar) = asRequested;
        unit.Version++;
        return true;
    }

    static async Task RequireReferences(DefineUnit request, EquipmentDb db, CancellationToken ct)
    {
        if (request.Calendar is { } calendar && !await db.Calendars.AnyAsync(row => row.Code == calendar, ct))
            throw new RuleViolation("calendar-unknown", "Name a shift calendar that exists, or none for the plant's.",
                ("calendar", calendar));
        if (await DefineWorkCenterEndpoint.ForUpdate(request.WorkCenter, db, ct) is null)
            db.WorkCenters.Add(WorkCenterDefaults.For(request.WorkCenter));
    }

    static EquipmentUnit AddStub(string code, EquipmentDb db) =>
        db.Units.Add(new EquipmentUnit { Code = code, Name = code, Calendar = EquipmentUnit.PlantCalendar }).Entity;
}

static class ListUnitsEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/units", List).RequireAuthorization(Permissions.ReadEquipment);
        api.MapGet("/units/{code}", Get).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<Page<UnitView>> List(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Units.AsNoTracking().Where(unit => string.Compare(unit.Code, after) > 0)
            .OrderBy(unit => unit.Code).Take(page.Size + 1).Select(unit => UnitView.Of(unit)).ToListAsync(ct);
        return Page.Of(rows, page.Size, unit => unit.Code);
    }

    static async Task<UnitView> Get(Code code, EquipmentDb db, CancellationToken ct) =>
        UnitView.Of(await db.RequireUnit(code, ct));
}
