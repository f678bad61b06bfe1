using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mes.Api.Tests;

/// <summary>The sources of the product as the compiler understands them, all projects as one.</summary>
static class Sources
{
    static readonly string[] Folders = ["shared", "services", "gateway"];

    // What the projects use without saying so
    const string Implicit = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Compiles; what generators would add is missing, which matters to nobody here.</summary>
    public static CSharpCompilation Compile() => CSharpCompilation.Create(
        "Mes", Files().Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file))
            .Append(CSharpSyntaxTree.ParseText(Implicit, Options)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Mes.", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    static IEnumerable<string> Files() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            && !file.Contains("/Migrations/", StringComparison.Ordinal) && Path.GetFileName(file) != "Program.cs")
        .Order(StringComparer.Ordinal);

    static string ThisFile([CallerFilePath] string path = "") => path;
}
