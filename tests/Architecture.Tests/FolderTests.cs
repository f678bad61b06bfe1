using System.Text.RegularExpressions;

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
    public void A_namespace_that_is_another_folder_is_found(string path, string code) =>
        Misplaced(new TrackedFile(path, code)).ShouldHaveSingleItem();

    [Fact]
    public void Capabilities_import_nothing_of_each_other() => Repository.Sources.SelectMany(Neighbours).ShouldBeEmpty();

    [Theory]
    [InlineData("using Mes.Quality.Features.Plans;")]
    [InlineData("class C { Mes.Quality.Features.Plans.PlanView? view; }")]
    [InlineData("class C { Features.Plans.PlanView? view; }")]
    public void An_import_between_capabilities_is_found(string code) =>
        Neighbours(new TrackedFile("services/Quality/Features/Holds/X.cs", code)).ShouldHaveSingleItem();

    [Fact]
    public void Data_and_domain_know_no_feature_and_the_domain_no_data() => Repository.Sources.SelectMany(Upward).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality/Data/X.cs", "using Mes.Quality.Features;")]
    [InlineData("services/Quality/Data/X.cs", "using Mes.Quality.Features.Plans;")]
    [InlineData("services/Quality/Domain/X.cs", "using Mes.Quality.Data;")]
    public void A_look_upward_is_found(string path, string code) => Upward(new TrackedFile(path, code)).ShouldHaveSingleItem();

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

    /// <summary>Where a file's project begins, and the namespace of that folder; null where the rule does not hold.</summary>
    static (string Folder, string Namespace)? RootOf(string path) => path.Split('/') switch
    {
        ["services", "Scheduling", "Engine" or "Cli", ..] => null,      // libraries of their own, with a namespace each
        ["services" or "shared", var name, ..] => ($"{path.Split('/')[0]}/{name}", $"Mes.{name}"),
        ["gateway", ..] => ("gateway", "Mes.Gateway"),
        _ => null
    };

    static IEnumerable<string> Neighbours(TrackedFile file) => file.Path.Split('/') is ["services", _, "Features", var own, _, ..]
        ? Capability().Matches(file.Text).Select(found => found.Groups[1].Value).Where(other => other != own).Distinct()
            .Select(other => $"{file.Path} imports {other}")
        : [];

    static IEnumerable<string> Upward(TrackedFile file) => file.Path.Split('/') is ["services", var service, var folder, ..]
        && folder is "Data" or "Domain" && !file.Path.EndsWith("Snapshot.cs", StringComparison.Ordinal)
        ? file.Lines.Where(line => line.StartsWith($"using Mes.{service}.Features", StringComparison.Ordinal)
                || (folder == "Domain" && line.StartsWith($"using Mes.{service}.Data", StringComparison.Ordinal)))
            .Select(line => $"{file.Path}: {line}")
        : [];

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

    [GeneratedRegex(@"\bFeatures\.(\w+)(?=[.;])")]
    private static partial Regex Capability();
}
