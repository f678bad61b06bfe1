using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Says how long setups on an equipment unit take, by the family before and after (its setup matrix).</summary>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
public sealed record DefineSetupTimes(int DefaultSeconds, IReadOnlyList<SetupChange>? Changes = null);

sealed class DefineSetupTimesValidator : AbstractValidator<DefineSetupTimes>
{
    const int SecondsMax = 30 * 86_400;

    public DefineSetupTimesValidator()
    {
        RuleFor(setup => setup.DefaultSeconds).InclusiveBetween(0, SecondsMax).WithMessage("Use 0 seconds to 30 days.");
        RuleFor(setup => setup.Changes).Cascade(CascadeMode.Stop)
            .Must(changes => changes is null || (changes.Count <= 10_000 && changes.All(change => change is not null)))
            .WithMessage("Name at most 10000, none of them null.")
            .Must(changes => changes is null || changes.DistinctBy(change => (change.From, change.To)).Count() == changes.Count)
            .WithMessage("Name each change once.");
        RuleForEach(setup => setup.Changes).ChildRules(change =>
        {
            change.RuleFor(c => c.From).IsCode();
            change.RuleFor(c => c.To).IsCode();
            change.RuleFor(c => c.Seconds).InclusiveBetween(0, SecondsMax).WithMessage("Use 0 seconds to 30 days.");
        });
    }
}

static class DefineSetupTimesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/setup-times/{equipment}", Handle).Named("defineSetupTimes", "Define the times of changing over")
            .RequireAuthorization(Permissions.Plan);

    static async Task<Ok<SetupTimesView>> Handle(
        Code equipment, DefineSetupTimes request, SchedulingDb db, CancellationToken ct)
    {
        // EF has no FOR UPDATE
        var setup = await db.Setups.FromSql($"SELECT * FROM setup_times WHERE equipment = {equipment.Value} FOR UPDATE")
            .SingleOrDefaultAsync(ct)
            ?? db.Setups.Add(new SetupTimes(equipment.Value, defaultSeconds: 0, changes: [])).Entity;
        setup.Define(request.DefaultSeconds, request.Changes ?? []);
        await db.NoteChange(ct);
        return TypedResults.Ok(await db.ViewOf(setup, ct));
    }
}
