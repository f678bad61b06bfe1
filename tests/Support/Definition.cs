using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mes.Tests.Support;

/// <summary>What a caller names: the first members of the body, two for a routing's revision, go into the address.</summary>
public static class Definition
{
    /// <summary>Address and body of a PUT to a collection.</summary>
    public static (string Path, JsonObject Body) Of(string collection, object body, JsonSerializerOptions? options = null)
    {
        var members = JsonSerializer.SerializeToNode(body, options)!.AsObject();
        var names = members.Take(collection.EndsWith("/routings", StringComparison.Ordinal) ? 2 : 1).ToList();
        foreach (var (name, _) in names) members.Remove(name);
        return (string.Join('/', names.Select(name => Uri.EscapeDataString((string)name.Value!)).Prepend(collection)), members);
    }
}
