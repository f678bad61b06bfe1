using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>
/// Entity Framework changes rows and Dapper reads them. A type that changes rows by SQL, or reads them by the driver's own
/// commands, says why in a comment that begins with <c>SQL:</c>. Migrations are SQL by their nature.
/// </summary>
public partial class SqlTests
{
    const string Reason = "// SQL: ";

    static readonly string[] Calls =
        ["ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated",
            "ExecuteSqlInterpolatedAsync", "Execute", "ExecuteAsync", "CreateCommand", "CreateBatch", "BeginBinaryImport",
            "BeginBinaryImportAsync", "BeginTextImport", "BeginTextImportAsync", "Statement"];

    static readonly string[] Commands = ["NpgsqlCommand", "NpgsqlBatch", "NpgsqlBatchCommand"];

    [GeneratedRegex(
        @"\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+[\w.]+(\s+\w+)?\s+SET|MERGE\s+INTO|TRUNCATE|COPY\s+[^;]*FROM\s+STDIN)\s",
        RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    [Fact]
    public void Sql_past_entity_framework_and_dapper_says_why() => Repository.Sources
        .Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(Unexplained).ShouldBeEmpty();

    [Theory]
    [InlineData("Task M(Db db) => db.Database.ExecuteSqlAsync($\"SELECT pg_advisory_xact_lock(1)\");")]
    [InlineData("Task M(DbConnection c) => c.ExecuteAsync(new CommandDefinition(Text));")]
    [InlineData("object M(NpgsqlConnection c) => new NpgsqlCommand(\"SELECT 1\", c);")]
    [InlineData("NpgsqlBatchCommand M() => new(\"SELECT 1\");")]
    [InlineData("Task M(Db db) => db.Read<Guid>(\"UPDATE t x SET a = 1 RETURNING id\");")]
    [InlineData("const string Text = \"\"\"\n        delete  from t \n        \"\"\";")]
    [InlineData("string M(string t) => $\"INSERT INTO {t} (a) VALUES (1)\";")]
    public void Sql_without_a_reason_is_found(string member)
    {
        Unexplained(Seeded($"class C {{ {member} }}")).ShouldHaveSingleItem();
        Unexplained(Seeded($"class C {{ {member} }} class D {{\n {Reason}another's \n }}")).ShouldHaveSingleItem();
        Unexplained(Seeded($"class C {{\n {Reason}many rows in one statement\n {member} }}")).ShouldBeEmpty();
        Unexplained(Seeded($"{Reason}many rows in one statement\n class C {{ class D {{ {member} }} }}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("class C { Task M(DbConnection c) => c.QueryAsync<Row>(new CommandDefinition(\"SELECT 1\")); }")]
    [InlineData("class C { object M(Db db) => db.Things.FromSql($\"SELECT * FROM thing WHERE id = {1} FOR UPDATE\"); }")]
    [InlineData("class C : Migration { void Up(MigrationBuilder b) => b.Sql(\"INSERT INTO t VALUES (1)\"); }")]
    [InlineData("class C : IResult { public Task ExecuteAsync(HttpContext httpContext) => _file.ExecuteAsync(httpContext); }")]
    [InlineData("class C : BackgroundService { protected override Task ExecuteAsync(CancellationToken ct) => M(); }")]
    public void What_needs_no_reason_is_left_alone(string code) => Unexplained(Seeded(code)).ShouldBeEmpty();

    static IEnumerable<string> Unexplained(TrackedFile file) =>
        from type in file.Syntax.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type.Parent is not TypeDeclarationSyntax && !IsMigration(type)
            && !type.DescendantTrivia().Any(IsReason)
        let found = type.DescendantNodes().FirstOrDefault(IsSql)
        where found is not null
        select $"{file.Path}({found.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {type.Identifier.Text}";

    internal static bool IsMigration(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Any(parent => parent.ToString() == "Migration") == true;

    static bool IsReason(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith(Reason, StringComparison.Ordinal);

    static bool IsSql(SyntaxNode part) => part switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } =>
            Calls.Contains(called.Name.Identifier.Text) && called.Expression.ToString() != "Pipe"      // of the bus
                && !part.ToString().EndsWith("ExecuteAsync(httpContext)", StringComparison.Ordinal),   // of an answer
        IdentifierNameSyntax name => Commands.Contains(name.Identifier.Text),
        _ => IsChange(part)
    };

    /// <summary>Whether it is a text that changes rows.</summary>
    internal static bool IsChange(SyntaxNode part) =>
        part is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax && Change().IsMatch(TextOf(part));

    // Whatever is put in stands for a name
    static string TextOf(SyntaxNode text) => text is InterpolatedStringExpressionSyntax parts
        ? string.Concat(parts.Contents.Select(part => part is InterpolatedStringTextSyntax ? part.ToString() : "x")) + " "
        : text.ToString();

    static TrackedFile Seeded(string code) => new("Seeded.cs", code);
}
