using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.ApiKeys;

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
    Guid Id,
    Guid ClientId,
    string Name,
    string Prefix,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>
/// Makes a key of a client. A second key under the same name is one of the same client, whose commands stay known: a key
/// is changed by making the new one, giving it to the program, and revoking the old one.
/// </summary>
/// <param name="Name">The client: which program it is for.</param>
/// <param name="Roles">What the program may do with this key.</param>
/// <param name="ExpiresAt">Null: until revoked.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it gets the same answer.</param>
public sealed record CreateApiKey(
    [Label] string Name,
    [RoleNames] string[] Roles,
    DateTimeOffset? ExpiresAt = null,
    [Why] string? Why = null,
    Guid? Id = null);

/// <summary>A secret for the header X-Api-Key. It is shown this once.</summary>
public sealed record IssuedSecret(Guid Id, string Secret);

static class ListApiKeys
{
    public static void Map(RouteGroupBuilder keys) => keys.MapGet("", Handle);

    static async Task<Ok<Page<ApiKeyView>>> Handle(
        IdentityDb db, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var last = after ?? Guid.Empty;
        var keys =
            from key in db.ApiKeys
            join client in db.ApiClients on key.ClientId equals client.Id
            where key.Id > last
            orderby key.Id
            select new ApiKeyView(key.Id, client.Id, client.Name, key.Prefix, key.Roles, key.CreatedAt, key.ExpiresAt,
                key.RevokedAt);
        var rows = await keys.Take(limit + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, key => key.Id.ToString()));
    }
}

sealed class ApiKeyChanges(IdentityDb db, IssuedSecrets secrets, CredentialCache cache, TimeProvider clock)
{
    const int PrefixCharacters = 14;

    public static void Map(RouteGroupBuilder keys)
    {
        keys.MapPost("", (CreateApiKey request, HttpContext context, Caller caller, ApiKeyChanges change,
            CancellationToken ct) => change.CreateAsync(request, context, caller, ct));
        keys.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, ApiKeyChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<Created<IssuedSecret>, ProblemHttpResult>> CreateAsync(
        CreateApiKey request, HttpContext context, Caller caller, CancellationToken ct)
    {
        var now = IssuedSecrets.AsKept(clock.GetUtcNow());
        var id = CommandIds.Of(context, request.Id, now);
        if (await AgainAsync(id, request, ct) is { } known) return known;
        var secret = secrets.Make(Secrets.ApiKeyPrefix, id, now);
        db.ActAs(caller, "create-api-key", request.Why);
        try
        {
            var client = await ClientAsync(request.Name, id, now, ct);
            db.ApiKeys.Add(Make(request, id, client.Id, secret, now));
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await AgainAsync(id, request, ct) ?? throw RuleViolation.Conflict("changed-meanwhile",
                "Two keys of a new client were made at once. Repeat the command under the same id.", ("name", request.Name));
        }

        return TypedResults.Created((string?)null, new IssuedSecret(id, secret));
    }

    async Task<ApiClient> ClientAsync(string name, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var client = await db.ApiClients.SingleOrDefaultAsync(known => known.Name == name, ct);
        return client ?? db.ApiClients.Add(new ApiClient { Id = id, Name = name, CreatedAt = now }).Entity;
    }

    static ApiKey Make(CreateApiKey request, Guid id, Guid client, string secret, DateTimeOffset now) => new()
    {
        Id = id,
        ClientId = client,
        Prefix = secret[..PrefixCharacters],
        SecretHash = Secrets.Hash(secret),
        Roles = request.Roles,
        CreatedAt = now,
        ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
    };

    /// <summary>What the same command was answered before, or null where its id is new.</summary>
    async Task<Results<Created<IssuedSecret>, ProblemHttpResult>?> AgainAsync(
        Guid id, CreateApiKey request, CancellationToken ct)
    {
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (key is null) return null;
        var isSame = key.Roles.SequenceEqual(request.Roles) && key.RevokedAt is null
            && IssuedSecrets.AsKept(key.ExpiresAt ?? default) == IssuedSecrets.AsKept(request.ExpiresAt ?? default)
            && await db.ApiClients.AnyAsync(client => client.Id == key.ClientId && client.Name == request.Name, ct);
        return isSame && secrets.Again(Secrets.ApiKeyPrefix, id, key.CreatedAt, key.SecretHash) is { } secret
            ? TypedResults.Created((string?)null, new IssuedSecret(id, secret))
            : Refusal.AlreadyExists("API key", "id", id);
    }

    async Task<NoContent> RevokeAsync(Guid id, string? why, Caller caller, CancellationToken ct)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, ct)
            ?? throw RuleViolation.NotFound("api-key", id);
        if (key.RevokedAt is not null) return TypedResults.NoContent();
        key.RevokedAt = clock.GetUtcNow();
        db.ActAs(caller, "revoke-api-key", why);
        await db.SaveChangesAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
