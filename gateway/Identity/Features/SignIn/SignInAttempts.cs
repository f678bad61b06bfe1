using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>
/// Counts wrong secrets by account and origin. An account that does not exist is counted like any other, so that no
/// answer, and no time until one, tells which there are.
/// </summary>
sealed class SignInAttempts(IdentityDb db, AccountLimiter accounts, SecurityLog log, TimeProvider clock)
{
    SignInFailure? _failure;

    /// <summary>Begins an attempt, in a transaction: those on one account from one origin queue up, so that guesses in
    /// parallel are counted one by one.</summary>
    /// <returns>The refusal, or null where the secret may be looked at.</returns>
    public async Task<ProblemHttpResult?> Begin(HttpContext context, string account, CancellationToken ct)
    {
        var origin = SignInOrigin.Of(context);
        if (!accounts.Allows($"{account} {origin.Key}")) return Refusal.TooManyAttempts(context);
        // SQL: an advisory lock, which Entity Framework does not know
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({account + " " + origin.Key}, 0))", ct);
        // locked: the sweep must not take it away meanwhile
        _failure = await db.SignInFailures.FromSql(
            $"select * from sign_in_failures where account = {account} and origin = {origin.Key} for update")
            .SingleOrDefaultAsync(ct);
        var now = clock.GetUtcNow();
        if (_failure?.LockedUntil is not { } until || until <= now) return null;
        log.LockedOut(context, account);
        return Refusal.LockedOut(context, until, now);
    }

    /// <summary>Counts a failure; it is saved with its audit entry by the caller.</summary>
    public void Fail(HttpContext context, string account)
    {
        var origin = SignInOrigin.Of(context);
        (db.Actor, db.Action) = (new Actor(ActorKind.Unknown, account, account), "sign-in failed");
        _failure ??= db.SignInFailures.Add(SignInFailure.Of(account, origin.Key)).Entity;
        _failure.Count(origin.Address, clock.GetUtcNow());
        log.SignInFailed(context, account);
    }

    /// <summary>Forgets the failures before a right secret.</summary>
    public void Forget()
    {
        if (_failure is not null) db.SignInFailures.Remove(_failure);
    }

    /// <summary>Forgets the failures before a success, and notes it.</summary>
    public void Succeed(HttpContext context, string account)
    {
        Forget();
        log.SignedIn(context, account);
    }
}
