using System.Globalization;
using System.Text.Json;
using Mes.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mes.Tests.Servers;

/// <summary>What a <see cref="PostgresHost"/> prints, as one line of JSON, when its server accepts connections.</summary>
/// <param name="ProcessId">The server's main process.</param>
/// <param name="AdminConnectionString">Connects as its administrator.</param>
/// <param name="Folder">Where its data lies.</param>
/// <param name="Account">Who runs it.</param>
public sealed record PostgresReady(int ProcessId, string AdminConnectionString, string Folder, string Account);

/// <summary>A process that hosts the standalone edition's PostgreSQL and can be killed.</summary>
static class PostgresHost
{
    /// <summary>Starts the server, prints <see cref="PostgresReady"/>, and stops it when told.</summary>
    /// <returns>The exit code: 1 where it could not start, with the reason on standard error.</returns>
    public static async Task<int> RunAsync(string[] arguments, Task ended)
    {
        using var logging = LoggerFactory.Create(builder =>
            builder.AddSimpleConsole(format => format.SingleLine = true)
                .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(Options(arguments), logging.CreateLogger("postgres"));
            var ready = new PostgresReady(server.ProcessId, server.AdminConnectionString, server.Folder, server.Account);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(ready));
            await ended;
            return 0;
        }
        catch (PostgresUnavailableException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    static EmbeddedPostgresOptions Options(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var defaults = new EmbeddedPostgresOptions { DataFolder = given["data"] ?? "data" };
        return defaults with
        {
            SystemFolder = given["system"] ?? defaults.SystemFolder,
            CacheFolder = given["cache"],
            FirstPort = int.Parse(given["port"] ?? "21000", CultureInfo.InvariantCulture),
            SharedBuffersMebibytes = 128,
        };
    }
}
