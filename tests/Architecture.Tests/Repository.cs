using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mes.Architecture.Tests;

/// <param name="Path">Path from the root, with slashes.</param>
/// <param name="Text">Its content.</param>
public sealed record TrackedFile(string Path, string Text)
{
    public string[] Lines => Text.ReplaceLineEndings("\n").Split('\n');

    public SyntaxTree Syntax => CSharpSyntaxTree.ParseText(Text, Options, Path);

    static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);
}

/// <summary>The checkout that the tests were built from.</summary>
static class Repository
{
    static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".json", ".yml", ".yaml", ".md", ".txt", ".sh", ".html", ".css", ".js", ".xml",
            ".sln", ".conf", ".ts", ".tsx", "run", "mutate", "Dockerfile", ".editorconfig", ".gitignore"];

    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every tracked text file.</summary>
    public static IReadOnlyList<TrackedFile> Files { get; } = [.. Tracked()
        .Where(path => TextEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
        .Where(path => File.Exists(Path.Combine(Root, path)))
        .Select(path => new TrackedFile(path, File.ReadAllText(Path.Combine(Root, path))))];

    /// <summary>Every tracked C# file.</summary>
    public static IReadOnlyList<TrackedFile> Sources { get; } =
        [.. Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>A file by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mes.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("Mes.sln is in no folder above the tests.");
    }

    // What is new and not ignored counts too: a guard should speak before the commit
    static string[] Tracked()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true
        };
        using var git = Process.Start(start)!;
        return git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
