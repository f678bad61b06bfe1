using System.Diagnostics;
using System.Text.Json;
using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>Copies the plan in force and all it is made from, to try what if.</summary>
/// <param name="Name">Name to show.</param>
public sealed record CreateScenario(string Name);

sealed class CreateScenarioValidator : AbstractValidator<CreateScenario>
{
    public CreateScenarioValidator() => RuleFor(scenario => scenario.Name).IsName();
}

sealed class ScenarioChangeValidator : AbstractValidator<ScenarioChange>
{
    public ScenarioChangeValidator()
    {
        RuleFor(change => change.Calendar!).IsCode().When(change => change.Calendar is not null);
        RuleFor(change => change.Equipment!).IsCode().When(change => change.Equipment is not null);
        RuleFor(change => change.Like!).IsCode().When(change => change.Like is not null);
        RuleFor(change => change.Shift!).SetValidator(new WeeklyShiftValidator()).When(change => change.Shift is not null);
        RuleFor(change => change.From!.Value).IsTime().When(change => change.From is not null);
        RuleFor(change => change.Until!.Value).IsTime().When(change => change.Until is not null);
        RuleFor(change => change.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(change => change.Quantity!.Value).IsPositiveQuantity().When(change => change.Quantity is not null);
    }
}

/// <summary>A scenario and its current plan.</summary>
/// <param name="Id">Identity: the id of the command that made it.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BaseVersion">Version of the plan that it was copied from; 0 where there was none.</param>
/// <param name="Revision">Number of its current plan, from 1; undo goes back by one.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Changes">What was changed, in order, at most 1,000.</param>
/// <param name="Plan">Its current plan.</param>
public sealed record ScenarioView(
    Guid Id, string Name, ScenarioStatus Status, long BaseVersion, int Revision, DateTimeOffset CreatedAt,
    IReadOnlyList<ScenarioStep> Changes, PlanView Plan)
{
    internal static ScenarioView Of(Scenario scenario, PlanRecord plan) => new(
        scenario.Id, scenario.Name, scenario.Status, scenario.BaseVersion, scenario.Revision, scenario.CreatedAt,
        scenario.Changes, PlanView.Of(plan));
}

/// <summary>A scenario in a list.</summary>
public sealed record ScenarioLine(Guid Id, string Name, ScenarioStatus Status, long BaseVersion, int Revision,
    DateTimeOffset CreatedAt);

static class ScenariosEndpoint
{
    const int ChangesMax = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/scenarios");
        group.MapPost("/", Create).RequireAuthorization(Permissions.Plan);
        group.MapGet("/", List).RequireAuthorization(Permissions.ReadScheduling);
        group.MapGet("/{id:guid}", Show).RequireAuthorization(Permissions.ReadScheduling);
        group.MapPost("/{id:guid}/changes", Change).RequireAuthorization(Permissions.Plan);
        group.MapPost("/{id:guid}/moves", Move).RequireAuthorization(Permissions.Plan);
        group.MapPost("/{id:guid}/undo", Undo).RequireAuthorization(Permissions.Plan);
        group.MapPost("/{id:guid}/plan", Plan).RequireAuthorization(Permissions.Plan);
        group.MapPost("/{id:guid}/discard", Discard).RequireAuthorization(Permissions.Plan);
    }

    static async Task<Ok<ScenarioView>> Create(
        CreateScenario request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, SchedulingDb db, PlanBook book,
        PlanningInput input, TimeProvider clock, CancellationToken ct)
    {
        await book.TakeTurn(ct);
        var facts = await input.Read(ct);
        var origin = PlanSearch.Whole(clock.GetUtcNow());
        var scenario = new Scenario
        {
            Id = commandId, Name = request.Name, Status = ScenarioStatus.Draft, BaseVersion = await book.Version(ct),
            Facts = JsonSerializer.Serialize(facts with { Plan = [] }, MessageJson.Options), Changes = [], Origin = origin,
            CreatedAt = clock.GetUtcNow()
        };
        db.Scenarios.Add(scenario);
        var copy = PlanShift.Shift(facts, facts.Plan, origin);
        var plan = await book.Keep(copy, facts, scenario, new PlanStory("Shift", "copied", copy.Plan.Method, TimeSpan.Zero), ct);
        return TypedResults.Ok(ScenarioView.Of(scenario, plan));
    }

    static async Task<Page<ScenarioLine>> List(
        SchedulingDb db, ScenarioStatus? status, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Scenarios.AsNoTracking().Where(scenario =>
            scenario.Id > after && (status == null || scenario.Status == status))
            .OrderBy(scenario => scenario.Id).Take(page.Size + 1).Select(scenario => new ScenarioLine(
                scenario.Id, scenario.Name, scenario.Status, scenario.BaseVersion, scenario.Revision,
                scenario.CreatedAt)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<ScenarioView> Show(Guid id, ScenarioBook scenarios, CancellationToken ct)
    {
        var open = await scenarios.Open(id, ct);
        return ScenarioView.Of(open.Scenario, open.Plan);
    }

    /// <summary>Changes a scenario's inputs; its plan is shifted to fit, and can then be planned anew.</summary>
    static async Task<Ok<ScenarioView>> Change(Guid id, ScenarioChange request, ScenarioBook scenarios, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var open = await scenarios.ForUpdate(id, ct);
        if (open.Scenario.Changes.Count >= ChangesMax)
        {
            throw new RuleViolation("too-many-changes", "Make a new scenario.", ("changes", open.Scenario.Changes.Count));
        }
        var facts = open.Facts.Apply(request);
        var shifted = PlanShift.Shift(facts, facts.Plan, open.Scenario.Origin);
        var story = new PlanStory("Shift", request.Kind.ToString(), shifted.Plan.Method, watch.Elapsed);
        return TypedResults.Ok(ScenarioView.Of(open.Scenario, await scenarios.Add(open, shifted, facts, request, story, ct)));
    }

    static async Task<Ok<MoveAnswer>> Move(Guid id, MoveOperation request, ScenarioBook scenarios, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var open = await scenarios.ForUpdate(id, ct);
        var move = new PlanMove(request.OperationId, request.Equipment, request.StartsAt.ToUniversalTime());
        var moved = move.Make(open.Facts, open.Scenario.Origin);
        var pin = !request.Lock ? null : new ScenarioChange(
            ScenarioChangeKind.Lock, Equipment: move.Equipment, OperationId: move.OperationId,
            From: PlanSearch.Whole(move.StartsAt));
        var record = await scenarios.Add(
            open, moved, open.Facts, pin, new PlanStory("Move", "planner", moved.Plan.Method, watch.Elapsed), ct);
        return TypedResults.Ok(new MoveAnswer(
            PlanView.Of(record), PlanChanges.Between(open.Facts, open.Facts.Plan, moved.Rows())));
    }

    /// <summary>Goes back by one change, move or planning run.</summary>
    static async Task<Ok<ScenarioView>> Undo(Guid id, SchedulingDb db, ScenarioBook scenarios, CancellationToken ct)
    {
        var scenario = (await scenarios.ForUpdate(id, ct)).Scenario;
        if (scenario.Revision <= 1)
        {
            throw new RuleViolation("nothing-to-undo", "It is as it was copied.", ("revision", scenario.Revision));
        }
        scenario.Revision--;
        scenario.Changes = [.. scenario.Changes.Where(step => step.Revision <= scenario.Revision)];
        var plan = await db.Plans.AsNoTracking().SingleAsync(row =>
            row.ScenarioId == id && row.Revision == scenario.Revision, ct);
        return TypedResults.Ok(ScenarioView.Of(scenario, plan));
    }

    /// <summary>Asks for a planning run of a scenario.</summary>
    static async Task<Ok<PlanRequested>> Plan(
        Guid id, [FromHeader(Name = CommandHeader.Name)] Guid commandId, ScenarioBook scenarios, SchedulingDb db,
        RunSignal asked, TimeProvider clock, CancellationToken ct)
    {
        await scenarios.ForUpdate(id, ct);
        db.Runs.Add(PlanningRun.OfScenario(commandId, id, clock.GetUtcNow()));
        db.AfterCommit(asked.Set);
        return TypedResults.Ok(new PlanRequested(commandId));
    }

    static async Task<NoContent> Discard(Guid id, ScenarioBook scenarios, CancellationToken ct)
    {
        (await scenarios.ForUpdate(id, ct)).Scenario.Status = ScenarioStatus.Discarded;
        return TypedResults.NoContent();
    }
}
