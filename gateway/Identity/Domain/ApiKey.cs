using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>A key of a program.</summary>
sealed class ApiKey
{
    const int PrefixCharacters = 14;

    ApiKey()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>The program.</summary>
    public Guid ClientId { get; private set; }

    /// <summary>The first characters of the key, so that people can tell keys apart.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>Hash of the key.</summary>
    [NotAudited]
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>What the program is with this key.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Until when, UTC; null: until revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Since when it admits nobody, UTC; null while it does.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Makes a key of a client known; of the secret, its hash is kept and what it begins with.</summary>
    public static ApiKey Create(
        Guid id, ApiClient client, string secret, byte[] hash, string[] roles, DateTimeOffset? expiresAt, DateTimeOffset now) =>
        new()
        {
            Id = id, ClientId = client.Id, Prefix = secret[..PrefixCharacters], SecretHash = hash, Roles = roles,
            CreatedAt = now, ExpiresAt = expiresAt?.ToUniversalTime(),
        };

    /// <summary>No longer admits anybody by it.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
