using System.Diagnostics;
using System.Globalization;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Benchmarks;

/// <summary>Notes when the effect of each expected message was committed.</summary>
/// <param name="count">How many messages are expected, numbered from 0.</param>
sealed class Landing(int count)
{
    readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _missing = count;

    /// <summary>Timestamps of the stopwatch.</summary>
    public long[] At { get; } = new long[count];

    /// <summary>Ends with the last message.</summary>
    public Task All => _all.Task;

    /// <summary>The effect of a message is committed.</summary>
    public void Mark(int number)
    {
        At[number] = Stopwatch.GetTimestamp();
        if (Interlocked.Decrement(ref _missing) == 0) _all.SetResult();
    }
}

/// <summary>A database with an outbox and an inbox; rows are put into either side's outbox by the same
/// statement.</summary>
abstract class OutboxSide(TestDatabase database) : IAsyncDisposable
{
    static readonly string Template = MessageJson.Write(new ProductChanged("@", 1, "Part", "pcs"));

    /// <summary>The service's connections, prepared.</summary>
    protected NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.AppConnectionString)
        {
            MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, NoResetOnClose = true
        });

    /// <summary>Where the effects of the present run are noted.</summary>
    public Landing Landing { get; private set; } = new(0);

    /// <summary>Makes an empty database with the tables of messaging.</summary>
    protected static async Task<TestDatabase> CreateDatabase()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("inventory");
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var command = owner.CreateCommand(MesSchema.Sql + MesSchema.AuditHead + MesSchema.Grants());
        await command.ExecuteNonQueryAsync();
        return database;
    }

    /// <summary>Begins a run.</summary>
    public Landing Expect(int count) => Landing = new Landing(count);

    /// <summary>Commits rows with numbers in a row, and wakes the dispatcher.</summary>
    public async Task Commit(int first, int count)
    {
        await using var command = Source.CreateCommand("""
            INSERT INTO outbox (message_id, type, body)
            SELECT gen_random_uuid(), 'ProductChanged', replace($1, '@', n::text)::jsonb FROM generate_series($2, $3) n
            """);
        command.Parameters.AddWithValue(Template);
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(first + count - 1);
        await command.ExecuteNonQueryAsync();
        Wake();
    }

    /// <summary>Waits until the outbox is empty.</summary>
    public Task Drained(TimeSpan bound) => Poll.Until(async () =>
    {
        await using var command = Source.CreateCommand("SELECT NOT EXISTS (SELECT FROM outbox)");
        return (bool)(await command.ExecuteScalarAsync())!;
    }, bound, "the outbox drains");

    /// <summary>Tells the dispatcher of new rows.</summary>
    protected abstract void Wake();

    /// <summary>The number of a message.</summary>
    protected static int NumberOf(ProductChanged message) => int.Parse(message.Code, CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await database.DisposeAsync();
    }
}
