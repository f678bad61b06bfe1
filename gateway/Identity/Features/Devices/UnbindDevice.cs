using Mes.Gateway.Credentials;
using Mes.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.Devices;

static class UnbindDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapDelete("/device", Handle)
        .Named("unbindDevice", "Let this browser be no device any more").IsOfThisBrowser();

    static NoContent Handle(HttpContext context)
    {
        Cookies.Clear(context, Cookies.Device);
        return TypedResults.NoContent();
    }
}
