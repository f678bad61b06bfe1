using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>Sets a new one-time password, unlocks the account and ends its sessions.</summary>
/// <param name="Reason">For the audit trail.</param>
public sealed record ResetPassword(string? Reason = null);

sealed class ResetPasswordValidator : AbstractValidator<ResetPassword>
{
    public ResetPasswordValidator() => RuleFor(reset => reset.Reason).IsReason();
}

static class ResetPasswordEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/people/{code}/password-reset", Handle)
            .Named("resetPassword", "Give a person a new one-time password")
        .ShowsOnce<OneTimePassword>(answer => answer.Kept(), OneTimePassword.Again)
        .RequireAuthorization(Permissions.ManageIdentity);

    static async Task<Ok<OneTimePassword>> Handle(
        Code code, ResetPassword request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, IdentityDb db,
        IPasswordHasher<Person> hasher, IssuedSecrets secrets, SessionStore sessions, TimeProvider clock,
        CancellationToken ct)
    {
        var person = await db.LockPerson(code.Value, ct);
        if (person.DeactivatedAt is not null) throw RuleViolation.NotFound("person", code.Value);
        var now = clock.GetUtcNow();
        var password = secrets.MakePassword(commandId, now);
        person.SetOneTimePassword(hasher.HashPassword(person, password));
        await db.ForgetFailures(SignInFailure.OfUser(person.NormalizedUserName!), ct);
        await sessions.End(person.Id, null, ct);
        db.Reason = request.Reason;
        return TypedResults.Ok(new OneTimePassword(person.Id, person.UserName!, password, now));
    }
}
