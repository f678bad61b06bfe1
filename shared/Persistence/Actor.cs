using System.Text.Json.Serialization;

namespace Mes.Persistence;

/// <summary>Who calls or makes a change, by kind; spelt the same in the trail, in tickets and in answers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActorKind>))]
public enum ActorKind
{
    /// <summary>A person with user name and password.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>A person with a badge.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>A program with an API key.</summary>
    [JsonStringEnumMemberName("api-client")]
    ApiClient,

    /// <summary>A registered device on its own.</summary>
    [JsonStringEnumMemberName("device")]
    Device,

    /// <summary>A part of the software itself.</summary>
    [JsonStringEnumMemberName("system")]
    System,

    /// <summary>Somebody who tried to sign in and was not admitted.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown
}

/// <summary>Who makes a change.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Id">Stable identity within the kind.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Device">The device it was made on, or null.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, string? Device = null)
{
    /// <summary>A part of the software itself, such as a consumer or a job.</summary>
    public static Actor System(string part) => new(ActorKind.System, part, part);
}

/// <summary>How an actor's kind is stored: in lower case, with hyphens.</summary>
static class ActorKinds
{
    public static string Spell(ActorKind kind) => kind == ActorKind.ApiClient ? "api-client" : kind.ToString().ToLowerInvariant();

    /// <summary>Reads either spelling: services used to store the name of the member, such as <c>ApiClient</c>.</summary>
    public static ActorKind Read(string stored) =>
        Enum.Parse<ActorKind>(stored.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
