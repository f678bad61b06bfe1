using System.Diagnostics;

namespace Mes.Api.Tests;

/// <summary>The programs of <c>client/package.json</c>, installed once for all tests into the folder of the build.</summary>
public sealed class Npm : IAsyncLifetime
{
    static readonly string Source = Path.Combine(Sources.Root, "tests/Api.Tests/client");

    /// <summary>Where they are, beside a copy of what they read.</summary>
    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "client");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Source))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        if (IsInstalled()) return;
        var (code, output) = await Run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
        code.ShouldBe(0, output);
        File.Copy(LockFile, InstalledFile, overwrite: true);
    }

    /// <summary>Runs a program of the packages and gives its exit code and all that it says.</summary>
    public Task<(int Code, string Output)> Tool(string name, params string[] arguments) =>
        Run("node", [Path.Combine(Folder, "node_modules/.bin", name), .. arguments]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    string LockFile => Path.Combine(Folder, "package-lock.json");

    // Written when all is in place: an install that was cut off is done again
    string InstalledFile => Path.Combine(Folder, "node_modules", ".installed");

    bool IsInstalled() => File.Exists(InstalledFile) && File.ReadAllText(InstalledFile) == File.ReadAllText(LockFile);

    async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["npm_config_cache"] = Path.Combine(Folder, ".npm"); // works without a home that can be written
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
