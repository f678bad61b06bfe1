using System.Security.Cryptography;
using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>A browser that asks to become a device of the plant: it shows a code, by which an administrator takes it.</summary>
sealed class Pairing
{
    // What is easily told apart on a screen, and read aloud
    const string Characters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    const int GroupLength = 4;

    /// <summary>Characters of a code, with the line between its groups.</summary>
    public const int CodeLength = 2 * GroupLength + 1;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    Pairing()
    {
    }

    /// <summary>What the terminal shows, and is typed to take it: two groups of four letters or digits.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Hash of the key that the browser has; it becomes the device's.</summary>
    [NotAudited]
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>Until when the code can be used, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Begins for ten minutes.</summary>
    public static Pairing Begin(byte[] secretHash, DateTimeOffset now) => new()
    {
        Code = Read(RandomNumberGenerator.GetString(Characters, 2 * GroupLength)),
        SecretHash = secretHash,
        ExpiresAt = now + Lifetime,
    };

    /// <summary>The code as it is kept, however it was typed.</summary>
    public static string Read(string typed)
    {
        var characters = string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        return characters.Insert(Math.Min(GroupLength, characters.Length), "-");
    }
}
