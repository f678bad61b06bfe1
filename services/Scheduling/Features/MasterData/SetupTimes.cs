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
/// <param name="Equipment">Equipment code.</param>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
public sealed record DefineSetupTimes(string Equipment, int DefaultSeconds, IReadOnlyList<SetupChange>? Changes = null);

/// <summary>The setup times of an equipment unit.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
/// <param name="Warnings">What is probably a mistake.</param>
public sealed record SetupTimesView(
    string Equipment, int DefaultSeconds, IReadOnlyList<SetupChange> Changes, IReadOnlyList<PlanWarning> Warnings);

/// <summary>The setup times of an equipment unit in a list.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
public sealed record SetupTimesLine(string Equipment, int DefaultSeconds, IReadOnlyList<SetupChange> Changes);

sealed class DefineSetupTimesValidator : AbstractValidator<DefineSetupTimes>
{
    const int SecondsMax = 30 * 86_400;

    public DefineSetupTimesValidator()
    {
        RuleFor(setup => setup.Equipment).IsCode();
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

static class SetupTimesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/setup-times", Define).RequireAuthorization(Permissions.Plan);
        api.MapGet("/setup-times", List).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<SetupTimesView>> Define(DefineSetupTimes request, SchedulingDb db, CancellationToken ct)
    {
        var setup = await db.Setups.FromSql($"SELECT * FROM setup_times WHERE equipment = {request.Equipment} FOR UPDATE")
            .SingleOrDefaultAsync(ct)
            ?? db.Setups.Add(new SetupTimes { Equipment = request.Equipment, DefaultSeconds = 0, Changes = [] }).Entity;
        (setup.DefaultSeconds, setup.Changes) = (request.DefaultSeconds, request.Changes ?? []);
        await db.NoteChange(ct);
        return TypedResults.Ok(new SetupTimesView(setup.Equipment, setup.DefaultSeconds, setup.Changes,
            await db.WarningsOf(setup.Equipment, "setup times", ct)));
    }

    static async Task<Page<SetupTimesLine>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Setups.AsNoTracking().Where(setup => string.Compare(setup.Equipment, after) > 0)
            .OrderBy(setup => setup.Equipment).Take(page.Size + 1)
            .Select(setup => new SetupTimesLine(setup.Equipment, setup.DefaultSeconds, setup.Changes)).ToListAsync(ct);
        return Page.Of(rows, page.Size, setup => setup.Equipment);
    }
}
