using Mes.Gateway.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Tells the caller who they are and what they may do.</summary>
static class Me
{
    public static void Map(RouteGroupBuilder identity) => identity.MapGet("/me", Handle);

    static Ok<SignedIn> Handle(HttpContext context) =>
        TypedResults.Ok(SignedIn.Of(Credential.Of(context)));
}
