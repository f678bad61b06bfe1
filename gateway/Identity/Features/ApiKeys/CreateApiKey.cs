using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.ApiKeys;

/// <summary>
/// Makes a key of a client. A second key under the same name is one of the same client, whose commands stay known: a key
/// is changed by making the new one, giving it to the program, and revoking the old one.
/// </summary>
/// <param name="Name">The client: which program it is for.</param>
/// <param name="Roles">What the program may do with this key.</param>
/// <param name="ExpiresAt">Null: until revoked.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record CreateApiKey(string Name, string[] Roles, DateTimeOffset? ExpiresAt = null, string? Reason = null);

sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator()
    {
        RuleFor(key => key.Name).IsName();
        RuleFor(key => key.Roles).AreRoles();
        RuleFor(key => key.ExpiresAt!.Value).IsTime().When(key => key.ExpiresAt is not null);
        RuleFor(key => key.Reason).IsReason();
    }
}

static class CreateApiKeyEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/api-keys", Handle)
            .Named("createApiKey", "Create an API key")
        .ShowsOnce<IssuedSecret>(answer => answer.Kept(), Again).RequireAuthorization(Permissions.ManageIdentity);

    static async Task<Created<IssuedSecret>> Handle(
        CreateApiKey request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, IdentityDb db, IssuedSecrets secrets,
        TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var secret = secrets.Make(Secrets.ApiKeyPrefix, commandId, now);
        var client = await ClientOf(request.Name, commandId, now, db, ct);
        db.Reason = request.Reason;
        db.ApiKeys.Add(ApiKey.Create(
            commandId, client, secret, Secrets.Hash(secret), request.Roles, request.ExpiresAt, now));
        return TypedResults.Created((string?)null, new IssuedSecret(commandId, secret, now));
    }

    // Two first keys of one program queue up, or there would be two of it
    static async Task<ApiClient> ClientOf(string name, Guid id, DateTimeOffset now, IdentityDb db, CancellationToken ct)
    {
        // SQL: an advisory lock, which Entity Framework does not know
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"api client " + name}, 0))", ct);
        return await db.ApiClients.SingleOrDefaultAsync(known => known.Name == name, ct)
            ?? db.ApiClients.Add(ApiClient.Create(id, name, now)).Entity;
    }

    static async Task<IssuedSecret> Again(IssuedSecret kept, HttpContext http)
    {
        var hash = await http.RequestServices.GetRequiredService<IdentityDb>().ApiKeys.AsNoTracking()
            .Where(key => key.Id == kept.Id && key.RevokedAt == null).Select(key => key.SecretHash)
            .SingleOrDefaultAsync(http.RequestAborted);
        return kept.With(
            hash is null ? null : http.RequestServices.GetRequiredService<IssuedSecrets>()
                .Again(Secrets.ApiKeyPrefix, kept.Id, kept.CreatedAt, hash),
            "Make another key under the same name, and revoke this one.");
    }
}
