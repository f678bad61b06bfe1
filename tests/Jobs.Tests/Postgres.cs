using Mes.Hosting.Jobs;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Jobs.Tests;

/// <summary>Databases with the jobs' tables, made by the owner; the service's role has no DDL.</summary>
static class Postgres
{
    /// <summary>Makes one on the run's server; the migration runs twice, as after an interrupted start.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync(PostgresServer? server = null)
    {
        server ??= await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync("jobs");
        await AsOwnerAsync(database, JobsSchema.Sql);
        await AsOwnerAsync(database, JobsSchema.Sql);
        var app = new NpgsqlConnectionStringBuilder(database.AppConnectionString).Username;
        await AsOwnerAsync(database,
            $"""
            GRANT USAGE ON SCHEMA public TO {app};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
            """);
        return database;
    }

    /// <summary>Executes statements as the owner.</summary>
    public static Task<object?> AsOwnerAsync(TestDatabase database, string sql) =>
        ExecuteAsync(database.OwnerConnectionString, sql);

    /// <summary>Ends all sessions of a database, as a restart of the server would.</summary>
    public static async Task EndSessionsAsync(TestDatabase database)
    {
        var server = await PostgresServer.SharedAsync();
        await ExecuteAsync(server.AdminConnectionString,
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database.Name}'");
    }

    static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(unpooled);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
