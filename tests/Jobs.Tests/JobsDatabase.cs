using Mes.Persistence;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Jobs.Tests;

/// <summary>A run that a job has left a trace of.</summary>
public sealed record Trace(string JobId, int Process, DateTime BeganAt, DateTime? EndedAt);

/// <summary>A database for jobs, with the tables in which they leave their traces.</summary>
public sealed class JobsDatabase : IAsyncDisposable
{
    readonly TestDatabase _database;
    readonly NpgsqlDataSource _owner;

    JobsDatabase(TestDatabase database)
    {
        _database = database;
        _owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
    }

    public string Connection => _database.AppConnectionString;

    public string OwnerConnection => _database.OwnerConnectionString;

    public static async Task<JobsDatabase> CreateAsync()
    {
        var database = new JobsDatabase(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("jobs"));
        var role = new NpgsqlConnectionStringBuilder(database.Connection).Username;
        await database.Execute(MesSchema.Sql + MesSchema.Grants());
        await database.Execute(
            $"""
            CREATE TABLE job_trace (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, job_id text NOT NULL, process int NOT NULL,
                began_at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz);
            CREATE TABLE job_effect (job_id text PRIMARY KEY);
            GRANT USAGE ON SCHEMA public TO {role};
            GRANT SELECT, INSERT, UPDATE ON job_trace, job_effect TO {role};
            """);
        return database;
    }

    public Task<JobNode> StartNodeAsync(JobBody? body = null, string zone = "UTC", params JobSchedule[] schedules) =>
        JobNode.StartAsync(Connection, OwnerConnection, body, zone, schedules);

    /// <summary>Executes statements as the owner.</summary>
    public async Task Execute(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Executes statements as the server's administrator, in this database.</summary>
    public async Task AsAdministrator(string sql)
    {
        var server = await PostgresServer.SharedAsync();
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = _database.Name, Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Query<T>(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The traces that jobs have left, in order.</summary>
    public async Task<List<Trace>> Traces()
    {
        await using var command = _owner.CreateCommand("SELECT job_id, process, began_at, ended_at FROM job_trace ORDER BY id");
        await using var row = await command.ExecuteReaderAsync();
        var traces = new List<Trace>();
        while (await row.ReadAsync())
        {
            traces.Add(new Trace(row.GetString(0), row.GetInt32(1), row.GetDateTime(2),
                row.IsDBNull(3) ? null : row.GetDateTime(3)));
        }
        return traces;
    }

    /// <summary>Waits until the traces are as they should be, and returns them.</summary>
    public async Task<List<Trace>> Until(Func<List<Trace>, bool> condition, string what)
    {
        List<Trace> traces = [];
        await Poll.Until(async () => condition(traces = await Traces()), TimeSpan.FromMinutes(2), what);
        return traces;
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _database.DisposeAsync();
    }
}
