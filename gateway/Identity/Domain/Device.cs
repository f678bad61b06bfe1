using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>A terminal or machine that is known to the plant.</summary>
sealed class Device
{
    Device()
    {
    }

    /// <summary>Identity, the scope of the commands sent from it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Where it stands.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The equipment that this terminal serves, by code; empty for any.</summary>
    public string[] Equipment { get; private set; } = [];

    /// <summary>What the device may do in its own name, with nobody signed in; often nothing.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>Hash of its key.</summary>
    [NotAudited]
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Since when it is no longer known, UTC; null while it is.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Makes a device known.</summary>
    public static Device Create(
        Guid id, string name, string[] equipment, string[] roles, byte[] secretHash, DateTimeOffset now) => new()
        {
            Id = id, Name = name, Equipment = equipment, Roles = roles, SecretHash = secretHash, CreatedAt = now,
        };

    /// <summary>Says anew what it is.</summary>
    public void Change(string name, string[] equipment, string[] roles) => (Name, Equipment, Roles) = (name, equipment, roles);

    /// <summary>No longer knows it.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
