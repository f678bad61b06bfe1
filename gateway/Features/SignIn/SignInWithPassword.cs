using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Signs a person in.</summary>
/// <param name="UserName">The name of the account; upper and lower case do not matter.</param>
/// <param name="Password">The password.</param>
public sealed record SignInWithPassword([Label] string UserName, [Secret] string Password);

sealed class PasswordSignIn(
    IdentityDb db, UserManager<User> users, Credentials.Sessions sessions, AccountLimiter accounts, TimeProvider clock)
{
    // Checked when there is no such user, so that the time of the answer tells no names either
    static readonly User Nobody = new() { DisplayName = "", Roles = [] };
    static readonly string NobodysHash = new PasswordHasher<User>().HashPassword(Nobody, Secrets.Make());

    public static void Map(RouteGroupBuilder identity) =>
        identity.MapPost("/sign-in", Handle).AllowAnonymous().RequireRateLimiting(GatewayLimits.SignIn);

    static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInWithPassword request, HttpContext context, PasswordSignIn signIn, CredentialCache cache)
    {
        var (secret, refusal) = await signIn.TryAsync(request, context, context.RequestAborted);
        if (refusal is not null) return refusal;
        var credential = await cache.FindAsync(secret!) ?? throw new InvalidOperationException("The session is gone.");
        Cookies.SetSession(context, secret!, credential.ExpiresAt);
        return TypedResults.Ok(SignedIn.Of(credential));
    }

    async Task<(string?, ProblemHttpResult?)> TryAsync(
        SignInWithPassword request, HttpContext context, CancellationToken ct)
    {
        var name = users.NormalizeName(request.UserName)!;
        if (!accounts.Allows("user " + name)) return (null, SignInAnswers.TooManyAttempts(context));

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await LockAsync(name, ct);
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        if (user is null)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, request.Password);
            return (null, SignInAnswers.Wrong());
        }

        var result = await JudgeAsync(user, request.Password, context, ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    // The row lock queues attempts on one account, so that guesses in parallel are counted one by one
    Task<User?> LockAsync(string name, CancellationToken ct) => db.Users
        .FromSql($"select * from users where normalized_user_name = {name} and revoked_at is null for update")
        .SingleOrDefaultAsync(ct);

    async Task<(string?, ProblemHttpResult?)> JudgeAsync(
        User user, string password, HttpContext context, CancellationToken ct)
    {
        db.ActAs(new Actor(ActorKind.User, user.Id.ToString(), user.DisplayName), "sign-in");
        var now = clock.GetUtcNow();
        if (user.LockoutEnd > now) return (null, SignInAnswers.LockedOut(context, user.LockoutEnd.Value, now));
        if (!await users.CheckPasswordAsync(user, password))
        {
            db.Action = "sign-in failed";
            await users.AccessFailedAsync(user);
            return (null, SignInAnswers.Wrong());
        }

        if (user.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(user);
        var (_, secret) = await sessions.AddAsync(context, user.Id, null, ct);
        await db.SaveChangesAsync(ct);
        return (secret, null);
    }
}
