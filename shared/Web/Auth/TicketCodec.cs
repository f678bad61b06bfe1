using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mes.Web.Auth;

/// <summary>
/// The form of a ticket on the wire: <c>base64url(JSON).base64url(HMAC-SHA256 over the encoded JSON)</c>.
/// </summary>
static class TicketCodec
{
    /// <summary>
    /// No honest ticket is longer, not even one of a device that is bound to many units: it bounds what a forged header
    /// makes a service do.
    /// </summary>
    public const int CharactersMax = 16_384;

    const int SignatureBytes = HMACSHA256.HashSizeInBytes;
    const int SignatureCharacters = 43;

    public static string Sign(Ticket ticket, TicketKeys keys)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(ticket, TicketJson.Default.Ticket);
        var payload = Base64Url.EncodeToString(json);
        Span<byte> signature = stackalloc byte[SignatureBytes];
        HMACSHA256.HashData(keys.Signing, Encoding.ASCII.GetBytes(payload), signature);
        return string.Concat(payload, ".", Base64Url.EncodeToString(signature));
    }

    /// <summary>The ticket, if one of the keys signed it; says nothing about its time.</summary>
    public static Ticket? Read(ReadOnlySpan<char> text, TicketKeys keys)
    {
        var dot = text.Length - SignatureCharacters - 1;
        if (text.Length > CharactersMax || dot <= 0 || text[dot] != '.') return null;

        var payload = ArrayPool<byte>.Shared.Rent(dot);
        try
        {
            return Encoding.ASCII.TryGetBytes(text[..dot], payload, out var count)
                && IsSigned(payload.AsSpan(0, count), text[(dot + 1)..], keys)
                    ? Parse(payload.AsSpan(0, count))
                    : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(payload);
        }
    }

    static bool IsSigned(ReadOnlySpan<byte> payload, ReadOnlySpan<char> signatureText, TicketKeys keys)
    {
        Span<byte> given = stackalloc byte[SignatureBytes];
        var decoded = Base64Url.DecodeFromChars(signatureText, given, out _, out var count);
        if (decoded is not OperationStatus.Done || count != SignatureBytes) return false;

        Span<byte> expected = stackalloc byte[SignatureBytes];
        foreach (var key in keys.All)
        {
            HMACSHA256.HashData(key, payload, expected);
            if (CryptographicOperations.FixedTimeEquals(given, expected)) return true;
        }

        return false;
    }

    // Whoever holds the key wrote this, so a payload that does not parse is a version from another time, not an attack
    static Ticket? Parse(Span<byte> payload)
    {
        try
        {
            var count = Base64Url.DecodeFromUtf8InPlace(payload);
            var ticket = JsonSerializer.Deserialize(payload[..count], TicketJson.Default.Ticket);
            return ticket is { SubjectId: not null, Name: not null, Permissions: not null } ? ticket : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }
}
