using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>A person of the plant: entered once, whether they sign in by password, by badge or, at first, not at all.</summary>
sealed class Person
{
    Person()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>The person's code: on reports, sign-ons and stops; it never changes.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The name of the account, where the person signs in by password.</summary>
    public string? UserName { get; private set; }

    /// <summary>The name as it is compared: upper and lower case do not matter.</summary>
    public string? NormalizedUserName { get; private set; }

    /// <summary>For others to read.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the person is.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>Hash of the password; null where nobody has set one.</summary>
    [NotAudited]
    public string? PasswordHash { get; private set; }

    /// <summary>The password was set by someone else: nothing but changing it is allowed.</summary>
    public bool MustChangePassword { get; private set; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Since when the person is no longer admitted, UTC; null while they are.</summary>
    public DateTimeOffset? DeactivatedAt { get; private set; }

    /// <summary>
    /// Since when the person does not work on the floor, UTC: gone, or without a role for it; null while they do.
    /// </summary>
    public DateTimeOffset? OffFloorSince { get; private set; }

    /// <summary>Rises with each change that others are told of.</summary>
    public long Version { get; private set; }

    /// <summary>Makes a person known, without account, password and roles.</summary>
    public static Person Create(string code, string name, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Code = code, Name = name, CreatedAt = now, OffFloorSince = now, Version = 1,
    };

    /// <summary>How names of accounts are compared.</summary>
    public static string Normalize(string userName) => NormalForm.Of(userName).ToUpperInvariant();

    /// <summary>Changes the name.</summary>
    public void Rename(string name)
    {
        if (Name == name) return;
        Name = name;
        Version++;
    }

    /// <summary>Names the account.</summary>
    public void NameAccount(string userName) => (UserName, NormalizedUserName) = (userName, Normalize(userName));

    /// <summary>Gives other roles.</summary>
    /// <param name="roles">All of them.</param>
    /// <param name="mayWork">Whether these let the person sign on at machines.</param>
    /// <param name="now">Since when, UTC.</param>
    public void GiveRoles(string[] roles, bool mayWork, DateTimeOffset now)
    {
        if (!Roles.SequenceEqual(roles)) Roles = roles;
        GoOnFloor(DeactivatedAt is null && mayWork, now);
    }

    /// <summary>Sets a password that its owner must change at the next sign-in.</summary>
    /// <exception cref="RuleViolation">Code <c>no-user-name</c>.</exception>
    public void SetOneTimePassword(string hash)
    {
        if (UserName is null)
            throw new RuleViolation("no-user-name", "Give the person a user name first, to sign in with.", ("person", Code));
        (PasswordHash, MustChangePassword) = (hash, true);
    }

    /// <summary>Sets the password that its owner has chosen.</summary>
    public void SetOwnPassword(string hash) => (PasswordHash, MustChangePassword) = (hash, false);

    /// <summary>No longer admits the person; the roles that they keep put them on the floor no more.</summary>
    public void Deactivate(DateTimeOffset now)
    {
        if (DeactivatedAt is not null) return;
        DeactivatedAt = now;
        Version++;
    }

    /// <summary>Admits the person again; the roles that they are given then say whether on the floor, too.</summary>
    public void Activate()
    {
        if (DeactivatedAt is null) return;
        DeactivatedAt = null;
        Version++;
    }

    /// <summary>The person, as others are told of them.</summary>
    public PersonChanged ToContract() => new(Code, Version, Name, DeactivatedAt is null, OffFloorSince);

    void GoOnFloor(bool works, DateTimeOffset now)
    {
        if (works == OffFloorSince is null) return;
        OffFloorSince = works ? null : now;
        Version++;
    }
}
