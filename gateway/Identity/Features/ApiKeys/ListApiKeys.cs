using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.ApiKeys;

/// <summary>A key by which a program calls; the secret itself is not kept.</summary>
/// <param name="Id">The key.</param>
/// <param name="ClientId">The client: the same for every key of this name.</param>
/// <param name="Name">The client's name.</param>
/// <param name="Prefix">The first characters of the secret.</param>
/// <param name="Roles">What the program is.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when; null: until revoked.</param>
/// <param name="RevokedAt">When it was revoked.</param>
public sealed record ApiKeyView(
    Guid Id, Guid ClientId, string Name, string Prefix, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

static class ListApiKeysEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/api-keys", Handle)
            .Named("listApiKeys", "List the API keys").RequireAuthorization(Permissions.ManageIdentity);

    /// <summary>In the order of their ids.</summary>
    static async Task<Page<ApiKeyView>> Handle(IdentityDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var last = page.AfterId();
        var keys =
            from key in db.ApiKeys
            join client in db.ApiClients on key.ClientId equals client.Id
            where key.Id > last
            orderby key.Id
            select new ApiKeyView(key.Id, client.Id, client.Name, key.Prefix, key.Roles, key.CreatedAt, key.ExpiresAt,
                key.RevokedAt);
        return Page.Of(await keys.Take(page.Size + 1).ToListAsync(ct), page.Size, key => key.Id.ToString());
    }
}
