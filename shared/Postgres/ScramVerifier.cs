using System.Security.Cryptography;
using System.Text;

namespace Mes.Postgres;

/// <summary>
/// What PostgreSQL stores of a password (RFC 5803). Made here, so that no password is ever part of a statement, which the
/// server may write to its log.
/// </summary>
static class ScramVerifier
{
    const int Iterations = 4096;
    const int SaltBytes = 16;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return new StringBuilder("SCRAM-SHA-256$").Append(Iterations).Append(':').Append(Convert.ToBase64String(salt))
            .Append('$').Append(Convert.ToBase64String(stored)).Append(':').Append(Convert.ToBase64String(server)).ToString();
    }
}
