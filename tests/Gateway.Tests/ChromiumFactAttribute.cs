using System.Runtime.CompilerServices;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>A test in a browser; skipped by name where there is none.</summary>
sealed class ChromiumFactAttribute : FactAttribute
{
    public static string? Executable { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists);

    public ChromiumFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (Executable is null) Skip = "Chromium is missing: apt-get install chromium";
    }
}
