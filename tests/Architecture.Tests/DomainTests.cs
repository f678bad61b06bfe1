using Mes.Kernel;
using Mes.Web.Auth;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>The rules of a service know nothing of database, bus, clock, log and web.</summary>
public class DomainTests
{
    static readonly string[] Forbidden =
    [
        "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "Npgsql", "Dapper", "System.Data",
        "System.Net", "System.IO", "MassTransit", "RabbitMQ", "Hangfire", "FluentValidation", "Mes.Persistence", "Mes.Messaging",
        "Mes.Jobs", "Mes.Web"
    ];

    static readonly string[] Clocks = ["System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Threading.Timer"];

    const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading;
        global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    public static TheoryData<string> Services =>
        [.. Repository.Sources.Select(file => file.Path).Where(IsDomain).Select(Project.ServiceOf).OfType<string>().Distinct()];

    [Theory]
    [MemberData(nameof(Services))]
    public void Rules_are_pure(string service) => Impurities(SourcesOf(service), service).ShouldBeEmpty();

    [Theory]
    [InlineData("class C { Microsoft.EntityFrameworkCore.DbContext? db; }")]
    [InlineData("class C { DateTimeOffset Now(TimeProvider clock) => clock.GetUtcNow(); }")]
    [InlineData("class C { void M(ILogger log) => log.LogInformation(\"x\"); }")]
    [InlineData("class C { string? M(HttpContext http) => http.TraceIdentifier; }")]
    [InlineData("class C { string M() => File.ReadAllText(\"x\"); }")]
    [InlineData("class C { object M(Mes.Persistence.MesDbContext db) => db.Outbox; }")]
    [InlineData("class C { bool M(Mes.Web.Auth.Caller caller) => caller.May(\"x\"); }")]
    [InlineData("class C { long M() => System.Diagnostics.Stopwatch.GetTimestamp(); }")]
    public void Rules_that_are_not_are_found(string code) =>
        Impurities([new TrackedFile("services/Quality/Domain/Seeded.cs", code)], "services/Quality/").ShouldNotBeEmpty();

    [Fact]
    public void Rules_of_identity_that_are_not_are_found() => Impurities(
        [new TrackedFile("gateway/Identity/Domain/Seeded.cs", "class C { Microsoft.EntityFrameworkCore.DbContext? db; }")],
        "gateway/Identity/").ShouldNotBeEmpty();

    [Fact]
    public void Rules_that_do_not_compile_here_are_found() =>
        Impurities([new TrackedFile("services/Quality/Domain/Seeded.cs", "class C { Unknown u; }")], "services/Quality/")
            .ShouldNotBeEmpty();

    [Theory]
    [InlineData("class C { void M() => throw new Mes.Kernel.RuleViolation(\"c\", \"h\"); }")]
    [InlineData("[Mes.Kernel.NotAudited] class C { Mes.Contracts.Shortage? s; }")]
    public void Pure_rules_are_left_alone(string code) =>
        Impurities([new TrackedFile("services/Quality/Domain/Seeded.cs", code)], "services/Quality/").ShouldBeEmpty();

    static IEnumerable<string> Impurities(IEnumerable<TrackedFile> sources, string service)
    {
        var compilation = Compile(sources, Project.HostOf(service).Assembly);
        foreach (var tree in compilation.SyntaxTrees.Where(tree => IsDomain(tree.FilePath)))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var error in model.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error))
            {
                yield return error.ToString();      // what is not understood cannot be judged
            }
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (TypeOf(model.GetSymbolInfo(name).Symbol) is { } type && IsForbidden(type))
                {
                    yield return $"{tree.FilePath}({name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {type}";
                }
            }
        }
    }

    static string? TypeOf(ISymbol? symbol) => ((symbol as INamedTypeSymbol) ?? symbol?.ContainingType)?.OriginalDefinition
        .ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    static bool IsForbidden(string type) => Clocks.Contains(type)
        || Forbidden.Any(name => type.StartsWith(name + ".", StringComparison.Ordinal));

    static bool IsDomain(string path) =>
        Project.ServiceOf(path) is not null && path.Contains("/Domain/", StringComparison.Ordinal);

    // Folders with a project of their own, such as the engine, are compiled apart and come in as references
    static IEnumerable<TrackedFile> SourcesOf(string service) => Repository.Sources.Where(file =>
        file.Path.StartsWith(Project.HostOf(service).Folder, StringComparison.Ordinal)
        && !Project.All.Any(project => project.Service == service && project.Folder != service
                                       && file.Path.StartsWith(project.Folder, StringComparison.Ordinal)));

    static CSharpCompilation Compile(IEnumerable<TrackedFile> sources, string assembly)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        var trees = sources.Append(new TrackedFile("ImplicitUsings.cs", ImplicitUsings)).Select(file => file.Syntax);
        return CSharpCompilation.Create(assembly, trees, references, options);
    }
}
