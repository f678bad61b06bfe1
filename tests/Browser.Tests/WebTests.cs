using System.Diagnostics;

namespace Mes.Browser.Tests;

/// <summary>The checks that the app brings itself: its own tests, its analyzer, its format.</summary>
public sealed class WebTests
{
    [Theory]
    [InlineData("test")]
    [InlineData("lint")]
    [InlineData("format")]
    public async Task The_app_passes_its_own(string check)
    {
        var start = new ProcessStartInfo("npm", ["run", check, "--silent"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "gateway/web"),
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, said);
    }
}
