using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Defines a secondary resource (operators of a skill, a tool, a mould), or changes it.</summary>
/// <param name="Code">Code, unique; routings name it.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Capacity">Units that can be in use at the same time, 1 to 10,000.</param>
/// <param name="Calendar">Code of its calendar; null: always there.</param>
/// <param name="IsHeldDuringPauses">Whether a paused operation keeps it (a mould) or frees it (an operator).</param>
public sealed record DefineResource(
    string Code, string Name, int Capacity, string? Calendar = null, bool IsHeldDuringPauses = false);

/// <summary>A secondary resource: operators of a skill, a tool, a mould.</summary>
/// <param name="Code">Code, unique; routings name it.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Capacity">Units that can be in use at the same time, 1 to 10,000.</param>
/// <param name="Calendar">Code of its calendar; null: always there.</param>
/// <param name="IsHeldDuringPauses">Whether a paused operation keeps it (a mould) or frees it (an operator).</param>
public sealed record ResourceView(string Code, string Name, int Capacity, string? Calendar, bool IsHeldDuringPauses)
{
    internal static ResourceView Of(PlantResource row) =>
        new(row.Code, row.Name, row.Capacity, row.Calendar, row.IsHeldDuringPauses);
}

sealed class DefineResourceValidator : AbstractValidator<DefineResource>
{
    public DefineResourceValidator()
    {
        RuleFor(resource => resource.Code).IsCode();
        RuleFor(resource => resource.Name).IsName();
        RuleFor(resource => resource.Capacity).InclusiveBetween(1, 10_000).WithMessage("Use a capacity from 1 to 10000.");
        RuleFor(resource => resource.Calendar!).IsCode().When(resource => resource.Calendar is not null);
    }
}

static class ResourcesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/resources", Define).RequireAuthorization(Permissions.Plan);
        api.MapGet("/resources", List).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<ResourceView>> Define(DefineResource request, SchedulingDb db, CancellationToken ct)
    {
        if (request.Calendar is { } code && !await db.Calendars.AnyAsync(calendar => calendar.Code == code, ct))
        {
            throw new RuleViolation("calendar-not-found", "Define the calendar first.", ("calendar", code));
        }
        var resource = await db.Resources.FromSql($"SELECT * FROM plant_resource WHERE code = {request.Code} FOR UPDATE")
            .SingleOrDefaultAsync(ct)
            ?? db.Resources.Add(new PlantResource { Code = request.Code, Name = "", Capacity = 1 }).Entity;
        (resource.Name, resource.Capacity) = (request.Name, request.Capacity);
        (resource.Calendar, resource.IsHeldDuringPauses) = (request.Calendar, request.IsHeldDuringPauses);
        resource.Version++;
        db.Outbox.Add(new ResourceChanged(resource.Code, resource.Version, resource.Name, resource.Capacity));
        await db.NoteChange(ct);
        return TypedResults.Ok(ResourceView.Of(resource));
    }

    static async Task<Page<ResourceView>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Resources.AsNoTracking().Where(resource => string.Compare(resource.Code, after) > 0)
            .OrderBy(resource => resource.Code).Take(page.Size + 1)
            .Select(resource => ResourceView.Of(resource)).ToListAsync(ct);
        return Page.Of(rows, page.Size, resource => resource.Code);
    }
}
