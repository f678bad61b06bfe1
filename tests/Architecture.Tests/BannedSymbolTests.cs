using System.Diagnostics;
using Mes.Tests.Support;

namespace Mes.Architecture.Tests;

/// <summary>The build refuses what BannedSymbols.txt names: shown by building a project that does all of it.</summary>
public class BannedSymbolTests
{
    /// <summary>A line of code for each banned symbol.</summary>
    static readonly (string Symbol, string Code)[] Seeds =
    [
        ("P:System.DateTime.Now", "_ = System.DateTime.Now;"),
        ("P:System.DateTime.UtcNow", "_ = System.DateTime.UtcNow;"),
        ("P:System.DateTime.Today", "_ = System.DateTime.Today;"),
        ("P:System.DateTimeOffset.Now", "_ = System.DateTimeOffset.Now;"),
        ("P:System.DateTimeOffset.UtcNow", "_ = System.DateTimeOffset.UtcNow;"),
        ("P:System.Threading.Tasks.Task`1.Result", "_ = System.Threading.Tasks.Task.FromResult(1).Result;"),
        ("P:System.Threading.Tasks.ValueTask`1.Result", "_ = new System.Threading.Tasks.ValueTask<int>(1).Result;"),
        ("M:System.Threading.Tasks.Task.Wait()", "System.Threading.Tasks.Task.CompletedTask.Wait();"),
        ("M:System.Threading.Tasks.Task.Wait(System.Int32)", "System.Threading.Tasks.Task.CompletedTask.Wait(1);"),
        ("M:System.Threading.Tasks.Task.Wait(System.TimeSpan)",
            "System.Threading.Tasks.Task.CompletedTask.Wait(System.TimeSpan.Zero);"),
        ("M:System.Threading.Tasks.Task.Wait(System.Threading.CancellationToken)",
            "System.Threading.Tasks.Task.CompletedTask.Wait(System.Threading.CancellationToken.None);"),
        ("M:System.Runtime.CompilerServices.TaskAwaiter.GetResult()",
            "System.Threading.Tasks.Task.CompletedTask.GetAwaiter().GetResult();"),
        ("M:System.Runtime.CompilerServices.TaskAwaiter`1.GetResult()",
            "System.Threading.Tasks.Task.FromResult(1).GetAwaiter().GetResult();"),
        ("M:System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult()",
            "default(System.Threading.Tasks.ValueTask).GetAwaiter().GetResult();"),
        ("M:System.Runtime.CompilerServices.ValueTaskAwaiter`1.GetResult()",
            "new System.Threading.Tasks.ValueTask<int>(1).GetAwaiter().GetResult();"),
        ("M:System.Threading.Thread.Sleep(System.Int32)", "System.Threading.Thread.Sleep(1);"),
        ("M:System.Threading.Thread.Sleep(System.TimeSpan)", "System.Threading.Thread.Sleep(System.TimeSpan.Zero);"),
    ];

    [Fact]
    public void Every_banned_symbol_has_a_seed() => Repository.Read("BannedSymbols.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')[0])
        .ShouldBe(Seeds.Select(seed => seed.Symbol), ignoreOrder: true);

    [Fact]
    public async Task The_build_refuses_every_banned_symbol()
    {
        using var folder = TestFolder.Create("banned");
        await Write(folder, "Seeded.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        foreach (var name in new[] { "Directory.Build.props", "Directory.Packages.props" })
        {
            await Write(folder, name, $"""<Project><Import Project="{Repository.Root}/{name}" /></Project>""");
        }
        var lines = Seeds.Select((seed, index) => $"    static void M{index}() {{ {seed.Code} }}");
        await Write(folder, "Seeded.cs", $"namespace Seeded;\nstatic class Violations\n{{\n{string.Join('\n', lines)}\n}}\n");

        var output = (await Build(folder.Path)).Split('\n');
        foreach (var (line, symbol) in Seeds.Select((seed, index) => (index + FirstSeedLine, seed.Symbol)))
        {
            output.ShouldContain(text => text.Contains($"Seeded.cs({line},") && text.Contains("error RS0030"), symbol);
        }
    }

    const int FirstSeedLine = 4;

    static Task Write(TestFolder folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Path, name), text);

    static async Task<string> Build(string folder)
    {
        string[] arguments = ["build", "Seeded.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        build.ExitCode.ShouldNotBe(0, output);
        return output;
    }
}
