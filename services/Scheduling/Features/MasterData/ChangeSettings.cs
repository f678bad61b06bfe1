using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

sealed class ChangeSettingsValidator : AbstractValidator<ChangeSettings>
{
    public ChangeSettingsValidator()
    {
        RuleFor(settings => settings.FrozenMinutes).InclusiveBetween(0, 7 * 1440);
        RuleFor(settings => settings.TardinessWeight).InclusiveBetween(1, 10_000);
        RuleFor(settings => settings.SetupWeight).InclusiveBetween(0, 10_000);
        RuleFor(settings => settings.StabilityWeight).InclusiveBetween(0, 1000);
        RuleFor(settings => settings.FullSeconds).InclusiveBetween(1, 3600);
        RuleFor(settings => settings.IncrementalSeconds).InclusiveBetween(1, 600);
        RuleFor(settings => settings.RepairSeconds).InclusiveBetween(1, 120);
        RuleFor(settings => settings.Workers).InclusiveBetween(1, 64);
        RuleFor(settings => settings.DeviationMinutes).InclusiveBetween(1, 1440);
    }
}

static class ChangeSettingsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/settings", Handle).Named("changeSettings", "Change how planning works")
            .RequireAuthorization(Permissions.Plan);

    static async Task<Ok<SettingsView>> Handle(ChangeSettings request, SchedulingDb db, CancellationToken ct)
    {
        // EF has no FOR UPDATE
        var settings = await db.Settings.FromSql($"SELECT * FROM planning_settings FOR UPDATE").SingleAsync(ct);
        settings.Change(request);
        await db.NoteChange(ct);
        return TypedResults.Ok(SettingsView.Of(settings));
    }
}
