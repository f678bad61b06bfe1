using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>How long files, functions and lines may be.</summary>
public class SizeTests
{
    const int FileLinesMax = 300;
    const int FunctionLinesMax = 70;
    const int LineCharactersMax = 130;

    /// <summary>Longer files, and why.</summary>
    static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Lines that are too long, per file: it may only become less.</summary>
    static Dictionary<string, int> LongLines => Repository.Read("tests/Architecture.Tests/long-lines.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[1].Trim(), parts => int.Parse(parts[0]));

    static IEnumerable<TrackedFile> Written => Repository.Sources.Where(file => !IsGenerated(file.Path));

    // A picture of the whole model, which Entity Framework writes for itself
    static bool IsGenerated(string path) => path.Contains("/Data/Migrations/", StringComparison.Ordinal)
        && new[] { "ModelSnapshot.cs", ".Designer.cs" }.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    [Fact]
    public void Files_are_short() => Written.Where(file => !LongFiles.ContainsKey(file.Path))
        .SelectMany(TooLong).ShouldBeEmpty();

    [Fact]
    public void A_long_file_is_found()
    {
        TooLong(Seeded(new string('\n', FileLinesMax + 1))).ShouldHaveSingleItem();
        TooLong(Seeded(new string('\n', FileLinesMax))).ShouldBeEmpty();
    }

    [Fact]
    public void Functions_are_short() => Written.SelectMany(LongFunctions).ShouldBeEmpty();

    [Theory]
    [InlineData("class C { void M() {", "} }")]
    [InlineData("class C { C() {", "} }")]
    [InlineData("class C { int P { get {", "} } }")]
    [InlineData("class C { void M() { void L() {", "} } }")]
    public void A_long_function_is_found(string head, string tail)
    {
        LongFunctions(Seeded(head + new string('\n', FunctionLinesMax) + tail)).ShouldNotBeEmpty();
        LongFunctions(Seeded(head + new string('\n', FunctionLinesMax - 1) + tail)).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_are_short()
    {
        var allowed = LongLines;
        var longer =
            from file in Written
            let lines = LongLinesOf(file).ToList()
            where lines.Count > allowed.GetValueOrDefault(file.Path)
            select $"{file.Path} has {lines.Count} lines of more than {LineCharactersMax} characters, first {lines[0].Number}";
        longer.ShouldBeEmpty();
    }

    [Fact]
    public void A_long_line_is_found()
    {
        LongLinesOf(Seeded("\n" + new string('x', LineCharactersMax + 1))).ShouldHaveSingleItem().Number.ShouldBe(2);
        LongLinesOf(Seeded(new string('x', LineCharactersMax))).ShouldBeEmpty();
    }

    static IEnumerable<string> TooLong(TrackedFile file) =>
        file.Lines.Length - 1 > FileLinesMax ? [$"{file.Path} has {file.Lines.Length - 1} lines"] : [];

    static IEnumerable<(int Number, string Text)> LongLinesOf(TrackedFile file) =>
        file.Lines.Select((text, index) => (Number: index + 1, text)).Where(line => line.text.Length > LineCharactersMax);

    static IEnumerable<string> LongFunctions(TrackedFile file) =>
        from node in file.Syntax.GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let span = node.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > FunctionLinesMax
        select $"{file.Path}({span.StartLinePosition.Line + 1}): a function of {lines} lines";

    static TrackedFile Seeded(string text) => new("Seeded.cs", text);
}
