using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mes.Messaging;

/// <summary>
/// Asks the broker, through a connection of its own, whether this process's queues still have a consumer: a bus may believe that
/// it consumes while the broker has long cancelled it, or may never get over a broker that was killed. Such a bus is started
/// anew; where that does not help, the process ends, so that whoever keeps it running starts it again. Nothing is lost by either.
/// </summary>
sealed class QueueWatch(
    IEnumerable<ConsumerRegistration> consumers, TransportOptions options, TimeProvider clock, IBusControl bus,
    IHostApplicationLifetime process, ILogger<QueueWatch> log) : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    static readonly TimeSpan AbsentMax = TimeSpan.FromSeconds(9);
    static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(20);
    static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);
    const int RestartsMax = 3;
    int _restarts;
    DateTimeOffset _lastRestart;
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
            await RestartWhereStuck(ct);
            await Task.Delay(Period, clock, ct);
        }
    }

    /// <summary>The broker answers here, yet has no consumer of ours: the bus is stuck.</summary>
    async Task RestartWhereStuck(CancellationToken ct)
    {
        if (_absentSince.Count == 0)
        {
            _restarts = 0;
        }
        var now = clock.GetUtcNow();
        if (now - _lastRestart <= RestartAfter || !_absentSince.Values.Any(since => now - since > RestartAfter))
        {
            return;
        }
        _lastRestart = now;      // the absence goes on being counted: the queue stays unhealthy until it is read again
        if (++_restarts > RestartsMax)
        {
            MessagingLog.BusGivenUp(log);
            Environment.ExitCode = 70;
            process.StopApplication();
            return;
        }
        MessagingLog.BusRestarted(log, _restarts);
        await Bounded(bus.StopAsync, ct);
        await Bounded(bus.StartAsync, ct);
    }

    async Task Bounded(Func<CancellationToken, Task> step, CancellationToken ct)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(StopMax);
        try
        {
            await step(bound.Token).WaitAsync(StopMax * 2, clock, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            MessagingLog.BusNotRestarted(log, failure.Message);
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
