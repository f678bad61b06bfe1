using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Signs a person in by their badge.</summary>
/// <param name="Badge">What the scanner read.</param>
/// <param name="Pin">The PIN; a badge without one needs a registered device instead.</param>
public sealed record SignInWithBadge(string Badge, [property: SecretContent] string? Pin = null);

sealed class SignInWithBadgeValidator : AbstractValidator<SignInWithBadge>
{
    public SignInWithBadgeValidator()
    {
        RuleFor(signIn => signIn.Badge).IsCode();
        RuleFor(signIn => signIn.Pin).IsPinOrNull();
    }
}

static class SignInWithBadgeEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/sign-in/badge", Handle)
            .Named("signInWithBadge", "Sign in with a badge and a PIN")
        .IsNoCommand().AllowAnonymous().RequireRateLimiting(GatewayLimits.SignIn);

    static Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInWithBadge request, HttpContext context, BadgeSignIn signIn, SignInTransaction transaction) =>
        transaction.Run(context, ct => request.Pin is { } pin
            ? signIn.WithPin(request.Badge, pin, context, ct)
            : signIn.WithoutPin(request.Badge, context, ct));
}

sealed class BadgeSignIn(
    IdentityDb db, IPasswordHasher<Badge> hasher, SessionStore sessions, SignInAttempts attempts, SecurityLog log)
{
    // Checked where there is no such badge or it has no PIN, so that the time of the answer tells neither
    static readonly string NobodysHash = new PasswordHasher<Badge>().HashPassword(null!, Secrets.Make());

    public async Task<SignInResult> WithPin(string code, string pin, HttpContext context, CancellationToken ct)
    {
        var account = SignInFailure.OfBadge(code);
        if (await attempts.Begin(context, account, ct) is { } refusal) return new(null, refusal);
        var badge = await Find(code, ct);
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        if (IsRight(badge, pin))
        {
            attempts.Succeed(context, account);
            return new(await Admit(badge!, context, ct), null);
        }
        attempts.Fail(context, account);
        return new(null, Refusal.WrongCredentials());
    }

    // A scan shows no secret: nothing is counted that could lock its owner
    public async Task<SignInResult> WithoutPin(string code, HttpContext context, CancellationToken ct)
    {
        var badge = await Find(code, ct);
        if (badge is { PinHash: null } && SignInOrigin.Of(context).IsDevice) return new(await Admit(badge, context, ct), null);
        if (badge?.PinHash is null) log.SignInFailed(context, SignInFailure.OfBadge(code));
        return new(null, Refusal.PinRequired());
    }

    Task<Badge?> Find(string code, CancellationToken ct) => db.Badges.FromSql(
        $"""
        select b.* from people p join badges b on b.person_id = p.id -- locked in this order, as where a person is changed
        where b.code = {code} and b.revoked_at is null and p.deactivated_at is null for share
        """).SingleOrDefaultAsync(ct);

    bool IsRight(Badge? badge, string pin) =>
        hasher.VerifyHashedPassword(badge!, badge?.PinHash ?? NobodysHash, pin) != PasswordVerificationResult.Failed
        && badge?.PinHash is not null;

    async Task<string> Admit(Badge badge, HttpContext context, CancellationToken ct)
    {
        var person = await db.People.SingleAsync(known => known.Id == badge.PersonId, ct);
        (db.Actor, db.Action) = (new Actor(ActorKind.Operator, person.Code, person.Name), "sign-in");
        return await sessions.Begin(context, person.Id, badge.Id, ct);
    }
}
