using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mes.Gateway.Credentials;
using Mes.Web.Auth;

namespace Mes.Gateway.Identity.Data;

/// <summary>
/// Secrets that can be told again to whoever repeats the command that made them, and are kept nowhere: each follows from
/// the deployment's key, what it is for, and when it was made. Without that key nobody can guess one. After a quarter of an
/// hour a repeat is no lost answer any more: nobody is told a secret then.
/// </summary>
sealed class IssuedSecrets(TicketKeys keys, TimeProvider clock)
{
    static readonly TimeSpan ToldAgainFor = TimeSpan.FromMinutes(15);
    const string Purpose = "mes issued secrets";
    const string TypedCharacters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int TypedCharactersCount = 25;

    readonly byte[][] _keys = [.. keys.DerivedFor(Purpose)];

    /// <summary>The secret of a key or device.</summary>
    public string Make(string prefix, Guid id, DateTimeOffset createdAt) => Key(_keys[0], prefix, id, createdAt);

    /// <summary>The same again, if the deployment still has the key that it was made with.</summary>
    public string? Again(string prefix, Guid id, DateTimeOffset createdAt, byte[] hash) => KeysFor(createdAt)
        .Select(key => Key(key, prefix, id, createdAt))
        .FirstOrDefault(secret => CryptographicOperations.FixedTimeEquals(Secrets.Hash(secret), hash));

    /// <summary>A person's first password, for one use, to read aloud and to type: 25 letters and digits, 125 bits.</summary>
    public string MakePassword(Guid id, DateTimeOffset createdAt) => Password(_keys[0], id, createdAt);

    /// <summary>The same again, if it is still the one.</summary>
    public string? PasswordAgain(Guid id, DateTimeOffset createdAt, Func<string, bool> isIt) =>
        KeysFor(createdAt).Select(key => Password(key, id, createdAt)).FirstOrDefault(isIt);

    IEnumerable<byte[]> KeysFor(DateTimeOffset createdAt) => clock.GetUtcNow() - createdAt < ToldAgainFor ? _keys : [];

    static string Key(byte[] key, string prefix, Guid id, DateTimeOffset createdAt) =>
        prefix + Base64Url.EncodeToString(Bytes(key, prefix, id, createdAt));

    static string Password(byte[] key, Guid id, DateTimeOffset createdAt) => Secrets.InGroups(string.Concat(
        Bytes(key, "password", id, createdAt).Take(TypedCharactersCount)
            .Select(random => TypedCharacters[random % TypedCharacters.Length])));

    static byte[] Bytes(byte[] key, string kind, Guid id, DateTimeOffset createdAt) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}|{id}|{createdAt.UtcTicks}"));
}
