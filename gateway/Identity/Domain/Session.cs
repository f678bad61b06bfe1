using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>One sign-in of a person, by password or by badge.</summary>
sealed class Session
{
    Session()
    {
    }

    /// <summary>Identity, in the order of time.</summary>
    public Guid Id { get; private set; }

    /// <summary>Hash of its secret, which the cookie holds.</summary>
    [NotAudited]
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>Whose it is.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>The badge, where signed in by one.</summary>
    public Guid? BadgeId { get; private set; }

    /// <summary>The registered device it was begun at, or null.</summary>
    public Guid? DeviceId { get; private set; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it ends by itself, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When it was ended, UTC; null while nobody has.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Begins one.</summary>
    public static Session Begin(
        byte[] secretHash, Guid personId, Guid? badgeId, Guid? deviceId, DateTimeOffset now, TimeSpan lifetime) => new()
        {
            Id = Guid.CreateVersion7(now), SecretHash = secretHash, PersonId = personId, BadgeId = badgeId, DeviceId = deviceId,
            CreatedAt = now, ExpiresAt = now + lifetime,
        };

    /// <summary>Ends it.</summary>
    public void End(DateTimeOffset now) => RevokedAt ??= now;
}
