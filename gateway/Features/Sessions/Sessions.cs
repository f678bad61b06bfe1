using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Sessions;

/// <summary>A sign-in that has not ended.</summary>
public sealed record SessionView(
    Guid Id,
    Guid? UserId,
    Guid? BadgeId,
    string Name,
    Guid? DeviceId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);

static class ListSessions
{
    public static void Map(RouteGroupBuilder sessions) => sessions.MapGet("", Handle);

    static async Task<Ok<Page<SessionView>>> Handle(
        IdentityDb db, TimeProvider clock, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var (now, before) = (clock.GetUtcNow(), after ?? Guid.AllBitsSet);
        var open =
            from session in db.Sessions
            where session.RevokedAt == null && session.ExpiresAt > now && session.Id < before
            join user in db.Users on session.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            join badge in db.Badges on session.BadgeId equals badge.Id into badges
            from badge in badges.DefaultIfEmpty()
            orderby session.Id descending
            select new SessionView(session.Id, session.UserId, session.BadgeId, user.DisplayName ?? badge.Name,
                session.DeviceId, session.CreatedAt, session.ExpiresAt);
        var rows = await open.Take(limit + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, session => session.Id.ToString()));
    }
}

static class RevokeSession
{
    public static void Map(RouteGroupBuilder sessions) => sessions.MapDelete("/{id:guid}", Handle);

    static async Task<NoContent> Handle(
        Guid id, [Why] string? why, IdentityDb db, Caller caller, CredentialCache cache, TimeProvider clock)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id)
            ?? throw RuleViolation.NotFound("session", id);
        if (session.RevokedAt is not null) return TypedResults.NoContent();
        session.RevokedAt = clock.GetUtcNow();
        db.ActAs(caller, "revoke-session", why);
        await db.SaveChangesAsync();
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
