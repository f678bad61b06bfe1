using Mes.Gateway.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Credentials;

/// <summary>Starts and ends sessions. Both become true when the caller commits.</summary>
sealed class Sessions(IdentityDb db, CredentialStore store, TimeProvider clock, IConfiguration configuration)
{
    readonly TimeSpan _lifetime = TimeSpan.FromHours(configuration.GetValue("Gateway:SessionHours", 12.0));

    /// <summary>Adds a session of a user or of a badge, bound to the device whose cookie the request carries.</summary>
    public async Task<(Session Session, string Secret)> AddAsync(
        HttpContext context, Guid? userId, Guid? badgeId, CancellationToken ct)
    {
        var secret = Secrets.Make();
        var now = clock.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            SecretHash = Secrets.Hash(secret),
            UserId = userId,
            BadgeId = badgeId,
            DeviceId = await store.FindDeviceAsync(context.Request.Cookies[Cookies.Device], ct),
            CreatedAt = now,
            ExpiresAt = now + _lifetime,
        };
        db.Sessions.Add(session);
        return (session, secret);
    }

    /// <summary>Ends the sessions of a user or badge, except one.</summary>
    public async Task EndAsync(Guid userOrBadge, Guid? except, CancellationToken ct)
    {
        var open = await db.Sessions
            .Where(session => session.RevokedAt == null && session.Id != except)
            .Where(session => session.UserId == userOrBadge || session.BadgeId == userOrBadge)
            .ToListAsync(ct);
        foreach (var session in open) session.RevokedAt = clock.GetUtcNow();
    }
}
