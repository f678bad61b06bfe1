using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Sessions;

/// <summary>A sign-in that has not ended.</summary>
/// <param name="Id">The session.</param>
/// <param name="Person">Whose it is, by code.</param>
/// <param name="BadgeId">The badge, where signed in by one.</param>
/// <param name="Name">Their name.</param>
/// <param name="DeviceId">The registered device it was begun at, or null.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record SessionView(
    Guid Id, string Person, Guid? BadgeId, string Name, Guid? DeviceId, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

static class ListSessionsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/sessions", Handle)
            .Named("listSessions", "List the sessions").RequireAuthorization(Permissions.ManageIdentity);

    /// <summary>The newest first.</summary>
    static async Task<Page<SessionView>> Handle(
        IdentityDb db, TimeProvider clock, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (now, before) = (clock.GetUtcNow(), page.AfterId(first: Guid.AllBitsSet));
        var open =
            from session in db.Sessions
            where session.RevokedAt == null && session.ExpiresAt > now && session.Id < before
            join person in db.People on session.PersonId equals person.Id
            orderby session.Id descending
            select new SessionView(session.Id, person.Code, session.BadgeId, person.Name, session.DeviceId,
                session.CreatedAt, session.ExpiresAt);
        return Page.Of(await open.Take(page.Size + 1).ToListAsync(ct), page.Size, session => session.Id.ToString());
    }
}
