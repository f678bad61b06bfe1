using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>
/// Every change is in the audit trail. What entities change is told by itself; a type that changes rows by a statement tells
/// it by <c>Audit</c>, or says on the spot why it is no change of its own: a copy of what another service tells, a figure, a
/// cursor.
/// </summary>
public class AuditTests
{
    const string Reason = "// Not audited: ";
    static readonly string[] Calls = ["ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync"];

    [Fact]
    public void Every_change_by_a_statement_is_audited() =>
        Repository.Sources.Where(IsOfService).SelectMany(Untold).ShouldBeEmpty();

    [Theory]
    [InlineData("void M(Db db) => db.Execute(\"UPDATE thing SET a = 1\");")]
    [InlineData("void M(Db db) => db.Read<Guid>($\"INSERT INTO {Table} (a) VALUES (1) RETURNING id\");")]
    [InlineData("const string Text = \"\"\"\n        DELETE FROM thing\n        \"\"\";")]
    [InlineData("void M(Npgsql c) => c.BeginBinaryImport(\"COPY thing (a) FROM STDIN (FORMAT binary)\");")]
    [InlineData("Task M(Db db) => db.Things.Where(thing => thing.IsOld).ExecuteDeleteAsync();")]
    public void A_change_that_nobody_is_told_of_is_found(string member)
    {
        Untold(Seeded($"class C {{ {member} }}")).ShouldHaveSingleItem();
        Untold(Seeded($"class C {{ {member} }} class D {{ void A(Db db) => db.Audit(\"thing\", 1, null, null); }}"))
            .ShouldHaveSingleItem();
        Untold(Seeded($"class C {{ {member}\n {Reason}another's \n void A() {{ }} }}")).ShouldHaveSingleItem();
        Untold(Seeded($"class C {{\n {Reason}a copy \n {member} }}")).ShouldBeEmpty();
        Untold(Seeded($"class C {{ {member} void A(Db db) => db.Audit(\"thing\", 1, null, null); }}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("class C { void M(Db db) => db.Read<Row>(\"SELECT * FROM thing FOR UPDATE\"); }")]
    [InlineData("class C : Migration { void Up(MigrationBuilder b) => b.Sql(\"INSERT INTO t VALUES (1)\"); }")]
    public void What_changes_no_row_of_a_service_is_left_alone(string code) => Untold(Seeded(code)).ShouldBeEmpty();

    static bool IsOfService(TrackedFile file) => file.Path.StartsWith("gateway/Identity/", StringComparison.Ordinal)
        || (file.Path.StartsWith("services/", StringComparison.Ordinal)
            && file.Path.Split('/') is [_, _, "Data" or "Features", ..]);

    static IEnumerable<string> Untold(TrackedFile file) =>
        from type in file.Syntax.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
        where !SqlTests.IsMigration(type) && !type.DescendantNodes().Any(IsAudit)
        from member in type.Members.Where(member => member is not TypeDeclarationSyntax)
        where !member.DescendantTrivia().Any(IsReason)
        let found = member.DescendantNodes().FirstOrDefault(IsChange)
        where found is not null
        select $"{file.Path}({found.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {type.Identifier.Text}";

    static bool IsChange(SyntaxNode part) => SqlTests.IsChange(part)
        || (part is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }
            && Calls.Contains(called.Name.Identifier.Text));

    static bool IsAudit(SyntaxNode part) => part is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Audit" }
    };

    static bool IsReason(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith(Reason, StringComparison.Ordinal);

    static TrackedFile Seeded(string code) => new("Seeded.cs", code);
}
