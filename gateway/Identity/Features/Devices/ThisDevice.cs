using Mes.Gateway.Identity.Data;
using Mes.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>Which device a browser is: a matter of its cookie, and asked before anybody is signed in.</summary>
static class ThisDevice
{
    public static void IsOfThisBrowser(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().RequireRateLimiting(GatewayLimits.Device).IsNoCommand();

    /// <summary>Shows the device that the cookie or the key was found to be.</summary>
    public static Task<DeviceView> ShowDevice(this IdentityDb db, Guid id, CancellationToken ct) =>
        db.Devices.Where(device => device.Id == id).Select(DeviceView.OfDevice).SingleAsync(ct);
}
