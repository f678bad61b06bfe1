using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.SignOns;

/// <summary>Signs an operator off.</summary>
/// <param name="At">When, UTC; now where none is given.</param>
public sealed record SignOffOperator(DateTimeOffset? At = null);

sealed class SignOffOperatorValidator : AbstractValidator<SignOffOperator>
{
    public SignOffOperatorValidator() => RuleFor(signOff => signOff.At!.Value).IsTime().When(signOff => signOff.At is not null);
}

static class SignOffEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/sign-ons/{id:guid}/sign-off", Handle).Named("signOff", "Sign an operator off")
            .RequireAuthorization(Permissions.SignOn);

    static async Task<Ok<SignOnView>> Handle(
        Guid id, SignOffOperator request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var signOn = await db.SignOns.FromSql($"SELECT * FROM sign_on WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("sign-on", id);
        db.ActAs(caller, signOn.Operator);
        signOn.SignOff(SignOn.TimeOf(request.At, clock.GetUtcNow(), mayBackdate: true));
        return TypedResults.Ok((await SignOnView.Of([signOn], db, ct))[0]);
    }
}
