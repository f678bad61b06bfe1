using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Sessions;

/// <summary>Ends a session of anybody's, from the next request on.</summary>
static class RevokeSessionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/sessions/{id:guid}", Handle)
            .Named("revokeSession", "End a session").RequireAuthorization(Permissions.ManageIdentity);

    static async Task<NoContent> Handle(
        Guid id, [AsParameters] Because because, IdentityDb db, CredentialCache cache, TimeProvider clock, CancellationToken ct)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw RuleViolation.NotFound("session", id);
        session.End(clock.GetUtcNow());
        db.Reason = because.Reason;
        db.AfterCommit(cache.ForgetAll);
        return TypedResults.NoContent();
    }
}
