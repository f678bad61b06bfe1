using System.Diagnostics;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Scenarios;

static class MoveInScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/moves", Handle).Named("moveInScenario", "Move an operation in a scenario")
            .RequireAuthorization(Permissions.Plan);

    static async Task<Ok<MoveAnswer>> Handle(Guid id, MoveOperation request, ScenarioStore scenarios, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var open = await scenarios.ForUpdate(id, ct);
        var move = new PlanMove(request.OperationId, request.Equipment, request.StartsAt.ToUniversalTime());
        var moved = move.Make(open.Facts, open.Scenario.Origin);
        var pin = !request.Lock ? null : new ScenarioStep(0, new ScenarioChange(ScenarioChangeKind.Lock)
        {
            Equipment = move.Equipment, OperationId = move.OperationId, From = PlanSearch.Whole(move.StartsAt)
        });
        var record = await scenarios.Add(
            open, moved, open.Facts, pin, new PlanStory("Move", "planner", moved.Plan.Method, watch.Elapsed), ct);
        return TypedResults.Ok(new MoveAnswer(
            PlanView.Of(record), PlanChanges.Between(open.Facts, open.Facts.Plan, moved.Rows())));
    }
}
