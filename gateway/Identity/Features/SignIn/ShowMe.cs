using Mes.Gateway.Credentials;
using Mes.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Tells the caller who they are and what they may do.</summary>
static class ShowMeEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/me", Handle)
            .Named("showMe", "Show who is signed in");

    static Ok<SignedIn> Handle(HttpContext context) => TypedResults.Ok(SignedIn.Of(Credential.Of(context)));
}
