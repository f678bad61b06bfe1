using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Gateway.Features.SignIn;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
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
/// <param name="Id">Made by the client; sent again, it gets the same answer.</param>
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

    static async Task<Ok<Page<BadgeView>>> Handle(
        IdentityDb db, TimeProvider clock, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var (now, last) = (clock.GetUtcNow(), after ?? Guid.Empty);
        var rows = await db.Badges.Where(b => b.Id > last).OrderBy(b => b.Id).Take(limit + 1)
            .Select(b => new BadgeView(b.Id, b.Code, b.OperatorCode, b.Name, b.Roles, b.PinHash != null,
                db.SignInFailures.Where(f => f.Account == "badge " + b.Code && f.LockedUntil > now).Max(f => f.LockedUntil),
                b.CreatedAt, b.RevokedAt))
            .ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, badge => badge.Id.ToString()));
    }
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
        badges.MapPost("", (CreateBadge request, HttpContext context, Caller caller, BadgeChanges change,
            CancellationToken ct) => change.CreateAsync(request, context, caller, ct));
        badges.MapPut("/{id:guid}/pin", (Guid id, ChangePin request, Caller caller, BadgeChanges change,
            CancellationToken ct) => change.PinAsync(id, request, caller, ct));
        badges.MapDelete("/{id:guid}", (Guid id, [Why] string? why, Caller caller, BadgeChanges change,
            CancellationToken ct) => change.RevokeAsync(id, why, caller, ct));
    }

    async Task<Results<Created<BadgeView>, ProblemHttpResult>> CreateAsync(
        CreateBadge request, HttpContext context, Caller caller, CancellationToken ct)
    {
        var id = CommandIds.Of(context, request.Id, clock.GetUtcNow());
        if (await AgainAsync(id, request, ct) is { } known) return known;
        var badge = Make(request, id);
        db.Badges.Add(badge);
        db.ActAs(caller, "create-badge", request.Why);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await AgainAsync(id, request, ct) ?? Refusal.AlreadyExists("badge", "code", request.Code);
        }

        return TypedResults.Created((string?)null, ViewOf(badge));
    }

    Badge Make(CreateBadge request, Guid id)
    {
        var badge = new Badge
        {
            Id = id,
            Code = request.Code,
            OperatorCode = request.OperatorCode,
            Name = request.Name,
            Roles = request.Roles,
            CreatedAt = IssuedSecrets.AsKept(clock.GetUtcNow()),
        };
        if (request.Pin is not null) badge.PinHash = hasher.HashPassword(badge, request.Pin);
        return badge;
    }

    /// <summary>What the same command was answered before, or null where its id is new.</summary>
    async Task<Results<Created<BadgeView>, ProblemHttpResult>?> AgainAsync(
        Guid id, CreateBadge request, CancellationToken ct)
    {
        var badge = await db.Badges.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (badge is null) return null;
        return badge.Code == request.Code && badge.OperatorCode == request.OperatorCode && badge.Name == request.Name
            && badge.Roles.SequenceEqual(request.Roles) && badge.RevokedAt is null && HasPin(badge, request.Pin)
                ? TypedResults.Created((string?)null, ViewOf(badge))
                : Refusal.AlreadyExists("badge", "id", id);
    }

    bool HasPin(Badge badge, string? pin) => pin is null || badge.PinHash is null
        ? pin is null && badge.PinHash is null
        : hasher.VerifyHashedPassword(badge, badge.PinHash, pin) != PasswordVerificationResult.Failed;

    static BadgeView ViewOf(Badge badge) => new(badge.Id, badge.Code, badge.OperatorCode, badge.Name,
        badge.Roles, badge.PinHash is not null, null, badge.CreatedAt, null);

    Task<NoContent> PinAsync(Guid id, ChangePin request, Caller caller, CancellationToken ct)
    {
        db.ActAs(caller, "change-pin", request.Why);
        return ChangeAsync(id, badge => badge.PinHash = hasher.HashPassword(badge, request.Pin), ct);
    }

    async Task<NoContent> RevokeAsync(Guid id, string? why, Caller caller, CancellationToken ct)
    {
        if (await db.Badges.AnyAsync(badge => badge.Id == id && badge.RevokedAt != null, ct)) return TypedResults.NoContent();
        db.ActAs(caller, "revoke-badge", why);
        return await ChangeAsync(id, badge => badge.RevokedAt = clock.GetUtcNow(), ct);
    }

    // Locked: a sign-in with what is taken away here comes before, and is ended, or after, and is refused
    async Task<NoContent> ChangeAsync(Guid id, Action<Badge> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var badge = await db.Badges.FromSql($"select * from badges where id = {id} and revoked_at is null for update")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("badge", id);
        change(badge);
        await SignInAttempts.ForgetAsync(db, SignInAttempts.OfBadge(badge.Code), ct);
        await sessions.EndAsync(id, null, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cache.ForgetAll();
        return TypedResults.NoContent();
    }
}
