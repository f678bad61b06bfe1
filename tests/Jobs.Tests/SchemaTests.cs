using Npgsql;
using Shouldly;

namespace Mes.Jobs.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_service_role_has_no_ddl_and_yet_the_jobs_start()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.AppConnectionString);
        await using var command = source.CreateCommand("CREATE TABLE mine (id int)");
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");

        await using var node = await JobNode.StartAsync(database, _ => { });

        await Eventually.Async(() => node.Jobs.IsAliveAsync(default), () => "not alive");
    }

    [Fact]
    public async Task Without_the_tables_the_start_says_so()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await Postgres.AsOwnerAsync(database, "DROP TABLE qrtz_cron_triggers");

        var refused = await Should.ThrowAsync<Exception>(() => JobNode.StartAsync(database, _ => { }));

        refused.ToString().ShouldContain("cron_triggers", Case.Insensitive);
    }

    [Fact]
    public async Task The_run_log_is_unique_per_run_and_attempt_and_per_schedule_and_due_time()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        const string Row = "INSERT INTO job_run (run_id, attempt, job_key, schedule_key, due_at, arguments) VALUES ";
        await Postgres.AsOwnerAsync(database, Row + Values('a', 1, "10:00"));

        await Postgres.AsOwnerAsync(database, Row + Values('a', 2, "10:00"));
        await Postgres.AsOwnerAsync(database, Row + Values('b', 1, "10:15"));
        await RefusedAsync(Values('a', 1, "10:30"));
        await RefusedAsync(Values('c', 1, "10:00"));

        async Task RefusedAsync(string values) => (await Should.ThrowAsync<PostgresException>(
            () => Postgres.AsOwnerAsync(database, Row + values))).SqlState.ShouldBe("23505");

        static string Values(char run, int attempt, string time) =>
            $"('{new string(run, 8)}-0000-0000-0000-000000000000', {attempt}, 'j', 's', '2026-03-02T{time}Z', '{{}}')";
    }
}
