using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.SignOns;

/// <summary>Signs an operator on at a station.</summary>
/// <param name="Operator">Code of the operator: the caller, except where the caller may act for others.</param>
/// <param name="Station">Where: a work center or terminal; at a bound terminal one of the equipment it is bound to.</param>
/// <param name="At">Since when, UTC; now where none is given. More than five minutes ago only for who may act for
/// others.</param>
public sealed record SignOnOperator(string Operator, string Station, DateTimeOffset? At = null);

sealed class SignOnOperatorValidator : AbstractValidator<SignOnOperator>
{
    public SignOnOperatorValidator()
    {
        RuleFor(signOn => signOn.Operator).IsCode();
        RuleFor(signOn => signOn.Station).IsCode();
        RuleFor(signOn => signOn.At!.Value).IsTime().When(signOn => signOn.At is not null);
    }
}

static class SignOnEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/sign-ons", Handle).Named("signOn", "Sign an operator on at a station")
            .RequireAuthorization(Permissions.SignOn);

    static async Task<Ok<SignOnView>> Handle(
        SignOnOperator request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkOrdersDb db, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        db.ActAs(caller, request.Operator);
        caller.MustServe(request.Station);
        var at = SignOn.TimeOf(request.At, clock.GetUtcNow(), mayBackdate: caller.May(Permissions.ActForOthers));
        var person = await db.HoldOperator(request.Operator, ct) ?? throw new RuleViolation("operator-not-found",
            "No person has this code. Check the badge, or make the person known with PUT /api/identity/people/{code}.",
            ("operator", request.Operator));
        var signOn = db.SignOns.Add(person.SignOn(commandId, request.Station, at)).Entity;
        return TypedResults.Ok((await SignOnView.Of([signOn], db, ct))[0]);
    }
}
