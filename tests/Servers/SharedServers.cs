using Mes.Postgres;
using Mes.Tests.Support;

namespace Mes.Tests.Servers;

/// <summary>The servers that all suites of one run share.</summary>
static class SharedServers
{
    /// <summary>
    /// Starts them, writes their addresses as <c>NAME=value</c> lines to a file, which appears when both are ready, and stops
    /// them when told. One that cannot be had is written as <c>none</c>, and why goes to standard error.
    /// </summary>
    public static async Task<int> RunAsync(string file, Task ended)
    {
        var starting = (Postgres: StartPostgresAsync(), RabbitMq: StartRabbitMqAsync());
        await using var postgres = await starting.Postgres;
        await using var rabbitMq = await starting.RabbitMq;
        await File.WriteAllLinesAsync(file + ".new",
        [
            $"{PostgresServer.Variable}={postgres?.AdminConnectionString ?? "none"}",
            $"{RabbitMqNode.Variable}={rabbitMq?.Uri.OriginalString ?? "none"}",
        ]);
        File.Move(file + ".new", file, overwrite: true);
        await ended;
        return 0;
    }

    static async Task<PostgresServer?> StartPostgresAsync()
    {
        try
        {
            return await PostgresServer.StartAsync();
        }
        catch (PostgresUnavailableException missing)
        {
            await Console.Error.WriteLineAsync($"No PostgreSQL: {missing.Message}");
            return null;
        }
    }

    static async Task<RabbitMqNode?> StartRabbitMqAsync()
    {
        if (RabbitMqNode.IsAvailable) return await RabbitMqNode.StartAsync();
        await Console.Error.WriteLineAsync($"No RabbitMQ: {RabbitMqNode.Missing}");
        return null;
    }
}
