using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Signs an operator in.</summary>
/// <param name="Badge">What the scanner read.</param>
/// <param name="Pin">The PIN; a badge without one needs a registered device instead.</param>
public sealed record SignInWithBadge([Code] string Badge, [Pin] string? Pin = null);

sealed class BadgeSignIn(
    IdentityDb db, IPasswordHasher<Badge> hasher, Credentials.Sessions sessions, SignInAttempts attempts,
    SecurityLog log)
{
    // Checked where there is no such badge or it has no PIN, so that the time of the answer tells neither
    static readonly string NobodysHash = new PasswordHasher<Badge>().HashPassword(null!, Secrets.Make());

    public static void Map(RouteGroupBuilder identity) =>
        identity.MapPost("/sign-in/badge", Handle).AllowAnonymous().RequireRateLimiting(GatewayLimits.SignIn);

    static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInWithBadge request, HttpContext context, BadgeSignIn signIn, CredentialCache cache)
    {
        await using var transaction = await signIn.BeginAsync(context.RequestAborted);
        var (secret, refusal) = await (request.Pin is { } pin
            ? signIn.WithPinAsync(request.Badge, pin, context, context.RequestAborted)
            : signIn.WithoutPinAsync(request.Badge, context, context.RequestAborted));
        await transaction.CommitAsync(context.RequestAborted);
        if (refusal is not null) return refusal;
        var credential = await cache.FindAsync(secret!) ?? throw new InvalidOperationException("The session is gone.");
        Cookies.SetSession(context, secret!, credential.ExpiresAt);
        return TypedResults.Ok(SignedIn.Of(credential));
    }

    Task<IDbContextTransaction> BeginAsync(CancellationToken ct) => db.Database.BeginTransactionAsync(ct);

    async Task<(string?, ProblemHttpResult?)> WithPinAsync(
        string code, string pin, HttpContext context, CancellationToken ct)
    {
        var account = SignInAttempts.OfBadge(code);
        if (await attempts.BeginAsync(context, account, ct) is { } refusal) return (null, refusal);
        var badge = await FindAsync(code, ct);
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        if (IsRight(badge, pin))
        {
            attempts.Succeed(context, account);
            return (await AdmitAsync(badge!, context, ct), null);
        }

        attempts.Fail(context, account);
        await db.SaveChangesAsync(ct);
        return (null, SignInAnswers.Wrong());
    }

    // A scan shows no secret: nothing is counted that could lock its owner
    async Task<(string?, ProblemHttpResult?)> WithoutPinAsync(string code, HttpContext context, CancellationToken ct)
    {
        var badge = await FindAsync(code, ct);
        if (badge is { PinHash: null } && SignInOrigin.Of(context).IsDevice) return (await AdmitAsync(badge, context, ct), null);
        if (badge?.PinHash is null) log.SignInFailed(context, SignInAttempts.OfBadge(code));
        return (null, SignInAnswers.PinRequired());
    }

    Task<Badge?> FindAsync(string code, CancellationToken ct) => db.Badges
        .FromSql($"select * from badges where code = {code} and revoked_at is null for share").SingleOrDefaultAsync(ct);

    bool IsRight(Badge? badge, string pin) =>
        hasher.VerifyHashedPassword(badge!, badge?.PinHash ?? NobodysHash, pin) != PasswordVerificationResult.Failed
        && badge?.PinHash is not null;

    async Task<string> AdmitAsync(Badge badge, HttpContext context, CancellationToken ct)
    {
        db.ActAs(new Actor(ActorKind.Operator, badge.OperatorCode, badge.Name), "sign-in");
        var (_, secret) = await sessions.AddAsync(context, null, badge.Id, ct);
        await db.SaveChangesAsync(ct);
        return secret;
    }
}
