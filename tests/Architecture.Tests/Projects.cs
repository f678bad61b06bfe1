using System.Xml.Linq;

namespace Mes.Architecture.Tests;

/// <summary>A project file: where it is and what it uses.</summary>
/// <param name="Path">Path from the root.</param>
/// <param name="References">Paths of the projects it references, from the root.</param>
/// <param name="Packages">Names of the packages it references.</param>
sealed record Project(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>Every project of the repository.</summary>
    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Of)];

    /// <summary>Its folder, with a slash at the end.</summary>
    public string Folder => FolderOf(Path);

    /// <summary>The service it belongs to, such as <c>services/Quality/</c>, or null.</summary>
    public string? Service => ServiceOf(Path);

    /// <summary>Reads a project file.</summary>
    public static Project Of(TrackedFile file)
    {
        var xml = XDocument.Parse(file.Text);
        return new Project(file.Path,
            [.. Included(xml, "ProjectReference").Select(reference => Resolve(FolderOf(file.Path) + reference))],
            [.. Included(xml, "PackageReference"), .. Included(xml, "PackageDownload")]);
    }

    /// <summary>The service that a path lies in, or null; identity, which the gateway hosts, is one like the others.</summary>
    public static string? ServiceOf(string path) => path.Split('/') switch
    {
        ["services", var name, ..] => $"services/{name}/",
        ["gateway", "Identity", ..] => "gateway/Identity/",
        _ => null
    };

    /// <summary>The folder of the project that a service's code is compiled in, and its assembly.</summary>
    public static (string Folder, string Assembly) HostOf(string service) => service.Split('/') is ["services", var name, ..]
        ? (service, $"Mes.{name}")
        : ("gateway/", "Mes.Gateway");

    static IEnumerable<string> Included(XDocument xml, string item) =>
        xml.Descendants(item).Select(node => ((string?)node.Attribute("Include") ?? "").Replace('\\', '/'));

    static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    static string Resolve(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
