using System.Text;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mes.Benchmarks;

/// <summary>
/// The same durable work by hand: reads 200 rows, publishes them to a quorum queue and awaits all confirms, deletes
/// them; eight consumers
/// insert into the inbox and acknowledge. As many consumers and messages ahead as the product has.
/// </summary>
sealed class BareOutbox : OutboxSide
{
    const string Queue = "bare";
    const ushort Concurrency = 8;
    static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(250);

    readonly SemaphoreSlim _signal = new(0);
    readonly CancellationTokenSource _stop = new();
    readonly IConnection _connection;
    Task _dispatching = Task.CompletedTask;

    BareOutbox(TestDatabase database, IConnection connection) : base(database) => _connection = connection;

    public static async Task<BareOutbox> Start(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var side = new BareOutbox(await CreateDatabase(), connection);
        var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await publisher.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await side.Consume();
        side._dispatching = Task.Run(() => side.Dispatch(publisher));
        return side;
    }

    protected override void Wake() => _signal.Release();

    async Task Consume()
    {
        var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(false, false,
            consumerDispatchConcurrency: Concurrency));
        await channel.BasicQosAsync(0, Concurrency * 4, false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var message = JsonSerializer.Deserialize<ProductChanged>(delivery.Body.Span, MessageJson.Options)!;
            await using var insert = Source.CreateCommand(
                "INSERT INTO inbox (message_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING");
            insert.Parameters.AddWithValue(Guid.Parse(delivery.BasicProperties.MessageId!));
            insert.Parameters.AddWithValue(Queue);
            if (await insert.ExecuteNonQueryAsync() == 1) Landing.Mark(NumberOf(message));
            await channel.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }

    async Task Dispatch(IChannel channel)
    {
        await using var connection = await Source.OpenConnectionAsync();
        while (!_stop.IsCancellationRequested)
        {
            var rows = await Read(connection);
            if (rows.Count == 0)
            {
                await _signal.WaitAsync(PollPeriod);
                continue;
            }
            await Task.WhenAll(rows.Select(row => Publish(channel, row.MessageId, row.Body)));
            await using var delete = new NpgsqlCommand("DELETE FROM outbox WHERE id = ANY ($1)", connection);
            delete.Parameters.AddWithValue(rows.Select(row => row.Id).ToArray());
            await delete.ExecuteNonQueryAsync();
        }
    }

    static async Task<List<(long Id, Guid MessageId, string Body)>> Read(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT id, message_id, body FROM outbox ORDER BY id LIMIT 200",
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(long, Guid, string)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        }
        return rows;
    }

    static async Task Publish(IChannel channel, Guid messageId, string body) => await channel.BasicPublishAsync("",
        Queue, true,
        new BasicProperties { MessageId = messageId.ToString(), Persistent = true }, Encoding.UTF8.GetBytes(body));

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _dispatching;
        await _connection.DisposeAsync();
        _signal.Dispose();
        _stop.Dispose();
        await base.DisposeAsync();
    }
}
