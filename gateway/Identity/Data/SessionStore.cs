using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Data;

/// <summary>Starts and ends sessions. Both become true with the commit.</summary>
sealed class SessionStore(
    IdentityDb db, CredentialStore store, CredentialCache cache, TimeProvider clock, IConfiguration configuration)
{
    readonly TimeSpan _lifetime = TimeSpan.FromHours(configuration.GetValue("Gateway:SessionHours", 12.0));

    /// <summary>
    /// Adds a session of a person, by badge or by password, bound to the device whose cookie the request carries.
    /// </summary>
    /// <returns>Its secret.</returns>
    public async Task<string> Begin(HttpContext context, Guid person, Guid? badge, CancellationToken ct)
    {
        var secret = Secrets.Make();
        var device = await store.FindDeviceAsync(context.Request.Cookies[Cookies.Device], ct);
        db.Sessions.Add(Session.Begin(Secrets.Hash(secret), person, badge, device?.DeviceId, clock.GetUtcNow(), _lifetime));
        return secret;
    }

    /// <summary>Ends the sessions of a person or badge, except one.</summary>
    public async Task End(Guid personOrBadge, Guid? except, CancellationToken ct)
    {
        var open = await db.Sessions
            .Where(session => session.RevokedAt == null && session.Id != except)
            .Where(session => session.PersonId == personOrBadge || session.BadgeId == personOrBadge)
            .ToListAsync(ct);
        open.ForEach(session => session.End(clock.GetUtcNow()));
        db.AfterCommit(cache.ForgetAll);
    }
}
