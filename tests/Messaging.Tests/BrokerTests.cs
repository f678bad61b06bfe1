using System.Text;
using Mes.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>What only a broker can do to us.</summary>
public sealed class BrokerTests
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
            (await node.Query<string>("SELECT coalesce(string_agg(body, '|' ORDER BY length(body)), '') FROM parked_message WHERE type = 'unreadable'"))
                .Count(separator => separator == '|').ShouldBe(garbage.Length - 1);
            return true;
        }, Node.Bound, "all are parked");
        await node.Publish("after");
        await Poll.Until(async () => await node.Applied("after") == 1, Node.Bound, "the ones behind them go on");
    }

    // The same is shown with whole services in tests/Faults; here the client library may hang beyond any bound worth waiting for.
    [Fact(Explicit = true)]
    public async Task While_the_broker_is_down_changes_are_accepted_and_drained_after()
    {
        await using var broker = await RabbitMqNode.StartAsync();
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker.Uri);
        await node.Publish("before");
        await Poll.Until(async () => await node.Applied("before") == 1, Node.Bound, "it works at first");
        await broker.KillAsync();
        for (var i = 0; i < 50; i++)
        {
            await node.Publish($"down-{i}");
        }
        await broker.StartAgainAsync();
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM applied WHERE code LIKE 'down%' AND times = 1") == 50,
            Node.Bound * 2, "all are applied once");
        await node.Drained();
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy again");
    }

    [RabbitMqFact]
    public async Task A_consumer_that_the_broker_has_cancelled_is_unhealthy()
    {
        var broker = await (await RabbitMqNode.SharedAsync()).CreateVirtualHostAsync("messaging");
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker);
        await Poll.Until(async () => (await node.Health()).Status == HealthStatus.Healthy, Node.Bound, "it is healthy");
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Poll.Until(async () =>
        {
            await channel.QueueDeleteAsync(Node.Queue);
            return (await node.Health()).Entries.Any(entry => entry.Value.Status == HealthStatus.Unhealthy);
        }, Node.Bound, "it is unhealthy");
    }

    static async Task Send(Uri broker, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", Node.Queue, Encoding.UTF8.GetBytes(body));
    }
}
