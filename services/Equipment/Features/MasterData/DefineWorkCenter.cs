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
public sealed record DefineWorkCenter(string Name, string Area, string Site);

sealed class DefineWorkCenterValidator : AbstractValidator<DefineWorkCenter>
{
    public DefineWorkCenterValidator()
    {
        RuleFor(center => center.Name).IsName();
        RuleFor(center => center.Area).IsCode();
        RuleFor(center => center.Site).IsCode();
    }
}

/// <summary>Where a work center stands until somebody says.</summary>
static class WorkCenterDefaults
{
    public static WorkCenter For(string code) =>
        new() { Code = code, Name = code, Area = "shop-floor", Site = "plant" };
}

/// <summary>A work center and where it stands.</summary>
public sealed record WorkCenterView(string Code, string Name, string Area, string Site);

static class DefineWorkCenterEndpoint
{
    const int LockClass = 0x576F726B;       // 'Work'

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/work-centers/{code}", Handle).RequireAuthorization(Permissions.ManageEquipment);
        api.MapGet("/work-centers", List).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<Ok<WorkCenterView>> Handle(
        Code code, DefineWorkCenter request, EquipmentDb db, CancellationToken ct)
    {
        var center = await ForUpdate(code, db, ct) ?? db.WorkCenters.Add(WorkCenterDefaults.For(code)).Entity;
        (center.Name, center.Area, center.Site) = (request.Name, request.Area, request.Site);
        return TypedResults.Ok(new WorkCenterView(code, request.Name, request.Area, request.Site));
    }

    /// <summary>The work center, if there is one; nobody else adds or changes it until the transaction ends.</summary>
    public static async Task<WorkCenter?> ForUpdate(string code, EquipmentDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockClass}, hashtext({code}))", ct);
        return await db.WorkCenters.SingleOrDefaultAsync(row => row.Code == code, ct);
    }

    static async Task<Page<WorkCenterView>> List(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.WorkCenters.AsNoTracking().Where(row => string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(page.Size + 1)
            .Select(row => new WorkCenterView(row.Code, row.Name, row.Area, row.Site)).ToListAsync(ct);
        return Page.Of(rows, page.Size, center => center.Code);
    }
}
