using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.Devices;

static class ShowThisDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/device", Handle)
        .Named("showThisDevice", "Show the device that this browser is").IsOfThisBrowser();

    static async Task<Results<Ok<TerminalView>, NoContent>> Handle(HttpContext context, IdentityDb db, CredentialStore store)
    {
        var device = await store.FindDeviceAsync(context.Request.Cookies[Cookies.Device], context.RequestAborted);
        return device is null
            ? TypedResults.NoContent()
            : TypedResults.Ok(await db.ShowDevice(device, context.RequestAborted));
    }
}
