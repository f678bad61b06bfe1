using Mes.Gateway.Identity.Domain;

namespace Mes.Gateway.Identity.Features.Badges;

/// <summary>A badge by which a person signs in.</summary>
/// <param name="Id">The badge.</param>
/// <param name="Code">What a scanner reads from it.</param>
/// <param name="Person">Whose it is, by code.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Roles">What the person is who signs in by it.</param>
/// <param name="HasPin">Whether it wants a PIN.</param>
/// <param name="LockedUntil">Until when wrong PINs have locked it somewhere; null where none have.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="RevokedAt">Since when it admits nobody; null while it does.</param>
public sealed record BadgeView(
    Guid Id, string Code, string Person, string Name, IReadOnlyList<string> Roles, bool HasPin,
    DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    internal static BadgeView Of(Badge badge, Person person, DateTimeOffset? lockedUntil) => new(
        badge.Id, badge.Code, person.Code, person.Name, Web.Auth.Roles.ByBadge(badge.Roles, person.Roles),
        badge.PinHash is not null, lockedUntil, badge.CreatedAt, badge.RevokedAt);
}
