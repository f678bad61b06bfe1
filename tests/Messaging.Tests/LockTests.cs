using Mes.Persistence;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>Locks outlive neither their holder nor its host, and whoever waits for one does so as long as it takes.</summary>
public sealed class LockTests : IAsyncLifetime
{
    const long Key = 4711;
    TestDatabase _database = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("locks");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_session_with_a_lock_ends_when_nothing_is_heard_of_its_host()
    {
        await using var session = await LockSession.Open(_database.AppConnectionString, Ct);
        foreach (var (setting, value) in new[]
        {
            ("tcp_keepalives_idle", "5"), ("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "3"),
            ("tcp_user_timeout", "20000")
        })
        {
            (await Show(session, setting)).ShouldBe(value, setting);
        }
    }

    [Fact]
    public async Task A_turn_is_waited_for_longer_than_statements_may_take_and_ends_where_its_holder_says_nothing()
    {
        await using var source = NpgsqlDataSource.Create(_database.AppConnectionString);
        await using var impatient = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_database.AppConnectionString) { CommandTimeout = 1 });
        await using var first = await source.OpenConnectionAsync(Ct);
        await using var other = await source.OpenConnectionAsync(Ct);
        await using var second = await impatient.OpenConnectionAsync(Ct);
        await using var held = await first.BeginTransactionAsync(Ct);
        await using var waits = await second.BeginTransactionAsync(Ct);
        (await Turn.Try(first, Key, Ct)).ShouldBeTrue();
        (await Turn.Try(other, Key, Ct)).ShouldBeFalse();

        var turn = Turn.Wait(second, Key, Ct);
        await Poll.Until(async () => turn.IsCompleted || await Took(first, second.ProcessID) > TimeSpan.FromSeconds(2),
            TimeSpan.FromMinutes(2), "it has waited for longer than a statement may take");
        turn.IsCompleted.ShouldBeFalse();
        await held.CommitAsync(Ct);

        await turn;
        (await Show(second, "idle_in_transaction_session_timeout")).ShouldBe("1min");
        await waits.CommitAsync(Ct);
        (await Show(second, "idle_in_transaction_session_timeout")).ShouldBe("0", "a pooled session stays as it was");
    }

    static async Task<string> Show(NpgsqlConnection connection, string setting)
    {
        await using var command = new NpgsqlCommand($"SHOW {setting}", connection) { CommandTimeout = 30 };
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>How long a session's statement has run.</summary>
    static async Task<TimeSpan> Took(NpgsqlConnection connection, int session)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT clock_timestamp() - query_start FROM pg_stat_activity WHERE pid = {session}", connection);
        return (TimeSpan)(await command.ExecuteScalarAsync(Ct))!;
    }
}
