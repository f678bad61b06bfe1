using Mes.Gateway.Credentials;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Who is signed in.</summary>
/// <param name="SubjectId">User id, operator code, API key id or device id.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Kind">user, operator, api-client or device.</param>
/// <param name="DeviceId">The registered device, where known.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="Permissions">What these roles allow; empty until a password set by others is changed.</param>
/// <param name="MustChangePassword">Only changing the password is allowed.</param>
/// <param name="ExpiresAt">When the session ends by itself; null for a key without an end.</param>
/// <param name="Operator">The operator that this person is, by code: of the badge, or the user name; null for a key.</param>
public sealed record SignedIn(
    string SubjectId,
    string Name,
    ActorKind Kind,
    string? DeviceId,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    bool MustChangePassword,
    DateTimeOffset? ExpiresAt,
    string? Operator)
{
    internal static SignedIn Of(Credential credential) => new(
        credential.Caller.SubjectId,
        credential.Caller.Name,
        credential.Caller.Kind,
        credential.Caller.DeviceId,
        credential.Roles,
        [.. credential.Caller.Permissions.Order(StringComparer.Ordinal)],
        credential.MustChangePassword,
        credential.ExpiresAt == DateTimeOffset.MaxValue ? null : credential.ExpiresAt,
        credential.Caller.Operator);
}

static class SignInAnswers
{
    // One answer for an unknown name and a wrong secret: it tells no names
    public static ProblemHttpResult Wrong() => Refusal.Of(
        401, "wrong-credentials", "Check name and secret; after five failures it is locked here for five minutes.");

    // Also for a badge that nobody knows, so that a scan alone tells nothing about it
    public static ProblemHttpResult PinRequired() => Refusal.Of(
        401, "pin-required", "Enter the PIN. A badge without one signs in on registered terminals only.");

    public static ProblemHttpResult LockedOut(HttpContext context, DateTimeOffset until, DateTimeOffset now)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling((until - now).TotalSeconds)).ToString("0");
        return Refusal.Of(429, "locked-out", "Wait as long as Retry-After says, then try again.");
    }

    public static ProblemHttpResult TooManyAttempts(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        return Refusal.Of(429, "too-many-requests", "Too many attempts on this account: wait a minute.");
    }
}
