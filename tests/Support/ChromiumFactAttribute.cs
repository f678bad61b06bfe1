using System.Runtime.CompilerServices;
using Xunit;

namespace Mes.Tests.Support;

/// <summary>The browser that tests drive, where there is one.</summary>
public static class Chromium
{
    /// <summary>Its path, or null.</summary>
    public static string? Executable { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists);

    internal static string? Missing { get; } = Executable is null ? "Chromium is missing: apt-get install chromium" : null;
}

/// <summary>A test in a browser; skipped by name where there is none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Says where it stands.</summary>
    public ChromiumFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line) =>
        Skip = Chromium.Missing;
}

/// <summary>A test of several cases in a browser; skipped by name where there is none.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    /// <summary>Says where it stands.</summary>
    public ChromiumTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line) =>
        Skip = Chromium.Missing;
}
