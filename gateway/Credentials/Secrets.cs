using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mes.Gateway.Credentials;

/// <summary>
/// Random secrets: session ids, API keys, device keys. They carry 256 bits, so a plain hash is enough to store; a
/// prefix tells what they are to people and to secret scanners.
/// </summary>
static class Secrets
{
    public const string ApiKeyPrefix = "mes_key_";
    public const string DevicePrefix = "mes_device_";

    /// <summary>Longer ones are not ours and are not worth a look-up.</summary>
    public const int CharactersMax = 64;

    const int Bytes = 32;

    public static string Make(string prefix = "") =>
        prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A password for one use to read aloud and to type: 25 letters and digits, about 124 bits.</summary>
    public static string MakePassword()
    {
        return InGroups(RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 25));
    }

    /// <summary>A text to type, in groups of five.</summary>
    public static string InGroups(string text) => string.Join('-', text.Chunk(5).Select(part => new string(part)));
}
