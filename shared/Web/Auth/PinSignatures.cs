using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mes.Kernel;

namespace Mes.Web.Auth;

/// <summary>
/// Shows a service that a person has just given their PIN to sign something: Identity, which alone knows PINs, makes it, and any
/// service of the deployment knows it again.
/// </summary>
/// <remarks>On the wire it is <c>base64url(JSON).base64url(HMAC-SHA256 over the encoded JSON)</c>.</remarks>
public sealed class PinSignatures
{
    /// <summary>How long it is taken.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How long what is signed may be called, in characters.</summary>
    public const int SubjectMax = 500;

    /// <summary>No honest one is longer.</summary>
    public const int CharactersMax = 2_000;

    const string Purpose = "mes pin signature";
    readonly byte[][] _keys;
    readonly TimeProvider _clock;

    /// <summary>Made with the deployment's keys.</summary>
    public PinSignatures(TicketKeys keys, TimeProvider clock) => (_keys, _clock) = ([.. keys.DerivedFor(Purpose)], clock);

    sealed record Signed(string Operator, string Subject, DateTimeOffset ExpiresAt);

    /// <summary>Signs in the name of a person whose PIN was right.</summary>
    public string Make(string @operator, string subject)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Signed(@operator, subject, _clock.GetUtcNow() + Lifetime));
        var payload = Base64Url.EncodeToString(json);
        return $"{payload}.{Base64Url.EncodeToString(HMACSHA256.HashData(_keys[0], Encoding.ASCII.GetBytes(payload)))}";
    }

    /// <summary>Has it be of this person and this subject, and not old.</summary>
    /// <exception cref="RuleViolation">Code <c>signature-not-valid</c>.</exception>
    public void MustBe(string? signature, string @operator, string subject)
    {
        if (Read(signature) is not { } signed || signed.Operator != @operator || signed.Subject != subject
            || signed.ExpiresAt < _clock.GetUtcNow())
        {
            throw new RuleViolation("signature-not-valid", "Sign again with your own PIN; a signature is good for two minutes.",
                ("operator", @operator));
        }
    }

    Signed? Read(string? signature)
    {
        if (signature is null || signature.Length > CharactersMax || signature.Split('.') is not [var payload, var mac]
            || !Base64Url.IsValid(payload) || !Base64Url.IsValid(mac))
        {
            return null;
        }
        var (bytes, given) = (Encoding.ASCII.GetBytes(payload), Base64Url.DecodeFromChars(mac));
        return _keys.Any(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, bytes), given))
            ? JsonSerializer.Deserialize<Signed>(Base64Url.DecodeFromChars(payload)) : null;
    }
}
