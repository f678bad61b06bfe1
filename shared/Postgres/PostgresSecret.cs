using System.Security.Cryptography;
using System.Text;

namespace Mes.Postgres;

/// <summary>One random secret from which the password of each database role is derived, so that only it must be kept.</summary>
public sealed class PostgresSecret
{
    const int Bytes = 32;
    readonly byte[] _key;

    PostgresSecret(byte[] key) => _key = key;

    /// <summary>Reads the secret from a file, or makes one and writes it there, readable for the owner only (0600).</summary>
    public static PostgresSecret LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
            UnixFiles.WriteFile(path, Encoding.ASCII.GetBytes(key), UnixFiles.PrivateFile);
        }

        return new PostgresSecret(Convert.FromBase64String(File.ReadAllText(path).Trim()));
    }

    /// <summary>A secret that is the same wherever the given text is known, say the administrator's password.</summary>
    public static PostgresSecret From(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The password of a role: 256 bits, as letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string PasswordOf(string role) =>
        System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(role)));
}
