using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Changes the caller's own password and ends their other sessions.</summary>
/// <param name="Current">The password until now.</param>
/// <param name="New">The new one: at least 12 characters.</param>
public sealed record ChangePassword([Secret] string Current, [Secret] string New);

sealed class PasswordChange(
    IdentityDb db, UserManager<User> users, Credentials.Sessions sessions, AccountLimiter accounts)
{
    public static void Map(RouteGroupBuilder identity) => identity.MapPost("/password", Handle);

    static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        ChangePassword request, HttpContext context, PasswordChange change, CredentialCache cache)
    {
        if (Credential.Of(context).UserId is not { } userId) return NoPassword();
        var refusal = await change.TryAsync(userId, request, context);
        if (refusal is not null) return refusal;
        cache.ForgetAll();
        return TypedResults.NoContent();
    }

    async Task<ProblemHttpResult?> TryAsync(
        Guid userId, ChangePassword request, HttpContext context)
    {
        var ct = context.RequestAborted;
        if (!accounts.Allows("change " + userId)) return SignInAnswers.TooManyAttempts(context);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = (await db.Users.FindAsync([userId], ct))!;
        db.ActAs(Credential.Of(context).Caller, "change-password");
        user.MustChangePassword = false;
        var changed = request.New == request.Current
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordUnchanged" })
            : await users.ChangePasswordAsync(user, request.Current, request.New);
        if (!changed.Succeeded) return Refused(changed);
        await sessions.EndAsync(userId, Credential.Of(context).SessionId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    static ProblemHttpResult NoPassword() => Refusal.Of(
        422, "no-password", "Badges, keys and devices have no password; an administrator changes them.");

    static ProblemHttpResult Refused(IdentityResult result) =>
        result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
            ? Refusal.Of(422, "wrong-credentials", "Check the current password.")
            : Passwords.TooWeak();
}

static class Passwords
{
    /// <summary>The shortest password, in characters.</summary>
    public const int CharactersMin = 12;

    public static ProblemHttpResult TooWeak() => Refusal.Of(
        422, "weak-password", $"Take at least {CharactersMin} characters, and not the password before.");
}
