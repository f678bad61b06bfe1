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
/// <param name="Name">Name to show.</param>
/// <param name="Capacity">Units that can be in use at the same time, 1 to 10,000.</param>
/// <param name="Calendar">Code of a calendar of Equipment; null: always there.</param>
/// <param name="IsHeldDuringPauses">Whether a paused operation keeps it (a mould) or frees it (an operator).</param>
public sealed record DefineResource(
    string Name, int Capacity, string? Calendar = null, bool IsHeldDuringPauses = false);

sealed class DefineResourceValidator : AbstractValidator<DefineResource>
{
    public DefineResourceValidator()
    {
        RuleFor(resource => resource.Name).IsName();
        RuleFor(resource => resource.Capacity).InclusiveBetween(1, 10_000).WithMessage("Use a capacity from 1 to 10000.");
        RuleFor(resource => resource.Calendar).IsCodeOrNull();
    }
}

static class DefineResourceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/resources/{code}", Handle).Named("defineResource", "Define a resource")
            .RequireAuthorization(Permissions.Plan);

    static async Task<Ok<ResourceView>> Handle(
        Code code, DefineResource request, SchedulingDb db, CancellationToken ct)
    {
        if (request.Calendar is { } named && !await db.Calendars.AnyAsync(calendar => calendar.Code == named, ct))
        {
            throw new RuleViolation("calendar-not-found", "Define the calendar in Equipment first.", ("calendar", named));
        }
        // EF has no FOR UPDATE
        var resource = await db.Resources.FromSql($"SELECT * FROM plant_resource WHERE code = {code.Value} FOR UPDATE")
            .SingleOrDefaultAsync(ct)
            ?? db.Resources.Add(new PlantResource(code.Value, "", capacity: 1)).Entity;
        resource.Define(request.Name, request.Capacity, request.Calendar, request.IsHeldDuringPauses);
        db.Outbox.Add(new ResourceChanged(resource.Code, resource.Version, resource.Name, resource.Capacity));
        await db.NoteChange(ct);
        return TypedResults.Ok(ResourceView.Of(resource));
    }
}
