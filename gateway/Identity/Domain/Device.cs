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

    /// <summary>The equipment that this terminal serves, by code; where neither it nor a work center is named, any.</summary>
    public string[] Equipment { get; private set; } = [];

    /// <summary>The work centers all of whose equipment it serves, also what joins them later, by code.</summary>
    public string[] WorkCenters { get; private set; } = [];

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
        Guid id, string name, string[] equipment, string[] workCenters, string[] roles, byte[] secretHash,
        DateTimeOffset now) => new()
        {
            Id = id, Name = name, Equipment = equipment, WorkCenters = workCenters, Roles = roles, SecretHash = secretHash,
            CreatedAt = now,
        };

    /// <summary>Says anew what it is.</summary>
    public void Change(string name, string[] equipment, string[] workCenters, string[] roles) =>
        (Name, Equipment, WorkCenters, Roles) = (name, equipment, workCenters, roles);

    /// <summary>No longer knows it.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
