using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>No longer knows a device; the sessions begun at it end with it.</summary>
static class RevokeDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/devices/{id:guid}", Handle)
            .Named("revokeDevice", "Revoke a device").RequireAuthorization(Permissions.ManageIdentity);

    static async Task<NoContent> Handle(
        Guid id, [AsParameters] Because because, IdentityDb db, CredentialCache cache, TimeProvider clock, CancellationToken ct)
    {
        var device = await db.Devices.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw RuleViolation.NotFound("device", id);
        device.Revoke(clock.GetUtcNow());
        db.Reason = because.Reason;
        db.AfterCommit(cache.ForgetAll);
        return TypedResults.NoContent();
    }
}
