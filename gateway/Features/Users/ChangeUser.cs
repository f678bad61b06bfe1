using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Gateway.Features.SignIn;
using Mes.Kernel;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Users;

/// <summary>Gives a person other roles, from their next request on.</summary>
/// <param name="Roles">All the roles, not only new ones.</param>
/// <param name="Why">For the audit trail.</param>
public sealed record ChangeRoles([RoleNames] string[] Roles, [Why] string? Why = null);

/// <summary>Sets a new one-time password and unlocks the account.</summary>
/// <param name="Why">For the audit trail.</param>
public sealed record ResetPassword([Why] string? Why = null);

sealed class UserChanges(
    IdentityDb db, UserManager<User> users, Credentials.Sessions sessions, CredentialCache cache, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder users)
    {
        users.MapPut("/{id:guid}/roles", (Guid id, ChangeRoles request, Caller caller, UserChanges change,
            CancellationToken ct) => change.RolesAsync(id, request, caller, ct));
        users.MapPost("/{id:guid}/password-reset", (Guid id, ResetPassword request, Caller caller, UserChanges change,
            CancellationToken ct) => change.PasswordAsync(id, request, caller, ct));
        users.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, UserChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<NoContent, ProblemHttpResult>> RolesAsync(
        Guid id, ChangeRoles request, Caller caller, CancellationToken ct)
    {
        db.ActAs(caller, "change-roles", request.Why);
        return await ChangeRightsAsync(id, request.Roles, user => user.Roles = request.Roles, ct);
    }

    async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, string? why, Caller caller, CancellationToken ct)
    {
        if (await db.Users.AnyAsync(user => user.Id == id && user.RevokedAt != null, ct)) return TypedResults.NoContent();
        db.ActAs(caller, "revoke-user", why);
        await sessions.EndAsync(id, null, ct);
        return await ChangeRightsAsync(id, [], user => user.RevokedAt = clock.GetUtcNow(), ct);
    }

    async Task<Results<NoContent, ProblemHttpResult>> ChangeRightsAsync(
        Guid id, string[] roles, Action<User> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Administrators.LockAsync(db, ct);
        var user = await FindAsync(id, ct);
        if (!roles.Contains(Roles.Administrator) && !await Administrators.RemainWithoutAsync(db, id, ct))
            return Administrators.LastOne();
        change(user);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }

    async Task<Ok<OneTimePassword>> PasswordAsync(
        Guid id, ResetPassword request, Caller caller, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await FindAsync(id, ct);
        var password = Secrets.MakePassword();
        db.ActAs(caller, "reset-password", request.Why);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        user.MustChangePassword = true;
        await SignInAttempts.ForgetAsync(db, SignInAttempts.OfUser(user.NormalizedUserName!), ct);
        await sessions.EndAsync(id, null, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cache.ForgetAll();
        return TypedResults.Ok(new OneTimePassword(id, user.UserName!, password));
    }

    // Locked: a sign-in with what is taken away here comes before, and is ended, or after, and is refused
    async Task<User> FindAsync(Guid id, CancellationToken ct) =>
        await db.Users.FromSql($"select * from users where id = {id} and revoked_at is null for update")
            .SingleOrDefaultAsync(ct)
        ?? throw RuleViolation.NotFound("user", id);
}
