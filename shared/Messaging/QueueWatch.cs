using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mes.Messaging;

/// <summary>
/// Asks the broker, through a connection of its own, whether this process's queues still have a consumer: a bus may believe that
/// it consumes while the broker has long cancelled it.
/// </summary>
sealed class QueueWatch(
    IEnumerable<ConsumerRegistration> consumers, TransportOptions options, TimeProvider clock, ILogger<QueueWatch> log)
    : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    static readonly TimeSpan AbsentMax = TimeSpan.FromSeconds(9);
    readonly Dictionary<string, DateTimeOffset> _absentSince = [];

    /// <summary>Queues that nobody has read for some seconds.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.Broker))
        {
            return;
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Watch(stoppingToken);
            }
            catch (Exception failure) when (failure is BrokerUnreachableException or OperationInterruptedException
                                                or IOException or TimeoutException)
            {
                MessagingLog.DispatchStopped(log, "queue watch", failure.Message);
            }
            await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Watch(CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = new Uri(options.Broker!), ClientProvidedName = "queue watch" };
        await using var connection = await factory.CreateConnectionAsync(ct);
        while (connection.IsOpen)
        {
            foreach (var queue in consumers.Select(consumer => consumer.Queue))
            {
                Note(queue, await ConsumerCount(connection, queue, ct) == 0);
            }
            Unread = [.. _absentSince.Where(pair => clock.GetUtcNow() - pair.Value > AbsentMax).Select(pair => pair.Key)];
            await Task.Delay(Period, clock, ct);
        }
    }

    void Note(string queue, bool isAbsent)
    {
        if (!isAbsent)
        {
            _absentSince.Remove(queue);
        }
        else
        {
            _absentSince.TryAdd(queue, clock.GetUtcNow());
        }
    }

    static async Task<uint> ConsumerCount(IConnection connection, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, ct)).ConsumerCount;
        }
        catch (OperationInterruptedException)
        {
            return 0;       // the queue itself is gone
        }
    }
}
