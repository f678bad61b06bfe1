using System.Text.Json;
using FluentValidation;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>Copies the plan in force and all it is made from, to try what if.</summary>
/// <param name="Name">Name to show.</param>
/// <param name="CopyOf">A scenario to copy instead of the plan in force, with its changes and its plan; or null.</param>
public sealed record CreateScenario(string Name, Guid? CopyOf = null);

sealed class CreateScenarioValidator : AbstractValidator<CreateScenario>
{
    public CreateScenarioValidator() => RuleFor(scenario => scenario.Name).IsName();
}

static class CreateScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios", Handle).Named("createScenario", "Create a scenario").RequireAuthorization(Permissions.Plan);

    static async Task<Created<ScenarioView>> Handle(
        CreateScenario request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, SchedulingDb db, PlanStore plans,
        ScenarioStore scenarios, PlanningInput input, TimeProvider clock, CancellationToken ct)
    {
        if (request.CopyOf is { } original)
        {
            return await Copy(await scenarios.Open(original, ct), request.Name, commandId);
        }
        await plans.TakeTurn(ct);
        var facts = await input.Read(ct);
        var origin = PlanSearch.Whole(clock.GetUtcNow());
        var scenario = new Scenario
        {
            Id = commandId, Name = request.Name, BaseVersion = await plans.Version(ct),
            Facts = JsonSerializer.Serialize(facts with { Plan = [] }, MessageJson.Options), Origin = origin,
            CreatedAt = clock.GetUtcNow()
        };
        db.Scenarios.Add(scenario);
        var copy = PlanShift.Shift(facts, facts.Plan, origin);
        var plan = await plans.Keep(copy, facts, scenario, new PlanStory("Shift", "copied", copy.Plan.Method, TimeSpan.Zero), ct);
        return TypedResults.Created((string?)null, ScenarioView.Of(scenario, plan));

        async Task<Created<ScenarioView>> Copy(OpenScenario open, string name, Guid id)
        {
            var copied = db.Scenarios.Add(open.Scenario.Copied(id, name, clock.GetUtcNow())).Entity;
            var same = PlanShift.Shift(open.Facts, open.Facts.Plan, copied.Origin);
            var story = new PlanStory("Shift", "copied", same.Plan.Method, TimeSpan.Zero);
            return TypedResults.Created((string?)null,
                ScenarioView.Of(copied, await plans.Keep(same, open.Facts, copied, story, ct)));
        }
    }
}
