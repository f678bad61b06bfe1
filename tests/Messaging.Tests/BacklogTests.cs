using System.Collections.Concurrent;
using System.Diagnostics;
using Mes.Persistence;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>What both transports promise of much that waits, and of what cannot be delivered or applied.</summary>
public abstract partial class DeliveryTests
{
    const int Waiting = 2_000;
    const double Hurried = 0.01;
    const double Patient = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backlog_drains_and_each_message_is_sent_and_worked_on_once(bool byBatch)
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker(), byBatch: byBatch);
        var runs = Count(node);
        using var sends = new Sends();
        await Put(node, Waiting);
        await node.Drained();
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM inbox") == Waiting, Node.Bound,
            "all are applied");
        runs.Count.ShouldBe(Waiting);
        runs.Where(run => run.Value != 1).ShouldBeEmpty("each was worked on once");
        var ids = await node.Query<Guid[]>("SELECT array_agg(message_id) FROM inbox");
        ids.Where(id => sends.Of(id) != 1).ShouldBeEmpty("each was sent once");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Repeats_of_what_waits_are_known_before_the_consumer_runs(bool byBatch)
    {
        const int Different = 200;
        await using var database = await Node.CreateDatabase();
        // On a busy machine a batch would begin beside the one before it, which has not noted yet what both contain.
        await using var node = await StartAtPace(Patient, database, byBatch);
        var runs = Count(node);
        await using (await Blocked(node))
        {
            await Put(node, Different);
            await node.Execute("INSERT INTO outbox (message_id, type, body) SELECT message_id, type, body FROM outbox");
        }
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM inbox") == Different, Node.Bound,
            "all are applied");
        await node.Drained();
        await node.Execute("""
            INSERT INTO outbox (message_id, type, body)
            SELECT i.message_id, 'ProductChanged', '{"code":"late","version":1,"name":"x","unit":"pcs"}' FROM inbox i
            """);
        await node.Drained();
        await node.Publish("last");
        await Poll.Until(async () => await node.Applied("last") == 1, Node.Bound, "the last is applied");
        runs.Values.Sum().ShouldBe(Different + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_consumer_that_times_out_is_parked_and_the_ones_behind_it_go_on(bool byBatch)
    {
        const int Slow = 9;
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker(), byBatch: byBatch);
        // what Npgsql throws when a command takes longer than the client waits
        node.Behaviour.OnMessage = (message, _) => int.Parse(message.Code) % 50 < 3 && int.Parse(message.Code) < 150
            ? throw new NpgsqlException("Exception while reading from stream", new TimeoutException()) : Task.CompletedTask;
        await Put(node, 300);
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM parked_message") == Slow, Node.Bound,
            "they are parked");
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM applied WHERE times = 1") == 300 - Slow,
            Node.Bound, "all others are applied");
        await node.Drained();
        (await node.Query<long>("SELECT count(*) FROM applied WHERE times <> 1")).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Poison_in_a_backlog_is_parked_and_costs_the_others_one_more_run_at_most(bool byBatch)
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker(), byBatch: byBatch);
        var runs = Count(node, code => code % 100 == 7 ? throw new InvalidDataException("cannot digest this") : 0);
        await Put(node, 500);
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM applied") == 495, Node.Bound,
            "all others are applied");
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM parked_message") == 5, Node.Bound,
            "they are parked");
        await node.Drained();
        (await node.Query<long>("SELECT count(*) FROM applied WHERE times <> 1")).ShouldBe(0);
        runs.Where(run => run.Key % 100 != 7 && run.Value > 2).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("NoSuchContract", """{"code":"a"}""", "No contract is named")]
    [InlineData("ProductChanged", """["not the contract"]""", "JSON")]
    [InlineData("ProductChanged", "null", "It is null")]
    public async Task What_is_no_contract_is_parked_and_the_ones_behind_it_go_on(string type, string body, string why)
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await StartAtPace(Hurried, database);
        // In one statement with others of its contract, which the dispatcher then reads at once and bundles.
        await node.Execute($$"""
            INSERT INTO outbox (message_id, type, body)
            SELECT gen_random_uuid(), CASE WHEN n = 5 THEN '{{type}}' ELSE 'ProductChanged' END,
                (CASE WHEN n = 5 THEN '{{body}}' ELSE '{"code":"' || n || '","version":1,"name":"x","unit":"pcs"}' END)::jsonb
            FROM generate_series(1, 9) n
            """);
        await node.Publish("behind");
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM applied") == 9, Node.Bound,
            "the ones before and behind it are applied");
        await node.Drained();
        (await node.Query<string>("SELECT queue || ' ' || type || ' ' || error FROM parked_message"))
            .ShouldStartWith($"outbox {type} ");
        (await node.Query<string>("SELECT error FROM parked_message")).ShouldContain(why);
    }

    [Fact]
    public async Task What_goes_to_a_queue_that_nobody_reads_is_parked()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await StartAtPace(Hurried, database);
        await node.Execute("""
            INSERT INTO outbox (message_id, type, body, queue)
            VALUES (gen_random_uuid(), 'ProductChanged', '{"code":"a","version":1,"name":"x","unit":"pcs"}', 'nobody-reads-this')
            """);
        await node.Drained();
        (await node.Query<string>("SELECT queue || ' ' || error FROM parked_message"))
            .ShouldStartWith("nobody-reads-this Mes.Messaging.UnroutableException: ");
    }

    [Fact]
    public async Task What_could_not_be_delivered_goes_to_all_its_consumers_when_it_is_replayed()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, await Broker());
        await node.InTransaction(db =>
        {
            db.Outbox.Resend(new ParkedMessage
            {
                MessageId = Guid.CreateVersion7(), Queue = ParkedMessage.Undelivered, Type = "ProductChanged",
                Body = """{"code":"again","version":1,"name":"x","unit":"pcs"}""", Error = "nobody's"
            });
            return Task.CompletedTask;
        });
        await Poll.Until(async () => await node.Applied("again") == 1, Node.Bound, "it is applied");
    }

    /// <summary>A node whose clock has waits so many times as long, once it is there.</summary>
    async Task<Node> StartAtPace(double pace, TestDatabase database, bool byBatch = false)
    {
        var clock = new PacedClock();
        var node = await Node.Start(
            database, await Broker(), more: services => services.AddSingleton<TimeProvider>(clock), byBatch: byBatch);
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy");
        clock.Pace = pace;
        return node;
    }

    /// <summary>Puts messages with the codes 0, 1, ... into the outbox at once.</summary>
    private protected static Task Put(Node node, int count) => node.Execute($$"""
        INSERT INTO outbox (message_id, type, body)
        SELECT gen_random_uuid(), 'ProductChanged', jsonb_build_object('code', n::text, 'version', 1, 'name', 'x', 'unit', 'pcs')
        FROM generate_series(0, {{count}} - 1) n
        """);

    /// <summary>Counts how often the consumer runs for each code.</summary>
    static ConcurrentDictionary<int, int> Count(Node node, Func<int, int>? then = null)
    {
        var runs = new ConcurrentDictionary<int, int>();
        node.Behaviour.OnMessage = (message, _) =>
        {
            var code = int.TryParse(message.Code, out var number) ? number : -1;
            runs.AddOrUpdate(code, 1, (_, count) => count + 1);
            then?.Invoke(code);
            return Task.CompletedTask;
        };
        return runs;
    }

    /// <summary>Counts how often each message is sent by this process.</summary>
    sealed class Sends : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly ConcurrentDictionary<Guid, int> _times = new();
        readonly IDisposable _listening;

        public Sends() => _listening = DiagnosticListener.AllListeners.Subscribe(this);

        public int Of(Guid message) => _times.GetValueOrDefault(message);

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Mes.Messaging")
            {
                value.Subscribe(this, point => point == "after-publish-before-confirm");
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "after-publish-before-confirm", Value: Guid message })
            {
                _times.AddOrUpdate(message, 1, (_, count) => count + 1);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _listening.Dispose();
    }
}

/// <summary>A clock whose waits are shorter or longer than they are said to be.</summary>
sealed class PacedClock : TimeProvider
{
    double _pace = 1;

    /// <summary>How many times as long the waits are that begin from now on.</summary>
    public double Pace
    {
        set => Volatile.Write(ref _pace, value);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime * Volatile.Read(ref _pace) : dueTime, period);
}
