using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>A folder says what lies in it, and who may use whom.</summary>
public partial class FolderTests
{
    /// <summary>The shared projects, each of which uses only some that stand before it.</summary>
    static readonly string[] SharedInOrder = ["Kernel", "Contracts", "Postgres", "Persistence", "Messaging", "Web", "Jobs"];

    [Fact]
    public void A_namespace_is_its_folder() => Repository.Sources.SelectMany(Misplaced).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality/Features/Holds/X.cs", "namespace Mes.Quality.Features;")]
    [InlineData("services/Quality/Data/X.cs", "namespace Mes.Quality.Domain;")]
    [InlineData("shared/Web/Auth/X.cs", "namespace Mes.Web;")]
    [InlineData("gateway/Live/X.cs", "namespace Mes.Gateway;")]
    [InlineData("gateway/Identity/Data/X.cs", "namespace Mes.Gateway.Data;")]
    [InlineData("services/Scheduling/Engine/Search/X.cs", "namespace Mes.Scheduling.Engine;")]
    [InlineData("tests/Quality.Tests/Features/Holds/X.cs", "namespace Mes.Quality.Tests;")]
    [InlineData("tests/Quality.Tests/Domain/X.cs", "namespace Mes.Quality.Domain;")]
    [InlineData("tests/Support/X.cs", "namespace Mes.Support;")]
    public void A_namespace_that_is_another_folder_is_found(string path, string code) =>
        Misplaced(new TrackedFile(path, code)).ShouldHaveSingleItem();

    [Fact]
    public void Every_feature_is_of_a_capability() => Repository.Sources.SelectMany(Homeless).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality/Features/X.cs")]
    [InlineData("gateway/Identity/Features/X.cs")]
    public void A_feature_of_none_is_found(string path) => Homeless(new TrackedFile(path, "")).ShouldHaveSingleItem();

    [Fact]
    public void Capabilities_import_nothing_of_each_other() => Repository.Sources.SelectMany(Neighbours).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality", "using Mes.Quality.Features.Plans;")]
    [InlineData("services/Quality", "class C { Mes.Quality.Features.Plans.PlanView? view; }")]
    [InlineData("services/Quality", "class C { Features.Plans.PlanView? view; }")]
    [InlineData("gateway/Identity", "using Mes.Gateway.Identity.Features.Plans;")]
    public void An_import_between_capabilities_is_found(string service, string code) =>
        Neighbours(new TrackedFile($"{service}/Features/Holds/X.cs", code)).ShouldHaveSingleItem();

    [Fact]
    public void Data_and_domain_know_no_feature_and_the_domain_no_data() => Repository.Sources.SelectMany(Upward).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality/Data/X.cs", "using Mes.Quality.Features;")]
    [InlineData("services/Quality/Data/X.cs", "using Mes.Quality.Features.Plans;")]
    [InlineData("services/Quality/Domain/X.cs", "using Mes.Quality.Data;")]
    [InlineData("gateway/Identity/Data/X.cs", "using Mes.Gateway.Identity.Features;")]
    [InlineData("gateway/Identity/Domain/X.cs", "using Mes.Gateway.Identity.Data;")]
    public void A_look_upward_is_found(string path, string code) => Upward(new TrackedFile(path, code)).ShouldHaveSingleItem();

    [Fact]
    public void Folders_use_each_other_in_no_circle() => Circles(Repository.Sources).ShouldBeEmpty();

    [Theory]
    [InlineData("using Mes.Scheduling.Engine.Search;")]
    [InlineData("class C { Mes.Scheduling.Engine.Search.Optimizer? optimizer; }")]
    [InlineData("class C { Search.Optimizer? optimizer; }")]
    public void A_circle_of_folders_is_found(string code)
    {
        Circles([InEngine("Files", "using Mes.Scheduling.Engine.Search;"), .. Chain, InEngine("Model", code)])
            .ShouldBe(["Mes.Scheduling.Engine.Model", "Mes.Scheduling.Engine.Plans", "Mes.Scheduling.Engine.Search"]);
        Circles([.. Chain, InEngine("Model", "class Search { }")]).ShouldBeEmpty();
    }

    static TrackedFile[] Chain =>
        [InEngine("Plans", "using Mes.Scheduling.Engine.Model;"), InEngine("Search", "using Mes.Scheduling.Engine.Plans;")];

    static TrackedFile InEngine(string folder, string code) =>
        new($"services/Scheduling/Engine/{folder}/X.cs", $"namespace Mes.Scheduling.Engine.{folder};\n{code}");

    [Fact]
    public void Shared_projects_use_only_those_before_them() => Backward(Project.All).ShouldBeEmpty();

    [Theory]
    [InlineData("Kernel", "../Contracts/Mes.Contracts.csproj")]
    [InlineData("Contracts", "../Kernel/Mes.Kernel.csproj")]
    [InlineData("Persistence", "../Messaging/Mes.Messaging.csproj")]
    [InlineData("Web", "../../services/Quality/Mes.Quality.csproj")]
    public void A_shared_project_that_uses_a_later_one_is_found(string project, string reference) =>
        Backward([Project.Of(new TrackedFile($"shared/{project}/Mes.{project}.csproj",
            $"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>"))]).ShouldHaveSingleItem();

    static IEnumerable<string> Misplaced(TrackedFile file)
    {
        if (Namespace().Match(file.Text) is not { Success: true } found || RootOf(file.Path) is not { } root)
        {
            yield break;
        }
        var below = Path.GetDirectoryName(file.Path)![root.Folder.Length..].Trim('/').Replace('/', '.');
        var expected = below.Length == 0 ? root.Namespace : $"{root.Namespace}.{below}";
        if (found.Groups[1].Value != expected)
        {
            yield return $"{file.Path} is in {found.Groups[1].Value}, not {expected}";
        }
    }

    /// <summary>The namespaces that use each other in a circle, or stand between two circles.</summary>
    static IEnumerable<string> Circles(IEnumerable<TrackedFile> sources)
    {
        var folders = sources.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => Namespace().IsMatch(file.Text))
            .ToLookup(file => Namespace().Match(file.Text).Groups[1].Value);
        string[] left = [.. folders.Select(folder => folder.Key).Order(StringComparer.Ordinal)];
        var uses = folders.ToDictionary(folder => folder.Key,
            folder => folder.SelectMany(file => Used(file, folder.Key, left)).Except([folder.Key]).ToHashSet());
        for (var count = 0; count != left.Length;)
        {
            count = left.Length;
            left = [.. left.Where(name => uses[name].Overlaps(left) && left.Any(other => uses[other].Contains(name)))];
        }
        return left;
    }

    /// <summary>The namespaces that a file's dotted names begin with.</summary>
    static IEnumerable<string> Used(TrackedFile file, string own, string[] namespaces) =>
        from node in file.Syntax.GetRoot().DescendantNodes()
        where IsDotted(node) && !IsDotted(node.Parent) && node.Parent is not BaseNamespaceDeclarationSyntax
        let beginnings = Beginnings(own).Append("")
            .SelectMany(around => Beginnings($"{node}").Select(name => (around + name).TrimEnd('.')))
        from used in beginnings.Intersect(namespaces).OrderByDescending(name => name.Length).Take(1)
        select used;

    static bool IsDotted(SyntaxNode? node) => node is QualifiedNameSyntax or MemberAccessExpressionSyntax;

    /// <summary>A dotted name and its beginnings, each with a dot at the end.</summary>
    static IEnumerable<string> Beginnings(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            yield return name[..end] + ".";
        }
    }

    /// <summary>Where a file's project begins, and the namespace of that folder; null where the rule does not hold.</summary>
    static (string Folder, string Namespace)? RootOf(string path) => path.Split('/') switch
    {
        ["services" or "shared", var name, ..] => ($"{path.Split('/')[0]}/{name}", $"Mes.{name}"),
        ["gateway", ..] => ("gateway", "Mes.Gateway"),
        ["tests", var name, _, ..] => ($"tests/{name}", NamespaceOfTests(name)),
        _ => null
    };

    /// <summary>That of its project: `Mes.Quality.Tests` for `Quality.Tests`, `Mes.Tests.Support` for `Support`.</summary>
    static string NamespaceOfTests(string folder) => Path.GetFileNameWithoutExtension(
        Project.All.Select(project => project.Path).First(path => Path.GetDirectoryName(path) == $"tests/{folder}"));

    /// <summary>What several capabilities need lies in Domain or Data.</summary>
    static IEnumerable<string> Homeless(TrackedFile file) => InService(file.Path) is ["Features", _] ? [file.Path] : [];

    static IEnumerable<string> Neighbours(TrackedFile file) => InService(file.Path) is ["Features", var own, _, ..]
        ? Capability().Matches(file.Text).Select(found => found.Groups[1].Value).Where(other => other != own).Distinct()
            .Select(other => $"{file.Path} imports {other}")
        : [];

    static IEnumerable<string> Upward(TrackedFile file) => InService(file.Path) is [("Data" or "Domain") and var folder, ..]
        && !file.Path.EndsWith("Snapshot.cs", StringComparison.Ordinal)
        ? file.Lines.Where(line => Above().Match(line) is { Success: true } found
                && (folder == "Domain" || found.Groups[1].Value == "Features"))
            .Select(line => $"{file.Path}: {line}")
        : [];

    /// <summary>The folders below that of the service, and the file; null outside of services.</summary>
    static string[]? InService(string path) => Project.ServiceOf(path) is { } service ? path[service.Length..].Split('/') : null;

    static IEnumerable<string> Backward(IEnumerable<Project> projects) =>
        from project in projects
        where project.Path.StartsWith("shared/", StringComparison.Ordinal)
        let own = Array.IndexOf(SharedInOrder, project.Path.Split('/')[1])
        from reference in project.References
        let other = Array.IndexOf(SharedInOrder, reference.Split('/') is ["shared", var name, ..] ? name : "")
        where own < 0 || other < 0 || other >= own || own <= Array.IndexOf(SharedInOrder, "Postgres")
        select $"{project.Path} references {reference}";

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using Mes\.(?:Gateway\.)?\w+\.(Features|Data)\b")]
    private static partial Regex Above();

    [GeneratedRegex(@"\bFeatures\.(\w+)(?=[.;])")]
    private static partial Regex Capability();
}
