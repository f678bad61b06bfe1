using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Mes.Web.Auth;

/// <summary>
/// The deployment's secret for tickets. The first key signs, all verify, so that a key is changed without a gap:
/// add the new one last everywhere, then move it to the front, then remove the old one.
/// </summary>
public sealed class TicketKeys
{
    /// <summary>The configuration value: one or more base64 keys, separated by commas.</summary>
    public const string Setting = "Mes:TicketKey";

    const int KeyBytesMin = 32;

    readonly byte[][] _keys;

    TicketKeys(byte[][] keys) => _keys = keys;

    internal ReadOnlySpan<byte> Signing => _keys[0];

    internal ReadOnlySpan<byte[]> All => _keys;

    /// <summary>Keys for another purpose, one of each key: the first is the one to use, all are to be known again.</summary>
    public IEnumerable<byte[]> DerivedFor(string purpose) => _keys.Select(key => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, key, KeyBytesMin, info: Encoding.UTF8.GetBytes(purpose)));

    /// <summary>Reads the keys from <see cref="Setting"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one is not base64 of 32 bytes or more.</exception>
    public static TicketKeys From(IConfiguration configuration) => Parse(configuration[Setting]);

    /// <summary>Reads a comma-separated list of base64 keys.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one is not base64 of 32 bytes or more.</exception>
    public static TicketKeys Parse(string? list)
    {
        var keys = (list ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Decode)
            .ToArray();
        return keys.Length > 0 ? new TicketKeys(keys) : throw Wrong("it is not set");
    }

    static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count)) throw Wrong("a key is not base64");
        if (count < KeyBytesMin) throw Wrong($"a key has {count} bytes");
        return bytes[..count];
    }

    static InvalidOperationException Wrong(string what) => new(
        $"{Setting} must hold one or more base64 keys of at least {KeyBytesMin} bytes, the same for the gateway and " +
        $"every service, but {what}. Make one with: openssl rand -base64 {KeyBytesMin}");
}
