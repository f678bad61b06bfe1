using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Badges;

/// <summary>A badge by which an operator signs in.</summary>
public sealed record BadgeView(
    Guid Id,
    string Code,
    string OperatorCode,
    string Name,
    IReadOnlyList<string> Roles,
    bool HasPin,
    DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt);

/// <summary>Adds a badge.</summary>
/// <param name="Code">What a scanner reads from it.</param>
/// <param name="OperatorCode">The operator, as reports name them.</param>
/// <param name="Name">The operator's name.</param>
/// <param name="Roles">What the operator is.</param>
/// <param name="Pin">Null: the badge alone signs in, on registered devices only.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it cannot add a second badge.</param>
public sealed record CreateBadge(
    [Code] string Code,
    [Code] string OperatorCode,
    [Label] string Name,
    [RoleNames] string[] Roles,
    [Pin] string? Pin = null,
    [Why] string? Why = null,
    Guid? Id = null);

/// <summary>Sets a new PIN, unlocks the badge and ends its sessions.</summary>
/// <param name="Pin">The new one.</param>
/// <param name="Why">For the audit trail.</param>
public sealed record ChangePin([Pin] string Pin, [Why] string? Why = null);

static class ListBadges
{
    public static void Map(RouteGroupBuilder badges) => badges.MapGet("", Handle);

    static async Task<Ok<List<BadgeView>>> Handle(IdentityDb db, CancellationToken ct) => TypedResults.Ok(
        await db.Badges.OrderBy(b => b.Code).ThenBy(b => b.CreatedAt)
            .Select(b => new BadgeView(b.Id, b.Code, b.OperatorCode, b.Name, b.Roles, b.PinHash != null, b.LockoutEnd,
                b.CreatedAt, b.RevokedAt))
            .ToListAsync(ct));
}

sealed class BadgeChanges(
    IdentityDb db,
    IPasswordHasher<Badge> hasher,
    Credentials.Sessions sessions,
    CredentialCache cache,
    TimeProvider clock)
{
    public static void Map(RouteGroupBuilder badges)
    {
        badges.MapPost("", (CreateBadge request, Caller caller, BadgeChanges change, CancellationToken ct) =>
            change.CreateAsync(request, caller, ct));
        badges.MapPut("/{id:guid}/pin", (Guid id, ChangePin request, Caller caller, BadgeChanges change,
            CancellationToken ct) => change.PinAsync(id, request, caller, ct));
        badges.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, BadgeChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<Created<BadgeView>, ProblemHttpResult>> CreateAsync(
        CreateBadge request, Caller caller, CancellationToken ct)
    {
        var badge = new Badge
        {
            Id = request.Id ?? Guid.CreateVersion7(clock.GetUtcNow()),
            Code = request.Code,
            OperatorCode = request.OperatorCode,
            Name = request.Name,
            Roles = request.Roles,
            CreatedAt = clock.GetUtcNow(),
        };
        if (request.Pin is not null) badge.PinHash = hasher.HashPassword(badge, request.Pin);
        db.Badges.Add(badge);
        db.ActAs(caller, "create-badge", request.Why);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return Refusal.AlreadyExists("badge");
        }

        return TypedResults.Created((string?)null, new BadgeView(badge.Id, badge.Code, badge.OperatorCode, badge.Name,
            badge.Roles, badge.PinHash is not null, null, badge.CreatedAt, null));
    }

    Task<NoContent> PinAsync(Guid id, ChangePin request, Caller caller, CancellationToken ct)
    {
        db.ActAs(caller, "change-pin", request.Why);
        return ChangeAsync(id, SetPin, ct);

        void SetPin(Badge badge)
        {
            badge.PinHash = hasher.HashPassword(badge, request.Pin);
            badge.AccessFailedCount = 0;
            badge.LockoutEnd = null;
        }
    }

    Task<NoContent> RevokeAsync(Guid id, string? why, Caller caller, CancellationToken ct)
    {
        db.ActAs(caller, "revoke-badge", why);
        return ChangeAsync(id, badge => badge.RevokedAt = clock.GetUtcNow(), ct);
    }

    async Task<NoContent> ChangeAsync(Guid id, Action<Badge> change, CancellationToken ct)
    {
        var badge = await db.Badges.SingleOrDefaultAsync(b => b.Id == id && b.RevokedAt == null, ct)
            ?? throw RuleViolation.NotFound("badge", id);
        change(badge);
        await sessions.EndAsync(id, null, ct);
        await db.SaveChangesAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
