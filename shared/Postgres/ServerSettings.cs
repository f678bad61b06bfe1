using System.Globalization;
using System.Text.RegularExpressions;

namespace Mes.Postgres;

/// <summary>The server's settings, given on its command line so that no file of the data needs editing.</summary>
static partial class ServerSettings
{
    const long Mebibyte = 1024 * 1024;

    /// <summary>The options of <c>pg_ctl start -o</c>, quoted for the shell that reads them.</summary>
    /// <exception cref="PostgresUnavailableException">A setting's name or value has characters that are not allowed.</exception>
    public static string CommandLine(EmbeddedPostgresOptions options, int port)
    {
        var settings = Defaults(options, port);
        foreach (var (name, value) in options.Settings) settings[name] = value;
        return string.Join(' ', settings.Select(setting => $"-c {Quote(setting.Key, setting.Value)}"));
    }

    static Dictionary<string, string> Defaults(EmbeddedPostgresOptions options, int port)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = (options.SharedBuffersMebibytes ?? EighthOfMemory()) + "MB",
            ["max_wal_size"] = "2GB",
            ["random_page_cost"] = "1.1", // solid-state disks
            ["jit"] = "off",              // short statements: compiling costs more than it gains
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "on", // one file per weekday, written over after a week
            ["log_filename"] = "postgresql-%a.log",
            ["log_truncate_on_rotation"] = "on",
            ["log_rotation_age"] = "1d",
            ["log_rotation_size"] = "0",
        };
        if (!OperatingSystem.IsWindows()) settings["unix_socket_directories"] = ""; // their paths have a length limit
        if (options.Durable) return settings;
        foreach (var name in new[] { "fsync", "synchronous_commit", "full_page_writes" }) settings[name] = "off";
        return settings;
    }

    static long EighthOfMemory() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / Mebibyte, 128, 1024);

    static string Quote(string name, string value)
    {
        if (!NamePattern().IsMatch(name) || !ValuePattern().IsMatch(value))
            throw new PostgresUnavailableException(
                $"The PostgreSQL setting {name} = {value} has characters that are not allowed.");
        var quote = OperatingSystem.IsWindows() ? '"' : '\'';
        return $"{quote}{name}={value}{quote}";
    }

    [GeneratedRegex(@"\A[a-z_.]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9 _.,:/%*+-]*\z")]
    private static partial Regex ValuePattern();
}
