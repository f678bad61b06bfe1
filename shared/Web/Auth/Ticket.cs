using System.Text.Json.Serialization;
using Mes.Persistence;

namespace Mes.Web.Auth;

/// <summary>
/// What the gateway gives to each request for a service, in the header <see cref="Header"/>: who calls and what they
/// may do. Services trust its signature and need nothing of the identity database.
/// </summary>
/// <param name="SubjectId">The person (by id, or by code where signed in by badge), API client or device; unique.</param>
/// <param name="Name">For people to read, as in an audit row.</param>
/// <param name="Kind">What kind of caller this is.</param>
/// <param name="DeviceId">The registered device the request came from, where known.</param>
/// <param name="Permissions">What the caller may do.</param>
/// <param name="IssuedAt">Unix time in seconds.</param>
/// <param name="ExpiresAt">Unix time in seconds, at most <see cref="LifetimeSecondsMax"/> after the issue.</param>
/// <param name="Operator">The person's code, under which they work; null for programs and devices.</param>
/// <param name="Equipment">Codes of the equipment that the device is bound to, which may be none; null for any.</param>
public sealed record Ticket(
    [property: JsonPropertyName("sub")] string SubjectId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("kind")] ActorKind Kind,
    [property: JsonPropertyName("device")] string? DeviceId,
    [property: JsonPropertyName("permissions")] IReadOnlyList<string> Permissions,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("operator")] string? Operator = null,
    [property: JsonPropertyName("equipment")] IReadOnlyList<string>? Equipment = null)
{
    /// <summary>The request header that carries a ticket.</summary>
    public const string Header = "X-Mes-Ticket";

    /// <summary>A ticket that lives longer than this is refused, whoever signed it.</summary>
    public const int LifetimeSecondsMax = 120;

    /// <summary>How far the gateway's clock may run ahead of a service's.</summary>
    public const int ClockSkewSecondsMax = 30;
}

[JsonSerializable(typeof(Ticket))]
sealed partial class TicketJson : JsonSerializerContext;
