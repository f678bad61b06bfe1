using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.SignIn;

/// <summary>Ends the caller's own session; a key is revoked by an administrator instead.</summary>
static class SignOut
{
    public static void Map(RouteGroupBuilder identity) => identity.MapPost("/sign-out", Handle);

    static async Task<NoContent> Handle(
        HttpContext context, IdentityDb db, Caller caller, CredentialCache cache, TimeProvider clock)
    {
        var sessionId = Credential.Of(context).SessionId;
        if (sessionId is null) return TypedResults.NoContent();

        var session = await db.Sessions.SingleAsync(s => s.Id == sessionId, context.RequestAborted);
        session.RevokedAt = clock.GetUtcNow();
        db.ActAs(caller, "sign-out");
        await db.SaveChangesAsync(context.RequestAborted);
        cache.Forget(context.Request.Cookies[CredentialNames.SessionCookie]!);
        Cookies.Clear(context, CredentialNames.SessionCookie);
        return TypedResults.NoContent();
    }
}
