using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Ends the caller's own session; a key is revoked by an administrator instead.</summary>
static class SignOutEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/sign-out", Handle)
            .Named("signOut", "Sign out").IsNoCommand();

    static async Task<NoContent> Handle(
        HttpContext context, IdentityDb db, OutboxSignal<IdentityDb> signal, Caller caller, CredentialCache cache,
        TimeProvider clock, CancellationToken ct)
    {
        if (Credential.Of(context).SessionId is not { } id) return TypedResults.NoContent();
        (db.Actor, db.Action) = (caller.ToActor(), "sign-out");
        await db.InTransaction(signal, async () =>
        {
            var session = await db.Sessions.SingleAsync(s => s.Id == id, ct);
            session.End(clock.GetUtcNow());
            return session;
        }, ct);
        cache.Forget(CredentialHandler.SecretOf(context.Request)!);
        Cookies.Clear(context, Cookies.SessionOf(context.Request));
        return TypedResults.NoContent();
    }
}
