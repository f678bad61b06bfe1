namespace Mes.Api.Tests;

/// <summary>The documents that describe the API: one for each service, one for the gateway's own operations.</summary>
static class Documents
{
    /// <summary>The gateway's own.</summary>
    public const string Gateway = "gateway";

    /// <summary>Those of the services.</summary>
    public static readonly string[] OfServices = ["work-orders", "scheduling", "quality", "inventory", "equipment"];

    /// <summary>All of them.</summary>
    public static readonly string[] All = [.. OfServices, Gateway];

    /// <summary>The document in which a group of endpoints is.</summary>
    public static string Of(string group) => group switch { "erp" => "work-orders", "identity" => Gateway, _ => group };

    /// <summary>The folder in which they are committed, and from which the gateway serves them.</summary>
    public static string Folder => Path.Combine(Sources.Root, "gateway/openapi");

    public static string FileOf(string name) => Path.Combine(Folder, $"{name}.json");
}
