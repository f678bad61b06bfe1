using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>How long files, functions, lines and lists of members may be.</summary>
public class SizeTests
{
    const int FileLinesMax = 300;
    const int FunctionLinesMax = 70;
    const int LineCharactersMax = 130;
    const int MembersMax = 8;

    static IEnumerable<TrackedFile> Written => Repository.Sources.Where(file => !IsGenerated(file.Path));

    // A picture of the whole model, which Entity Framework writes for itself
    static bool IsGenerated(string path) => path.Contains("/Data/Migrations/", StringComparison.Ordinal)
        && new[] { "ModelSnapshot.cs", ".Designer.cs" }.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    [Fact]
    public void Files_are_short() => Written.SelectMany(TooLong).ShouldBeEmpty();

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
    public void Lines_are_short() => Written.SelectMany(file => LongLinesOf(file)
        .Select(line => $"{file.Path}({line.Number}) has more than {LineCharactersMax} characters")).ShouldBeEmpty();

    /// <summary>What editors wrap at is what is asked for here.</summary>
    [Fact]
    public void Editors_wrap_at_that_length() =>
        Repository.Read(".editorconfig").ShouldContain($"\nmax_line_length = {LineCharactersMax}\n");

    [Fact]
    public void A_long_line_is_found()
    {
        LongLinesOf(Seeded("\n" + new string('x', LineCharactersMax + 1))).ShouldHaveSingleItem().Number.ShouldBe(2);
        LongLinesOf(Seeded(new string('x', LineCharactersMax))).ShouldBeEmpty();
    }

    /// <summary>
    /// More members are given by their names. What the API's documents and the contracts say by name, and what names each
    /// member of its JSON itself, is read and written by these names as it is.
    /// </summary>
    [Fact]
    public void Members_by_position_are_few() => Repository.Sources
        .Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            && !file.Path.StartsWith("shared/Contracts/", StringComparison.Ordinal))
        .SelectMany(file => ManyMembers(file, Shapes)).ShouldBeEmpty();

    [Theory]
    [InlineData("public record R(", ");")]
    [InlineData("sealed class C { sealed record R(", "); }")]
    [InlineData("sealed class R(", ");")]
    [InlineData("readonly record struct R(", ");")]
    [InlineData("class R { R(", ") { } }")]
    public void Many_members_by_position_are_found(string head, string tail)
    {
        ManyMembers(Seeded(head + Members(MembersMax + 1) + tail), []).ShouldHaveSingleItem();
        ManyMembers(Seeded(head + Members(MembersMax) + tail), []).ShouldBeEmpty();
        ManyMembers(Seeded(head + Members(MembersMax + 1) + tail), ["R"]).Count()
            .ShouldBe(head.StartsWith("public", StringComparison.Ordinal) ? 0 : 1);
    }

    static string Members(int count) => string.Join(", ", Enumerable.Range(0, count).Select(number => $"int Member{number}"));

    static readonly HashSet<string> Shapes = [.. Repository.Files
        .Where(file => file.Path.StartsWith("gateway/openapi/", StringComparison.Ordinal)
            && file.Path.EndsWith(".json", StringComparison.Ordinal))
        .SelectMany(file => JsonNode.Parse(file.Text)!["components"]!["schemas"]!.AsObject().Select(schema => schema.Key))];

    static IEnumerable<string> ManyMembers(TrackedFile file, HashSet<string> shapes) =>
        from node in file.Syntax.GetRoot().DescendantNodes()
        let type = node as TypeDeclarationSyntax ?? (node as ConstructorDeclarationSyntax)?.Parent as TypeDeclarationSyntax
        where type is not null && !IsShape(type, shapes)
        let members = node is ConstructorDeclarationSyntax made ? made.ParameterList : type.ParameterList
        where members?.Parameters.Count > MembersMax && !members.Parameters.All(NamesItself)
        select $"{file.Path}: {type.Identifier.Text} has {members.Parameters.Count} members by position";

    static bool IsShape(TypeDeclarationSyntax type, HashSet<string> shapes) => type is RecordDeclarationSyntax
        && type.Modifiers.Any(SyntaxKind.PublicKeyword) && shapes.Contains(type.Identifier.Text);

    static bool NamesItself(ParameterSyntax member) => member.AttributeLists.SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() == "JsonPropertyName");

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
