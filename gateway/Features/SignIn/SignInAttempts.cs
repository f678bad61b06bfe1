using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.SignIn;

/// <summary>
/// Counts wrong secrets by account and origin. An account that does not exist is counted like any other, so that no
/// answer, and no time until one, tells which there are.
/// </summary>
sealed class SignInAttempts(IdentityDb db, AccountLimiter accounts, SecurityLog log, TimeProvider clock)
{
    const int FailuresMax = 5;
    static readonly TimeSpan Lockout = TimeSpan.FromMinutes(5);

    SignInFailure? _failure;

    /// <summary>Begins an attempt, in a transaction: those on one account from one origin queue up, so that guesses in
    /// parallel are counted one by one.</summary>
    /// <returns>The refusal, or null where the secret may be looked at.</returns>
    public async Task<ProblemHttpResult?> BeginAsync(HttpContext context, string account, CancellationToken ct)
    {
        var origin = SignInOrigin.Of(context);
        if (!accounts.Allows($"{account} {origin.Key}")) return SignInAnswers.TooManyAttempts(context);
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({account + " " + origin.Key}, 0))", ct);
        _failure = await db.SignInFailures.FindAsync([account, origin.Key], ct);
        var now = clock.GetUtcNow();
        if (_failure?.LockedUntil is not { } until || until <= now) return null;
        log.LockedOut(context, account);
        return SignInAnswers.LockedOut(context, until, now);
    }

    /// <summary>Counts a failure; it is saved with its audit entry by the caller.</summary>
    public void Fail(HttpContext context, string account)
    {
        var origin = SignInOrigin.Of(context);
        var now = clock.GetUtcNow();
        db.ActAs(new Actor(ActorKind.Unknown, account, account), "sign-in failed");
        if (_failure is null)
        {
            _failure = new SignInFailure { Account = account, Origin = origin.Key, Address = origin.Address };
            db.SignInFailures.Add(_failure);
        }

        _failure.Failures = now - _failure.LastAt > Lockout ? 1 : _failure.Failures + 1;
        _failure.Address = origin.Address;
        _failure.LastAt = now;
        _failure.LockedUntil = _failure.Failures < FailuresMax ? null : now + Lockout;
        if (_failure.LockedUntil is not null) _failure.Failures = 0;
        log.SignInFailed(context, account);
    }

    /// <summary>Forgets the failures before a success.</summary>
    public void Succeed(HttpContext context, string account)
    {
        if (_failure is not null) db.SignInFailures.Remove(_failure);
        log.SignedIn(context, account);
    }

    /// <summary>Unlocks an account everywhere; it is saved by the caller.</summary>
    public static async Task ForgetAsync(IdentityDb db, string account, CancellationToken ct) => db.SignInFailures
        .RemoveRange(await db.SignInFailures.Where(failure => failure.Account == account).ToListAsync(ct));

    /// <summary>How the failures of a user are called.</summary>
    public static string OfUser(string normalizedName) => "user " + normalizedName;

    /// <summary>How the failures of a badge are called.</summary>
    public static string OfBadge(string code) => "badge " + code;
}
