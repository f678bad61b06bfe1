using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.ApiKeys;

/// <summary>No longer admits anybody by a key, from the next request on.</summary>
static class RevokeApiKeyEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/api-keys/{id:guid}", Handle)
            .Named("revokeApiKey", "Revoke an API key").RequireAuthorization(Permissions.ManageIdentity);

    static async Task<NoContent> Handle(
        Guid id, [AsParameters] Because because, IdentityDb db, CredentialCache cache, TimeProvider clock, CancellationToken ct)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, ct) ?? throw RuleViolation.NotFound("api-key", id);
        key.Revoke(clock.GetUtcNow());
        db.Reason = because.Reason;
        db.AfterCommit(cache.ForgetAll);
        return TypedResults.NoContent();
    }
}
