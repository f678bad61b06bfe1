using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Scheduling.Features.Planning;

/// <summary>Asks for a planning run now.</summary>
/// <param name="Mode">Full, Incremental or Repair.</param>
public sealed record RequestPlan(PlanningMode Mode = PlanningMode.Full);

sealed class RequestPlanValidator : AbstractValidator<RequestPlan>
{
    public RequestPlanValidator() =>
        RuleFor(request => request.Mode).IsInEnum().WithMessage("Use Full, Incremental or Repair.");
}

static class RequestPlanEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/plans", Handle).Named("requestPlan", "Ask for a new plan").RequireAuthorization(Permissions.Plan);

    static Ok<PlanRequested> Handle(
        RequestPlan request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, SchedulingDb db, RunSignal asked,
        TimeProvider clock)
    {
        db.Runs.Add(PlanningRun.Asked(commandId, request.Mode.ToString(), "asked", clock.GetUtcNow()));
        db.AfterCommit(asked.Set);
        return TypedResults.Ok(new PlanRequested(commandId));
    }
}
