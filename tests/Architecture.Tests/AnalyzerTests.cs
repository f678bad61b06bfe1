using System.Text.RegularExpressions;

namespace Mes.Architecture.Tests;

/// <summary>An analyzer that is off, or only whispers, says why in a comment above it or above its group.</summary>
public partial class AnalyzerTests
{
    [GeneratedRegex(@"^dotnet_diagnostic\.(\w+)\.severity\s*=\s*(\w+)")]
    private static partial Regex Severity();

    [GeneratedRegex(@"(?<!-->\s*)<NoWarn>")]
    private static partial Regex SilencedProject();

    [Fact]
    public void What_is_off_says_why() => Unexplained(Repository.Read(".editorconfig").Split('\n')).ShouldBeEmpty();

    [Fact]
    public void What_a_project_silences_says_why() => Repository.Files
        .Where(file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets")
        .Where(file => SilencedProject().IsMatch(file.Text)).Select(file => file.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("<PropertyGroup>\n  <NoWarn>X</NoWarn>", true)]
    [InlineData("<!-- why -->\n  <NoWarn>X</NoWarn>", false)]
    public void A_project_that_does_not_is_found(string text, bool isFault) =>
        SilencedProject().IsMatch(text).ShouldBe(isFault);

    [Theory]
    [InlineData("dotnet_diagnostic.CA1.severity = none")]
    [InlineData("# why\ndotnet_diagnostic.CA1.severity = none\n\ndotnet_diagnostic.CA2.severity = suggestion")]
    [InlineData("# why\ndotnet_diagnostic.CA1.severity = warning\ndotnet_diagnostic.CA2.severity = silent")]
    public void One_that_does_not_is_found(string lines) => Unexplained(lines.Split('\n')).ShouldHaveSingleItem();

    [Fact]
    public void A_group_has_one_reason() => Unexplained(
        ["# why", "dotnet_diagnostic.CA1.severity = none", "dotnet_diagnostic.CA2.severity = none"]).ShouldBeEmpty();

    static IEnumerable<string> Unexplained(string[] lines)
    {
        var isExplained = false;
        foreach (var line in lines)
        {
            var severity = Severity().Match(line);
            var isOff = severity.Success && severity.Groups[2].Value is "none" or "suggestion" or "silent";
            isExplained = line.StartsWith('#') || (isExplained && isOff);
            if (isOff && !isExplained) yield return severity.Groups[1].Value;
        }
    }
}
