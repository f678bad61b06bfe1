using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Users;

/// <summary>A person who signs in with name and password.</summary>
public sealed record UserView(
    Guid Id,
    string UserName,
    string DisplayName,
    IReadOnlyList<string> Roles,
    bool MustChangePassword,
    DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt);

/// <summary>A password that its owner must change at the next sign-in. It is shown this once.</summary>
public sealed record OneTimePassword(Guid UserId, string UserName, string Password);

static class ListUsers
{
    public static void Map(RouteGroupBuilder users) => users.MapGet("", Handle);

    static async Task<Ok<Page<UserView>>> Handle(
        IdentityDb db, TimeProvider clock, string? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var (now, last) = (clock.GetUtcNow(), after ?? "");
        var rows = await db.Users.Where(u => string.Compare(u.NormalizedUserName, last) > 0)
            .OrderBy(u => u.NormalizedUserName).Take(limit + 1)
            .Select(u => new UserView(u.Id, u.UserName!, u.DisplayName, u.Roles, u.MustChangePassword,
                db.SignInFailures.Where(f => f.Account == "user " + u.NormalizedUserName && f.LockedUntil > now)
                    .Max(f => f.LockedUntil),
                u.CreatedAt, u.RevokedAt))
            .ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, user => user.UserName.ToUpperInvariant()));
    }
}

static class Administrators
{
    /// <summary>Whether someone else could still manage identities; call under <see cref="LockAsync"/>.</summary>
    public static Task<bool> RemainWithoutAsync(IdentityDb db, Guid userId, CancellationToken ct) => db.Users
        .AnyAsync(u => u.Id != userId && u.RevokedAt == null && u.Roles.Contains(Roles.Administrator), ct);

    /// <summary>Queues changes of administrators: two of them could otherwise remove each other.</summary>
    public static Task<int> LockAsync(IdentityDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('administrators'))", ct);

    public static ProblemHttpResult LastOne() => Refusal.Of(
        422, "last-administrator", "This is the last administrator: make another one first.");
}
