using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.ApiKeys;

/// <summary>A key by which a program calls; the secret itself is not kept.</summary>
public sealed record ApiKeyView(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>Makes a key.</summary>
/// <param name="Name">Which program it is for.</param>
/// <param name="Roles">What the program is.</param>
/// <param name="ExpiresAt">Null: until revoked.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it cannot make a second key.</param>
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

    static async Task<Ok<List<ApiKeyView>>> Handle(IdentityDb db, CancellationToken ct) => TypedResults.Ok(
        await db.ApiKeys.OrderBy(k => k.CreatedAt)
            .Select(k => new ApiKeyView(k.Id, k.Name, k.Prefix, k.Roles, k.CreatedAt, k.ExpiresAt, k.RevokedAt))
            .ToListAsync(ct));
}

sealed class ApiKeyChanges(IdentityDb db, CredentialCache cache, TimeProvider clock)
{
    const int PrefixCharacters = 14;

    public static void Map(RouteGroupBuilder keys)
    {
        keys.MapPost("", (CreateApiKey request, Caller caller, ApiKeyChanges change, CancellationToken ct) =>
            change.CreateAsync(request, caller, ct));
        keys.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, ApiKeyChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<Created<IssuedSecret>, ProblemHttpResult>> CreateAsync(
        CreateApiKey request, Caller caller, CancellationToken ct)
    {
        var secret = Secrets.Make(Secrets.ApiKeyPrefix);
        var key = new ApiKey
        {
            Id = request.Id ?? Guid.CreateVersion7(clock.GetUtcNow()),
            Name = request.Name,
            Prefix = secret[..PrefixCharacters],
            SecretHash = Secrets.Hash(secret),
            Roles = request.Roles,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        db.ApiKeys.Add(key);
        db.ActAs(caller, "create-api-key", request.Why);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return Refusal.AlreadyExists("API key");
        }

        return TypedResults.Created((string?)null, new IssuedSecret(key.Id, secret));
    }

    async Task<NoContent> RevokeAsync(Guid id, string? why, Caller caller, CancellationToken ct)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, ct)
            ?? throw RuleViolation.NotFound("api-key", id);
        key.RevokedAt = clock.GetUtcNow();
        db.ActAs(caller, "revoke-api-key", why);
        await db.SaveChangesAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
