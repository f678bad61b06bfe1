namespace Mes.Api.Tests;

/// <summary>The documents that are committed, and served, are what the code says.</summary>
public sealed class DocumentTests(Made made) : IClassFixture<Made>
{
    public static TheoryData<string> Names => [.. Documents.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_is_current(string name) => Difference.Between(
        File.Exists(Documents.FileOf(name)) ? File.ReadAllText(Documents.FileOf(name)) : "", made.Text(name)).ShouldBeEmpty(
        "See .github/CONTRIBUTING.md for how to write the documents anew.");

    [Fact]
    public void A_difference_is_found()
    {
        Difference.Between("a\nb\nc\n", "a\nb\nc\n").ShouldBeEmpty();
        Difference.Between("a\nb\nc\n", "a\nx\nc\n").ShouldBe("2: - b\n2: + x");
        Difference.Between("a\nc\n", "a\nb\nc\n").ShouldBe("2: + b");
        Difference.Between("", "a\n").ShouldBe("1: + a");
    }

    [Fact]
    public void Every_refusal_has_a_code_that_can_be_told() => made.UnknownCodes.ShouldBeEmpty();

    /// <summary>Writes all documents anew: run by <c>-explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public void Write()
    {
        Directory.CreateDirectory(Documents.Folder);
        foreach (var name in Documents.All) File.WriteAllText(Documents.FileOf(name), made.Text(name));
    }
}
