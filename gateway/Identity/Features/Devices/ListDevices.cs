using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

static class ListDevicesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/devices", Handle)
            .Named("listDevices", "List the devices").RequireAuthorization(Permissions.ManageIdentity);

    /// <summary>In the order of their ids.</summary>
    static async Task<Page<DeviceView>> Handle(IdentityDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var last = page.AfterId();
        var rows = await db.Devices.Where(d => d.Id > last).OrderBy(d => d.Id).Take(page.Size + 1)
            .Select(DeviceView.OfDevice).ToListAsync(ct);
        return Page.Of(rows, page.Size, device => device.Id.ToString());
    }
}
