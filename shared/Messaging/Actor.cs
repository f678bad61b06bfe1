namespace Mes.Messaging;

/// <summary>Who makes a change.</summary>
/// <param name="Kind">user, operator, api-client, device or system.</param>
/// <param name="Id">Stable identity within the kind.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Device">The device it was made on, or null.</param>
public sealed record Actor(string Kind, string Id, string Name, string? Device = null)
{
    /// <summary>A part of the software itself, such as a consumer or a job.</summary>
    public static Actor System(string part) => new("system", part, part);
}
