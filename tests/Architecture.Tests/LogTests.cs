using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>A log line has an event id, by which it is found and filtered, and no other line has it.</summary>
public class LogTests
{
    [Fact]
    public void Event_ids_are_named_and_unique() => Faults([.. Repository.Sources
        .Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))]).ShouldBeEmpty();

    [Theory]
    [InlineData("[LoggerMessage(Error, \"a\")] void A(); [LoggerMessage(7, Error, \"b\")] void B();")]
    [InlineData("[LoggerMessage(7, Error, \"a\")] void A(); [LoggerMessage(7, Error, \"b\")] void B();")]
    public void An_id_that_is_missing_or_taken_is_found(string members) =>
        Faults([new TrackedFile("Seeded.cs", $"partial class C {{ {members} }}")]).ShouldHaveSingleItem();

    [Fact]
    public void Lines_with_ids_of_their_own_are_left_alone() => Faults([new TrackedFile("Seeded.cs",
        "class C { [LoggerMessage(7, Error, \"a\")] void A(); [LoggerMessage(8, Error, \"b\")] void B(); }")]).ShouldBeEmpty();

    static List<string> Faults(IReadOnlyList<TrackedFile> files)
    {
        var lines = files.SelectMany(file => file.Syntax.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name.ToString() == "LoggerMessage")
            .Select(attribute => (file.Path, Id: attribute.ArgumentList?.Arguments.FirstOrDefault()?.ToString() ?? ""))).ToList();
        return
        [
            .. lines.Where(line => !int.TryParse(line.Id, out _)).Select(line => $"{line.Path}: a line without an event id"),
            .. lines.Where(line => int.TryParse(line.Id, out _)).GroupBy(line => line.Id).Where(same => same.Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.Select(line => line.Path))}")
        ];
    }
}
