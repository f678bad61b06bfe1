using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>What a terminal knows of itself.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment that it is bound to, by code.</param>
/// <param name="WorkCenters">The work centers that it is bound to, by code.</param>
/// <param name="Serves">
/// Of which equipment it takes work, by code: of what it is bound to, and of all that is in its work centers now; null for any.
/// </param>
public sealed record TerminalView(
    Guid Id, string Name, IReadOnlyList<string> Equipment, IReadOnlyList<string> WorkCenters, IReadOnlyList<string>? Serves);

/// <summary>Which device a browser is: a matter of its cookie, and asked before anybody is signed in.</summary>
static class ThisDevice
{
    public static void IsOfThisBrowser(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().RequireRateLimiting(GatewayLimits.Device).IsNoCommand();

    /// <summary>Shows the device that the cookie or the key was found to be.</summary>
    public static Task<TerminalView> ShowDevice(this IdentityDb db, Credential found, CancellationToken ct)
    {
        var (id, serves) = (found.DeviceId, found.Caller.Equipment);
        return db.Devices.Where(device => device.Id == id)
            .Select(device => new TerminalView(device.Id, device.Name, device.Equipment, device.WorkCenters, serves))
            .SingleAsync(ct);
    }
}
