using System.Diagnostics;
using System.Globalization;

namespace Mes.Postgres;

/// <summary>The main process of a running PostgreSQL, as its <c>postmaster.pid</c> tells.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="StartedAtUnixSeconds">When it started, by its own clock.</param>
/// <param name="Port">The port it listens on.</param>
sealed record Postmaster(int ProcessId, long StartedAtUnixSeconds, int Port)
{
    const long ToleratedSeconds = 10;

    /// <summary>Reads the file; null where it is missing or was cut short by a crash.</summary>
    public static Postmaster? Read(string dataDirectory)
    {
        var file = FileIn(dataDirectory);
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return lines.Length >= 4 && Number(lines[0]) is { } pid && Number(lines[2]) is { } started && Number(lines[3]) is { } port
            ? new Postmaster((int)pid, started, (int)port)
            : null;
    }

    public static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "postmaster.pid");

    /// <summary>
    /// Whether the process lives and is the server of that data: after a crash or a boot its number may be another's.
    /// </summary>
    public bool Runs(string dataDirectory) =>
        OperatingSystem.IsLinux() ? RunsOnLinux(dataDirectory) : RunsElsewhere();

    /// <summary>Waits until the process is gone: the server deletes its file a little before it ends.</summary>
    public async Task EndsAsync(TimeSpan bound)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var since = Stopwatch.StartNew(); since.Elapsed < bound && Lives();) await timer.WaitForNextTickAsync();
    }

    // A dead process that nobody has waited for has no working folder any more.
    bool Lives() => OperatingSystem.IsLinux()
        ? Directory.Exists($"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}/cwd")
        : RunsElsewhere();

    // The server's working folder is its data: through it the very same file must be seen. A dead process that nobody has
    // waited for yet still has a number, but no folder any more.
    bool RunsOnLinux(string dataDirectory)
    {
        try
        {
            var process = $"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}";
            return File.ReadAllText(process + "/comm").StartsWith("postgres", StringComparison.Ordinal)
                && Read(process + "/cwd") == this && Read(dataDirectory) == this;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    bool RunsElsewhere()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            var started = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
                && Math.Abs(started - StartedAtUnixSeconds) <= ToleratedSeconds;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    static long? Number(string line) =>
        long.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
