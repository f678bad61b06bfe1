using System.Text.RegularExpressions;

namespace Mes.Architecture.Tests;

/// <summary>A file of a capability is one verb.</summary>
public partial class VerbTests
{
    [Fact]
    public void A_feature_s_file_maps_one_route_at_most() => Repository.Sources.SelectMany(Crowded).ShouldBeEmpty();

    [Theory]
    [InlineData("services/Quality/Features/Holds/Holds.cs", "api.MapGet(\"/a\", A); api.MapPost(\"/a\", B);")]
    [InlineData("services/Quality/Features/Holds/Holds.cs", "api.MapPut(\"/a\", A);\nholds\n    .MapDelete(\"/a\", B);")]
    [InlineData("gateway/Identity/Features/Devices/Devices.cs", "api.MapGet(\"/a\", A); api.MapGet(\"/b\", B);")]
    public void A_file_of_several_verbs_is_found(string path, string code) =>
        Crowded(new TrackedFile(path, code)).ShouldHaveSingleItem();

    [Fact]
    public void A_file_of_one_is_left_alone() => Crowded(
        new TrackedFile("services/Quality/Features/Holds/ListHolds.cs", "api.MapGet(\"/a\", A);")).ShouldBeEmpty();

    static IEnumerable<string> Crowded(TrackedFile file)
    {
        var routes = Project.ServiceOf(file.Path) is { } service
            && file.Path[service.Length..].StartsWith("Features/", StringComparison.Ordinal) ? Route().Count(file.Text) : 0;
        return routes > 1 ? [$"{file.Path} maps {routes} routes"] : [];
    }

    [GeneratedRegex(@"\.Map(Get|Post|Put|Delete)\(")]
    private static partial Regex Route();
}
