using Mes.Gateway.Identity.Domain;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>A person of the plant.</summary>
/// <param name="Id">The person, as who the audit trail and tickets name one who signs in by password.</param>
/// <param name="Code">The person's code: on reports, sign-ons and stops.</param>
/// <param name="Name">For others to read.</param>
/// <param name="Roles">What the person is.</param>
/// <param name="UserName">The name of the account, where the person signs in by password.</param>
/// <param name="HasPassword">Whether anybody has set a password.</param>
/// <param name="MustChangePassword">Whether the password was set by someone else.</param>
/// <param name="LockedUntil">Until when wrong passwords have locked the account somewhere; null where none have.</param>
/// <param name="CreatedAt">Since when, UTC.</param>
/// <param name="DeactivatedAt">Since when the person is no longer admitted, UTC; null while they are.</param>
/// <param name="Warning">What was asked and not done, in the answer to it; else null.</param>
public sealed record PersonView(
    Guid Id, string Code, string Name, IReadOnlyList<string> Roles, string? UserName, bool HasPassword, bool MustChangePassword,
    DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? DeactivatedAt, PersonWarning? Warning = null)
{
    internal static PersonView Of(Person person, DateTimeOffset? lockedUntil) => new(
        person.Id, person.Code, person.Name, person.Roles, person.UserName, person.PasswordHash is not null,
        person.MustChangePassword, lockedUntil, person.CreatedAt, person.DeactivatedAt);
}

/// <summary>Something that was asked of a person and not done.</summary>
/// <param name="Code">badge-revoked.</param>
/// <param name="Badge">The badge, by what a scanner reads.</param>
/// <param name="RevokedAt">Since when it admits nobody, UTC.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record PersonWarning(string Code, string Badge, DateTimeOffset RevokedAt, string Hint)
{
    internal static PersonWarning OfRevokedBadge(string badge, DateTimeOffset revokedAt) => new("badge-revoked", badge, revokedAt,
        "The person had this badge and it was revoked: it stays so. Where it was found, give it again with POST /badges.");
}
