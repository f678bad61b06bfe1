using System.Diagnostics;
using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Scenarios;

sealed class ScenarioChangeValidator : AbstractValidator<ScenarioChange>
{
    public ScenarioChangeValidator()
    {
        RuleFor(change => change.Calendar).IsCodeOrNull();
        RuleFor(change => change.Equipment).IsCodeOrNull();
        RuleFor(change => change.Like).IsCodeOrNull();
        RuleFor(change => change.Product).IsCodeOrNull();
        RuleFor(change => change.Shift!).SetValidator(new WeeklyShiftValidator());
        RuleFor(change => change.From!.Value).IsTime().When(change => change.From is not null);
        RuleFor(change => change.Until!.Value).IsTime().When(change => change.Until is not null);
        RuleFor(change => change.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(change => change.Quantity!.Value).IsPositiveQuantity().When(change => change.Quantity is not null);
    }
}

static class ChangeScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/changes", Handle).Named("changeScenario", "Change an assumption of a scenario")
            .RequireAuthorization(Permissions.Plan);

    /// <summary>Changes a scenario's inputs; its plan is shifted to fit, and can then be planned anew.</summary>
    static async Task<Ok<ScenarioView>> Handle(
        Guid id, ScenarioChange request, ScenarioStore scenarios, Routings routings, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var open = await scenarios.ForUpdate(id, ct);
        open.Scenario.RequireRoom();
        var step = await StepOf(request, open.Facts, routings, ct);
        var facts = open.Facts.Apply(step);
        var shifted = PlanShift.Shift(facts, facts.Plan, open.Scenario.Origin);
        var story = new PlanStory("Shift", request.Kind.ToString(), shifted.Plan.Method, watch.Elapsed);
        return TypedResults.Ok(ScenarioView.Of(open.Scenario, await scenarios.Add(open, shifted, facts, step, story, ct)));
    }

    /// <summary>An order that is placed keeps the routing of now, whatever becomes of that later.</summary>
    static async Task<ScenarioStep> StepOf(
        ScenarioChange change, PlanningFacts facts, Routings routings, CancellationToken ct)
    {
        if (change is not { Kind: ScenarioChangeKind.AddOrder, Product: { } product })
        {
            return new ScenarioStep(0, change);
        }
        var operations = await routings.Newest(product, ct);
        await routings.RequireEquipment(operations, facts, ct);
        return new ScenarioStep(0, change with { OrderId = Guid.CreateVersion7() }, operations);
    }
}
