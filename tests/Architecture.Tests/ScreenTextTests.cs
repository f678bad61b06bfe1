using System.Text.RegularExpressions;
using Mes.Kernel;
using Shouldly;
using Xunit;

namespace Mes.Architecture.Tests;

/// <summary>What the services may tell an operator has a text in both languages of the screens.</summary>
public partial class ScreenTextTests
{
    /// <summary>Where the refusals arise that an operator can meet.</summary>
    static readonly string[] OfTheTerminal =
    [
        "shared/Web/Auth/Acting.cs", "services/WorkOrders/Domain/Operation.cs",
        "services/WorkOrders/Domain/Reporting.cs", "services/WorkOrders/Domain/SignOn.cs",
        "services/WorkOrders/Features/Production/", "services/WorkOrders/Features/SignOns/"
    ];

    [GeneratedRegex("""NotFound\("(?<what>[a-z-]+)"|"(?<code>[a-z]+(-[a-z]+)+)\x22""")]
    private static partial Regex Refusal();

    [GeneratedRegex("""const string \w+ = "(?<kind>[a-z-]+)";""")]
    private static partial Regex Kind();

    [GeneratedRegex("""^  '?(?<key>[\w.-]+)'?: \[\s*'[^']+',\s*'[^']+',?\s*\]""", RegexOptions.Multiline)]
    private static partial Regex Text();

    static HashSet<string> Problems => TextsOf("problems");

    static HashSet<string> TextsOf(string words) => [.. Repository.Files
        .Where(file => file.Path.StartsWith($"gateway/web/src/lib/words/{words}", StringComparison.Ordinal))
        .SelectMany(file => Text().Matches(file.Text)).Select(text => text.Groups["key"].Value)];

    [Fact]
    public void Every_refusal_that_an_operator_can_meet_has_its_texts()
    {
        var sources = Repository.Sources.Where(file => OfTheTerminal.Any(file.Path.StartsWith)
            && !file.Path.EndsWith("EndForgottenWork.cs")).ToList();     // a job, and its name
        sources.Count.ShouldBeGreaterThan(OfTheTerminal.Length);
        sources.SelectMany(file => Refusals(file.Text)).Where(code => !Problems.Contains(code)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_discrepancy_has_its_texts()
    {
        var kinds = Kind().Matches(Repository.Read("services/WorkOrders/Domain/Discrepancy.cs"))
            .Select(kind => kind.Groups["kind"].Value).ToList();
        kinds.ShouldNotBeEmpty();
        kinds.Where(kind => !TextsOf("values").Contains(kind)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("throw new RuleViolation(\"no-such-code\", \"Hint.\")", "no-such-code")]
    [InlineData("throw RuleViolation.NotFound(\"station\", id)", "station-not-found")]
    public void A_refusal_without_texts_is_found(string source, string code)
    {
        Refusals(source).ShouldBe([code]);
        Problems.ShouldNotContain(code);
    }

    static IEnumerable<string> Refusals(string source) => Refusal().Matches(source)
        .Select(found => found.Groups["what"] is { Success: true } what ? $"{what.Value}-not-found" : found.Groups["code"].Value)
        .Distinct();
}
