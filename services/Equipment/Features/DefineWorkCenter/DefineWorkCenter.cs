using FluentValidation;
using Mes.Equipment.Data;
using Mes.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features;

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
    public const string Area = "shop-floor";
    public const string Site = "plant";
}

/// <summary>A work center and where it stands.</summary>
public sealed record WorkCenterView(string Code, string Name, string Area, string Site);

static class DefineWorkCenterEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/work-centers/{code}", Handle).RequireAuthorization(Permissions.ManageEquipment);
        api.MapGet("/work-centers", List).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<Ok<WorkCenterView>> Handle(
        string code, DefineWorkCenter request, EquipmentDb db, CancellationToken ct)
    {
        Words.RequireCode(code);
        var center = await db.WorkCenters.FromSql($"SELECT * FROM work_center WHERE code = {code} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (center is null)
            db.WorkCenters.Add(new() { Code = code, Name = request.Name, Area = request.Area, Site = request.Site });
        else
            (center.Name, center.Area, center.Site) = (request.Name, request.Area, request.Site);
        return TypedResults.Ok(new WorkCenterView(code, request.Name, request.Area, request.Site));
    }

    static async Task<IReadOnlyList<WorkCenterView>> List(EquipmentDb db, CancellationToken ct) =>
        await db.WorkCenters.AsNoTracking().OrderBy(row => row.Code)
            .Select(row => new WorkCenterView(row.Code, row.Name, row.Area, row.Site)).ToListAsync(ct);
}
