using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Changes the caller's own password and ends their other sessions.</summary>
/// <param name="Current">The password until now.</param>
/// <param name="New">The new one: at least 12 characters.</param>
public sealed record ChangePassword(
    [property: SecretContent] string Current, [property: SecretContent] string New);

sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(change => change.Current).IsSecret();
        RuleFor(change => change.New).IsSecret();
    }
}

static class ChangePasswordEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/password", Handle)
            .Named("changePassword", "Change the own password");

    static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        ChangePassword request, HttpContext context, IdentityDb db, IPasswordHasher<Person> hasher, SessionStore sessions,
        AccountLimiter accounts, CancellationToken ct)
    {
        var credential = Credential.Of(context);
        var id = credential.PersonId ?? throw new RuleViolation(
            "no-password", "Badges, keys and devices have no password; an administrator changes them.");
        if (!accounts.Allows("change " + id)) return Refusal.TooManyAttempts(context);
        var person = await db.People.FromSql($"select * from people where id = {id} for update").SingleAsync(ct);
        if (hasher.VerifyHashedPassword(person, person.PasswordHash!, request.Current) == PasswordVerificationResult.Failed)
        {
            throw new RuleViolation("wrong-credentials", "Check the current password.");
        }
        Passwords.MustBeStrong(request.New, request.Current);
        person.SetOwnPassword(hasher.HashPassword(person, request.New));
        await sessions.End(id, credential.SessionId, ct);
        return TypedResults.NoContent();
    }
}
