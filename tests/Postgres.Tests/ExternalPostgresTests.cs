using Mes.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Postgres.Tests;

/// <summary>Who may use an external server.</summary>
public sealed class ExternalPostgresTests : IAsyncLifetime
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    readonly TestFolder _first = TestFolder.Create("first");
    readonly TestFolder _second = TestFolder.Create("second");
    PostgresServer _server = null!;
    TestDatabase _database = null!;
    string _administrator = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _database = await _server.CreateDatabaseAsync("inventory");     // the lock is one of the database
        var administrator = new NpgsqlConnectionStringBuilder(_server.AdminConnectionString) { Database = _database.Name };
        _administrator = administrator.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task A_second_installation_on_the_server_is_refused_until_the_first_has_ended()
    {
        await using (await Claim(_first))
        {
            var refused = await Should.ThrowAsync<PostgresUnavailableException>(() => Claim(_second));
            refused.Message.ShouldContain("already in use by another running installation");
        }
        await using var next = await Claim(_second);
    }

    [Fact]
    public async Task A_second_instance_on_the_folder_is_refused()
    {
        await using var held = await Claim(_first);
        var refused = await Should.ThrowAsync<PostgresUnavailableException>(() => Claim(_first));
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
    }

    [Fact]
    public async Task A_refused_one_leaves_its_folder_free()
    {
        await using (await Claim(_first))
        {
            await Should.ThrowAsync<PostgresUnavailableException>(() => Claim(_second));
        }
        await using var next = await Claim(_second);
    }

    [Fact]
    public async Task After_the_session_was_cut_the_claim_is_made_anew()
    {
        await using var held = await Claim(_first);
        await CutSession();
        await Poll.Until(async () => await Holders() == 1, Bound, "the claim");
        held.Lost.IsCompleted.ShouldBeFalse();
        await Should.ThrowAsync<PostgresUnavailableException>(() => Claim(_second));
    }

    [Fact]
    public async Task Whoever_finds_the_server_taken_meanwhile_has_lost_it()
    {
        await using var held = await Claim(_first);
        ExternalPostgres? taken = null;
        await Poll.Until(async () =>
        {
            await CutSession();     // anew where the first has made its claim again meanwhile
            taken = await Claim(_second);
            return true;
        }, Bound, "the other one takes it");
        await using var other = taken!;
        await held.Lost.WaitAsync(Bound);
        other.Lost.IsCompleted.ShouldBeFalse();
    }

    Task<ExternalPostgres> Claim(TestFolder folder) =>
        ExternalPostgres.ClaimAsync(_administrator, folder.Path, NullLogger.Instance);

    Task<long> Holders() => Ask("SELECT count(*)");

    Task<long> CutSession() => Ask("SELECT count(pg_terminate_backend(pid, 10000))");

    async Task<long> Ask(string question)
    {
        await using var administrator = NpgsqlDataSource.Create(_administrator);
        await using var command = administrator.CreateCommand($"""
            {question} FROM pg_locks WHERE locktype = 'advisory' AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
