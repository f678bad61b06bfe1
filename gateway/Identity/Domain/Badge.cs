using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>A badge by which a person signs in at a terminal.</summary>
sealed class Badge
{
    Badge()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>What a scanner reads.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Whose it is.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>What of the person's roles it gives; null: those of the floor, whatever they become.</summary>
    public string[]? Roles { get; private set; }

    /// <summary>Null: the badge signs in without a PIN, but only from a registered device.</summary>
    [NotAudited]
    public string? PinHash { get; private set; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Since when it admits nobody, UTC; null while it does.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Makes a badge of a person known, without a PIN.</summary>
    /// <exception cref="RuleViolation">Code <c>badge-beyond-person</c>: it would give what the person is not.</exception>
    public static Badge Create(Guid id, string code, Person person, string[]? roles, DateTimeOffset now)
    {
        if (roles?.Except(person.Roles).ToList() is { Count: > 0 } beyond)
        {
            throw new RuleViolation("badge-beyond-person",
                "A badge gives some of its person's roles. Give these to the person first.",
                ("person", person.Code), ("roles", beyond));
        }
        return new() { Id = id, Code = code, PersonId = person.Id, Roles = roles, CreatedAt = now };
    }

    /// <summary>Follows its person's roles: it gives none that the person has not.</summary>
    public void Follow(string[] roles)
    {
        if (Roles?.Except(roles).Any() == true) Roles = [.. Roles.Intersect(roles)];
    }

    /// <summary>Sets a PIN.</summary>
    public void SetPin(string hash) => PinHash = hash;

    /// <summary>No longer admits anybody by it.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
