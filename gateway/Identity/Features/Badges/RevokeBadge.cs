using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Badges;

/// <summary>No longer admits anybody by a badge, and ends its sessions.</summary>
static class RevokeBadgeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/badges/{id:guid}", Handle)
            .Named("revokeBadge", "Revoke a badge").RequireAuthorization(Permissions.ManagePeople);

    static async Task<NoContent> Handle(
        Guid id, [AsParameters] Because because, IdentityDb db, SessionStore sessions,
        Caller caller, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Badges.AnyAsync(known => known.Id == id && known.RevokedAt != null, ct)) return TypedResults.NoContent();
        var badge = await db.LockBadge(id, ct);
        caller.MustKeep(await db.OwnerOf(badge, ct), badge.Roles ?? []);
        badge.Revoke(clock.GetUtcNow());
        await db.ForgetFailures(SignInFailure.OfBadge(badge.Code), ct);
        await sessions.End(id, null, ct);
        db.Reason = because.Reason;
        return TypedResults.NoContent();
    }
}
