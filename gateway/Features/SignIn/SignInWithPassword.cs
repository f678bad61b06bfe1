using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Signs a person in.</summary>
/// <param name="UserName">The name of the account; upper and lower case do not matter.</param>
/// <param name="Password">The password.</param>
public sealed record SignInWithPassword([Label] string UserName, [Secret] string Password);

sealed class PasswordSignIn(
    IdentityDb db, UserManager<User> users, Credentials.Sessions sessions, SignInAttempts attempts)
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
        var account = SignInAttempts.OfUser(name);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await attempts.BeginAsync(context, account, ct) is { } refusal) return (null, refusal);

        var user = await FindAsync(name, ct);
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        var secret = IsRight(user, request.Password) ? await AdmitAsync(user!, account, context, ct) : null;
        if (secret is null) attempts.Fail(context, account);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return secret is null ? (null, SignInAnswers.Wrong()) : (secret, null);
    }

    // The lock keeps a new password from coming between the check of the old one and its session
    Task<User?> FindAsync(string name, CancellationToken ct) => db.Users
        .FromSql($"select * from users where normalized_user_name = {name} and revoked_at is null for share")
        .SingleOrDefaultAsync(ct);

    bool IsRight(User? user, string password) => users.PasswordHasher.VerifyHashedPassword(
        user ?? Nobody, user?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed && user is not null;

    async Task<string> AdmitAsync(User user, string account, HttpContext context, CancellationToken ct)
    {
        db.ActAs(new Actor(ActorKind.User, user.Id.ToString(), user.DisplayName), "sign-in");
        attempts.Succeed(context, account);
        return (await sessions.AddAsync(context, user.Id, null, ct)).Secret;
    }
}
