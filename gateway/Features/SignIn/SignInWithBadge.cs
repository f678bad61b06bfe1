using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Signs an operator in.</summary>
/// <param name="Badge">What the scanner read.</param>
/// <param name="Pin">The PIN; a badge without one needs a registered device instead.</param>
public sealed record SignInWithBadge([Code] string Badge, [Pin] string? Pin = null);

sealed class BadgeSignIn(
    IdentityDb db,
    IPasswordHasher<Badge> hasher,
    Credentials.Sessions sessions,
    AccountLimiter accounts,
    TimeProvider clock)
{
    const int FailuresMax = 5;
    static readonly TimeSpan Lockout = TimeSpan.FromMinutes(5);

    public static void Map(RouteGroupBuilder identity) =>
        identity.MapPost("/sign-in/badge", Handle).AllowAnonymous().RequireRateLimiting(GatewayLimits.SignIn);

    static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInWithBadge request, HttpContext context, BadgeSignIn signIn, CredentialCache cache)
    {
        var (secret, refusal) = await signIn.TryAsync(request, context, context.RequestAborted);
        if (refusal is not null) return refusal;
        var credential = await cache.FindAsync(secret!) ?? throw new InvalidOperationException("The session is gone.");
        Cookies.SetSession(context, secret!, credential.ExpiresAt);
        return TypedResults.Ok(SignedIn.Of(credential));
    }

    async Task<(string?, ProblemHttpResult?)> TryAsync(
        SignInWithBadge request, HttpContext context, CancellationToken ct)
    {
        if (!accounts.Allows("badge " + request.Badge)) return (null, SignInAnswers.TooManyAttempts(context));

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var badge = await db.Badges
            .FromSql($"select * from badges where code = {request.Badge} and revoked_at is null for update")
            .SingleOrDefaultAsync(ct);
        if (badge is null) return (null, request.Pin is null ? SignInAnswers.PinRequired() : SignInAnswers.Wrong());

        db.ActAs(new Actor(ActorKind.Operator, badge.OperatorCode, badge.Name), "sign-in");
        var now = clock.GetUtcNow();
        if (badge.LockoutEnd > now) return (null, SignInAnswers.LockedOut(context, badge.LockoutEnd.Value, now));
        var (session, secret) = await sessions.AddAsync(context, null, badge.Id, ct);
        if (request.Pin is null && (badge.PinHash is not null || session.DeviceId is null))
            return (null, SignInAnswers.PinRequired());
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        var right = IsRight(badge, request.Pin);
        Count(badge, right, now);
        if (!right) db.Entry(session).State = EntityState.Detached;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return right ? (secret, null) : (null, SignInAnswers.Wrong());
    }

    bool IsRight(Badge badge, string? pin) => badge.PinHash is null
        ? pin is null
        : hasher.VerifyHashedPassword(badge, badge.PinHash, pin!) != PasswordVerificationResult.Failed;

    void Count(Badge badge, bool right, DateTimeOffset now)
    {
        if (!right) db.Action = "sign-in failed";
        badge.AccessFailedCount = right ? 0 : badge.AccessFailedCount + 1;
        if (badge.AccessFailedCount < FailuresMax) return;
        badge.AccessFailedCount = 0;
        badge.LockoutEnd = now + Lockout;
    }
}
