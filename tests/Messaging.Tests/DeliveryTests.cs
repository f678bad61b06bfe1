using MassTransit;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>What both transports promise; the two classes below run it over each.</summary>
public abstract partial class DeliveryTests
{
    protected abstract Task<Uri?> Broker();

    [Fact]
    public async Task An_event_takes_effect_once_and_leaves_the_outbox()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        await node.Publish("a", "b", "c");
        await node.Drained();
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM applied WHERE times = 1") == 3, Node.Bound,
            "all are applied");
    }

    [Fact]
    public async Task A_rolled_back_change_publishes_nothing()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        await Should.ThrowAsync<InvalidDataException>(node.Publish(() => throw new InvalidDataException("no"), "x"));
        await node.Publish("y");
        await Poll.Until(async () => await node.Applied("y") == 1, Node.Bound, "y is applied");
        (await node.Applied("x")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_comes_again_is_not_applied_again()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        await using (await Blocked(node))
        {
            await node.Publish("a");
            await node.Execute(
                "INSERT INTO outbox (message_id, type, body) SELECT message_id, type, body FROM outbox, generate_series(1, 4)");
        }
        await node.Drained();
        await node.Publish("last");
        await Poll.Until(async () => await node.Applied("last") == 1, Node.Bound, "last is applied");
        (await node.Applied("a")).ShouldBe(1);
    }

    [Fact]
    public async Task What_keeps_failing_is_parked_and_replayed_while_others_go_on()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        node.Behaviour.OnMessage = (message, _) => message.Code == "poison"
            ? throw new InvalidDataException("cannot digest this") : Task.CompletedTask;
        await node.Publish("poison", "good");
        await Poll.Until(async () =>
            await node.Query<long>("SELECT count(*) FROM parked_message WHERE error LIKE '%digest%'") == 1,
            Node.Bound, "it is parked");
        await Poll.Until(async () => await node.Applied("good") == 1, Node.Bound, "the one behind it is applied");
        (await node.Applied("poison")).ShouldBe(0);
        await node.Drained();

        node.Behaviour.OnMessage = (_, _) => Task.CompletedTask;
        await node.Execute(
            "INSERT INTO outbox (message_id, type, body, queue) SELECT message_id, type, body::jsonb, queue FROM parked_message");
        await Poll.Until(async () => await node.Applied("poison") == 1, Node.Bound, "the replayed one is applied");
    }

    [Fact]
    public async Task What_was_not_applied_when_the_process_ended_is_applied_after_the_next_start()
    {
        await using var database = await Node.CreateDatabase();
        var broker = await Broker();
        var first = await Node.Start(database, broker);
        var (reached, givenUp) = (new TaskCompletionSource(), new TaskCompletionSource());
        first.Behaviour.OnMessage = async (_, ct) =>
        {
            ct.Register(() => givenUp.TrySetResult());
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        };
        await first.Publish("a");
        await reached.Task;
        var stopped = first.Stop();
        await givenUp.Task.WaitAsync(TimeSpan.FromSeconds(25));     // before the host would end it regardless, at 30 s
        await stopped;
        await using var second = await Node.Start(database, broker);
        await Poll.Until(async () => await second.Applied("a") == 1, Node.Bound, "it is applied");
        await second.Drained();
    }

    [Fact]
    public async Task Only_one_of_two_processes_dispatches_and_the_other_takes_over()
    {
        await using var database = await Node.CreateDatabase();
        var broker = await Broker();
        var first = await Node.Start(database, broker);
        await using var second = await Node.Start(database, broker);
        await Poll.Until(async () => await second.Query<long>(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE locktype = 'advisory' AND objsubid = 1 AND d.datname = current_database()
            """) == 1,
            Node.Bound, "one of them dispatches");
        await first.Stop();
        await second.Publish("a");
        await Poll.Until(async () => await second.Applied("a") == 1, Node.Bound, "the second dispatches");
    }

    [Fact]
    public async Task Sessions_ended_by_the_database_are_opened_again()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        await node.Publish("before");
        await node.Drained();
        await node.Query<long>(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = 'mes_inventory_owner'
            """);
        await KillAppSessions();
        await Poll.Until(async () =>
        {
            await node.Publish("after");
            return true;
        }, Node.Bound, "it can publish again");
        await Poll.Until(async () => await node.Applied("after") >= 1, Node.Bound, "it is applied");

        async Task KillAppSessions()
        {
            await using var admin = Npgsql.NpgsqlDataSource.Create((await PostgresServer.SharedAsync()).AdminConnectionString);
            await using var kill = admin.CreateCommand(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Name}'");
            await kill.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Holds the outbox still, so that a test can put rows in before any is sent.</summary>
    private protected static async Task<IAsyncDisposable> Blocked(Node node)
    {
        var source = Npgsql.NpgsqlDataSource.Create(node.Database.OwnerConnectionString);
        var connection = await source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var block = new Npgsql.NpgsqlCommand("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE", connection);
        await block.ExecuteNonQueryAsync();
        return new Release(source, connection, transaction);
    }

    sealed class Release(Npgsql.NpgsqlDataSource source, Npgsql.NpgsqlConnection connection, Npgsql.NpgsqlTransaction transaction)
        : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.RollbackAsync();
            await connection.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}

/// <summary>Within one process.</summary>
public sealed class InProcessDeliveryTests : DeliveryTests
{
    protected override Task<Uri?> Broker() => Task.FromResult<Uri?>(null);

    /// <summary>A queue that is not consumed yet would swallow what it gets, which comes again at the next start alone.</summary>
    [Fact]
    public async Task What_waits_at_the_start_is_sent_when_the_consumers_are_there()
    {
        await using var database = await Node.CreateDatabase();
        await using (var before = await Node.Start(database, broker: null))
        {
            await using var blocked = await Blocked(before);
            await before.Publish("a");
        }
        await using var node = await Node.Start(database, broker: null, more: services => services.AddBusObserver<SlowStart>());
        await Poll.Until(async () => await node.Applied("a") == 1, TimeSpan.FromMinutes(2), "it is applied");
    }

    [Fact]
    public async Task Nobody_outside_the_plant_is_told_how_it_is_used()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        node.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBe(false);
    }

    /// <summary>A bus that takes longer to start than the dispatcher takes to find work.</summary>
    sealed class SlowStart : IBusObserver
    {
        public Task PreStart(IBus bus) => Task.Delay(TimeSpan.FromSeconds(1));

        public void PostCreate(IBus bus)
        {
        }

        public void CreateFaulted(Exception exception)
        {
        }

        public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

        public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

        public Task PreStop(IBus bus) => Task.CompletedTask;

        public Task PostStop(IBus bus) => Task.CompletedTask;

        public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;
    }
}

/// <summary>Over RabbitMQ.</summary>
public sealed class BrokerDeliveryTests : DeliveryTests
{
    protected override async Task<Uri?> Broker() => await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
}
