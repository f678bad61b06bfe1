using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Says how the plant wants to be planned; what is null stays as it is.</summary>
/// <param name="FrozenMinutes">How long ahead the plan is not changed any more, minutes, up to a week.</param>
/// <param name="StabilityWeight">Cost of moving one operation by one second; a weighted second of tardiness costs 100.</param>
/// <param name="FullSeconds">Search time of a full run, 1 to 3600 s.</param>
/// <param name="IncrementalSeconds">Search time of an incremental run, 1 to 600 s.</param>
/// <param name="RepairSeconds">Search time after an event, 1 to 120 s.</param>
/// <param name="Workers">Threads of a search, 1 to 64.</param>
/// <param name="DeviationMinutes">How far progress may be from the plan before it is repaired, minutes, 1 to 1440.</param>
public sealed record ChangeSettings(
    int? FrozenMinutes = null, int? StabilityWeight = null, int? FullSeconds = null, int? IncrementalSeconds = null,
    int? RepairSeconds = null, int? Workers = null, int? DeviationMinutes = null);

/// <summary>How the plant wants to be planned.</summary>
/// <param name="FrozenMinutes">How long ahead the plan is not changed any more, minutes, 0 to 10,080.</param>
/// <param name="StabilityWeight">Cost of moving one operation by one second, 0 to 1000; a weighted second of tardiness costs
/// 100.</param>
/// <param name="FullSeconds">Search time of a full run, 1 to 3600 s.</param>
/// <param name="IncrementalSeconds">Search time of an incremental run, 1 to 600 s.</param>
/// <param name="RepairSeconds">Search time after an event, 1 to 120 s.</param>
/// <param name="Workers">Threads of a search, 1 to 64.</param>
/// <param name="DeviationMinutes">How far progress may be from the plan before it is repaired, minutes, 1 to 1440.</param>
public sealed record SettingsView(
    int FrozenMinutes, int StabilityWeight, int FullSeconds, int IncrementalSeconds, int RepairSeconds, int Workers,
    int DeviationMinutes)
{
    internal static SettingsView Of(PlanningSettings row) => new(row.FrozenMinutes, row.StabilityWeight, row.FullSeconds,
        row.IncrementalSeconds, row.RepairSeconds, row.Workers, row.DeviationMinutes);
}

sealed class ChangeSettingsValidator : AbstractValidator<ChangeSettings>
{
    public ChangeSettingsValidator()
    {
        RuleFor(settings => settings.FrozenMinutes).InclusiveBetween(0, 7 * 1440);
        RuleFor(settings => settings.StabilityWeight).InclusiveBetween(0, 1000);
        RuleFor(settings => settings.FullSeconds).InclusiveBetween(1, 3600);
        RuleFor(settings => settings.IncrementalSeconds).InclusiveBetween(1, 600);
        RuleFor(settings => settings.RepairSeconds).InclusiveBetween(1, 120);
        RuleFor(settings => settings.Workers).InclusiveBetween(1, 64);
        RuleFor(settings => settings.DeviationMinutes).InclusiveBetween(1, 1440);
    }
}

static class SettingsEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/settings", Change).RequireAuthorization(Permissions.Plan);
        api.MapGet("/settings", Show).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<SettingsView>> Change(ChangeSettings request, SchedulingDb db, CancellationToken ct)
    {
        var settings = await db.Settings.FromSql($"SELECT * FROM planning_settings FOR UPDATE").SingleAsync(ct);
        settings.FrozenMinutes = request.FrozenMinutes ?? settings.FrozenMinutes;
        settings.StabilityWeight = request.StabilityWeight ?? settings.StabilityWeight;
        settings.FullSeconds = request.FullSeconds ?? settings.FullSeconds;
        settings.IncrementalSeconds = request.IncrementalSeconds ?? settings.IncrementalSeconds;
        settings.RepairSeconds = request.RepairSeconds ?? settings.RepairSeconds;
        settings.Workers = request.Workers ?? settings.Workers;
        settings.DeviationMinutes = request.DeviationMinutes ?? settings.DeviationMinutes;
        await db.NoteChange(ct);
        return TypedResults.Ok(SettingsView.Of(settings));
    }

    static Task<SettingsView> Show(SchedulingDb db, CancellationToken ct) =>
        db.Settings.AsNoTracking().Select(settings => SettingsView.Of(settings)).SingleAsync(ct);
}
