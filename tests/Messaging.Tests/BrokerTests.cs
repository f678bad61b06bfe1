using System.Diagnostics;
using System.Text;
using Mes.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>What only a broker can do to us.</summary>
public sealed class BrokerTests(ITestOutputHelper output)
{
    [RabbitMqFact]
    public async Task What_is_published_before_its_consumer_was_ever_started_waits_for_it()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using (var publisher = await Node.Start(database, broker, consumes: false))
        {
            await publisher.Publish("early");
            await publisher.Drained();
        }
        await using var consumer = await Node.Start(database, broker);
        await Poll.Until(async () => await consumer.Applied("early") == 1, Node.Bound, "it is applied");
    }

    [RabbitMqFact]
    public async Task A_message_that_nobody_can_read_is_parked_as_it_came()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker);
        await node.Publish("first");
        await Poll.Until(async () => await node.Applied("first") == 1, Node.Bound, "the queue is there");
        string[] garbage = ["{ not json", "{\"messageType\":[\"urn:message:Other:Thing\"],\"message\":{}}", ""];
        foreach (var body in garbage)
        {
            await Send(broker, body);
        }
        await Poll.Until(async () =>
        {
            (await node.Query<string>(
                "SELECT coalesce(string_agg(body, '|' ORDER BY length(body)), '') FROM parked_message WHERE type = 'unreadable'"))
                .Count(separator => separator == '|').ShouldBe(garbage.Length - 1);
            return true;
        }, Node.Bound, "all are parked");
        await node.Publish("after");
        await Poll.Until(async () => await node.Applied("after") == 1, Node.Bound, "the ones behind them go on");
    }

    [RabbitMqFact]
    public async Task What_waits_together_travels_together_and_each_is_applied_once()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker);
        await node.Publish("first");
        await Poll.Until(async () => await node.Applied("first") == 1, Node.Bound, "the exchanges are there");
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var copies = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(copies, "Mes.Messaging:Bundle--Mes.Contracts:ProductChanged--", "");
        var codes = Enumerable.Range(0, 40).Select(number => $"together-{number}").ToArray();
        await node.Publish(codes);
        await Poll.Until(async () => await node.Query<long>(
            "SELECT count(*) FROM applied WHERE code LIKE 'together-%' AND times = 1") == codes.Length,
            Node.Bound, "all are applied");
        await node.Drained();
        (await channel.MessageCountAsync(copies)).ShouldBeInRange(1u, 20u);
    }

    [RabbitMqFact]
    public async Task An_event_that_cannot_be_read_costs_no_other_of_its_bundle()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker);
        await node.Publish("first");
        await Poll.Until(async () => await node.Applied("first") == 1, Node.Bound, "the queue is there");
        var bad = Guid.NewGuid();
        await Send(broker, $$"""
            {"messageId": "{{Guid.NewGuid()}}",
             "messageType": ["urn:message:Mes.Messaging:Bundle[[Mes.Contracts:ProductChanged]]"],
             "message": {"events": [
                {"id": "{{Guid.NewGuid()}}", "body": {"code": "before", "version": 1, "name": "n", "unit": "pcs"} },
                {"id": "{{bad}}", "body": {"code": 7} },
                {"id": "{{Guid.NewGuid()}}", "body": {"code": "behind", "version": 1, "name": "n", "unit": "pcs"} } ] } }
            """);
        await Poll.Until(async () => await node.Applied("before") == 1 && await node.Applied("behind") == 1,
            Node.Bound, "the others are applied");
        await Poll.Until(async () => await node.Query<string>(
            $"SELECT coalesce(max(type || body), '') FROM parked_message WHERE message_id = '{bad}'")
                == "ProductChanged{\"code\": 7}", Node.Bound, "it is parked as the contract that it should be");
    }

    [RabbitMqFact]
    public async Task A_broker_killed_under_load_costs_and_doubles_nothing()
    {
        const int While = 50;
        await using var broker = await RabbitMqNode.StartAsync();
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker.Uri);
        await node.Publish("before");
        await Poll.Until(async () => await node.Applied("before") == 1, Node.Bound, "it works at first");
        using var over = new CancellationTokenSource();
        var load = PublishUntil(node, over.Token);
        var already = Random.Shared.Next(20, 200);
        await Poll.Until(async () => await Different(node) > already, Node.Bound, "the load runs");
        await broker.KillAsync();
        for (var i = 0; i < While; i++)
        {
            await node.Publish($"down-{i}");
        }
        await broker.StartAgainAsync();
        var back = Stopwatch.StartNew();
        await Poll.Until(async () => await node.Applied("down-0") == 1, Node.Bound, "the messages flow again");
        output.WriteLine($"flows again {back.Elapsed.TotalSeconds:0.0} s after the broker is back");
        await over.CancelAsync();
        var published = await load + While + 1;
        await node.Drained();
        await Poll.Until(async () => await Different(node) == published, Node.Bound, "all are applied");
        (await node.Query<long>("SELECT count(*) FROM applied WHERE times <> 1")).ShouldBe(0);
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy again");
        output.WriteLine($"{published} messages, drained and healthy after {back.Elapsed.TotalSeconds:0.0} s");
    }

    [RabbitMqFact]
    public async Task What_a_bus_that_never_stops_has_taken_goes_to_the_next_one()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using (var first = await Node.Start(database, broker))
        {
            var reached = new TaskCompletionSource();
            first.Behaviour.OnMessage = (_, _) =>
            {
                reached.TrySetResult();
                return new TaskCompletionSource().Task;     // heeds nothing
            };
            await first.Publish("a");
            await reached.Task.WaitAsync(Node.Bound);
        }
        await using var elsewhere = await Node.CreateDatabase();    // in its own, the first still holds the message's row
        await using var second = await Node.Start(elsewhere, broker);
        await Poll.Until(async () => await second.Applied("a") == 1, Node.Bound, "it is applied");
    }

    [RabbitMqFact]
    public async Task A_process_started_while_the_broker_is_away_takes_up_its_work_when_it_is_back()
    {
        await using var broker = await RabbitMqNode.StartAsync();
        await using var database = await Node.CreateDatabase();
        await broker.KillAsync();
        await using var node = await Node.Start(database, broker.Uri);
        await node.Publish("early");
        (await node.Health()).Status.ShouldBe(HealthStatus.Unhealthy);
        await broker.StartAgainAsync();
        var back = Stopwatch.StartNew();
        await Poll.Until(async () => await node.Applied("early") == 1, Node.Bound, "it is applied");
        output.WriteLine($"applied {back.Elapsed.TotalSeconds:0.0} s after the broker is there");
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy");
    }

    [RabbitMqFact]
    public async Task A_link_to_the_broker_that_goes_silent_costs_and_doubles_nothing()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var link = new FaultyLink(broker.Port);
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, new UriBuilder(broker) { Port = link.Port }.Uri);
        await node.Publish("before");
        await Poll.Until(async () => await node.Applied("before") == 1, Node.Bound, "it works at first");
        link.GoSilent();
        await node.Publish("meanwhile");
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Unhealthy, Node.Bound, "it is noticed");
        link.Heal();
        var healed = Stopwatch.StartNew();
        await Poll.Until(async () => await node.Applied("meanwhile") == 1, Node.Bound, "it is applied");
        output.WriteLine($"applied {healed.Elapsed.TotalSeconds:0.0} s after the link is back");
        await node.Drained();
        (await node.Query<long>("SELECT count(*) FROM applied WHERE times <> 1")).ShouldBe(0);
    }

    static Task<long> Different(Node node) => node.Query<long>("SELECT count(*) FROM applied");

    static async Task<int> PublishUntil(Node node, CancellationToken over)
    {
        var count = 0;
        for (; !over.IsCancellationRequested; count++)
        {
            await node.Publish($"load-{count}");
        }
        return count;
    }

    [RabbitMqFact]
    public async Task A_consumer_that_the_broker_has_cancelled_is_unhealthy()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker);
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy");
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await Poll.Until(async () =>
        {
            await using var channel = await connection.CreateChannelAsync();    // a refusal closes it
            await channel.QueueDeleteAsync(Node.Queue);
            await channel.QueueDeclareAsync(Node.Queue, durable: false, exclusive: true, autoDelete: true);
            return true;
        }, Node.Bound, "the queue is gone, and its name taken so that it does not come back");
        await Poll.Until(async () => (await node.Health()).Entries.Any(entry => entry.Value.Status == HealthStatus.Unhealthy),
            Node.Bound, "it is unhealthy");
    }

    [RabbitMqFact]
    public async Task The_tests_own_node_counts_what_consumers_hold_too()
    {
        await using var node = await RabbitMqNode.StartAsync();
        await using var connection = await new ConnectionFactory { Uri = node.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync("counted", durable: true, exclusive: false, autoDelete: false, arguments);
        (await node.CountMessagesAsync()).ShouldBe(0);
        for (var i = 0; i < 3; i++)
        {
            await channel.BasicPublishAsync("", "counted", new byte[1]);
        }
        (await node.CountMessagesAsync()).ShouldBe(3);
        var taken = await channel.BasicGetAsync("counted", autoAck: false);
        (await node.CountMessagesAsync()).ShouldBe(3);
        await channel.BasicAckAsync(taken!.DeliveryTag, multiple: false);
        await Poll.Until(async () => await node.CountMessagesAsync() == 2, Node.Bound, "what is acknowledged counts no more");
    }

    static async Task Send(Uri broker, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", Node.Queue, Encoding.UTF8.GetBytes(body));
    }
}
