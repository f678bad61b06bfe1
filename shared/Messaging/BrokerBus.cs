using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mes.Messaging;

/// <summary>A bus on one connection to the broker.</summary>
/// <param name="Bus">Publishes and sends.</param>
/// <param name="Over">Cancelled when the bus is given up: what is under way on it fails at once.</param>
sealed record LiveBus(IBus Bus, CancellationToken Over);

/// <summary>
/// Keeps the process on the broker: a bus lives as long as one connection. When the broker is lost, or no longer has
/// this process's consumers, the bus is abandoned and a new one made, rather than relying on the recovery of
/// MassTransit and RabbitMQ.Client, which may wait for ever after a broker's death (publish and declare without an
/// answer, disposed semaphores: their issues 5692, 5865 and 1930). Every step is bounded. Nothing is lost by it: what
/// was not confirmed is sent again, what was not acknowledged comes again.
/// </summary>
sealed class BrokerBus(
    IServiceProvider services, IEnumerable<ConsumerRegistration> consumers, TransportOptions options,
    TimeProvider clock, IHostApplicationLifetime process, ILogger<BrokerBus> log) : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    static readonly TimeSpan StartMax = TimeSpan.FromSeconds(15);
    static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);       // for the bus to heed that its time is over
    static readonly TimeSpan AbsentMax = TimeSpan.FromSeconds(9);
    const int FailedStartsMax = 8;     // generous: on a machine at its limit a start may take long
    const int TriesPerLine = 60;        // of an outage the log tells at its begin, then about every minute

    readonly Dictionary<string, DateTimeOffset> _absentSince = [];
    LiveBus? _live;
    int _failedStarts;

    /// <summary>The bus, or null while there is none.</summary>
    public LiveBus? Live => Volatile.Read(ref _live);

    /// <summary>What this process should read from the broker and does not; empty when all is well.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = ["every queue: not connected yet"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var tries = 0; !stoppingToken.IsCancellationRequested; tries++)
        {
            try
            {
                await LiveOnce(() => tries = 0, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (tries % TriesPerLine == 0)
                {
                    MessagingLog.BrokerLost(log, failure.Message);
                }
            }
            await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>From the connection to its end.</summary>
    async Task LiveOnce(Action connected, CancellationToken ct)
    {
        await using var probe = await BrokerProbe.Connect(options, ct);     // first: without a broker no bus need try
        connected();
        var sockets = new BrokerSockets();
        var bus = Create(sockets);
        using var over = new CancellationTokenSource();
        try
        {
            await Start(bus, probe, ct);
            Volatile.Write(ref _live, new LiveBus(bus, over.Token));
            MessagingLog.BrokerFound(log);
            (services.GetService(typeof(Listener)) as Listener)?.Connected();
            await WatchWhileSound(bus, probe, ct);
        }
        finally
        {
            Volatile.Write(ref _live, null);
            Unread = ["every queue: the broker is away"];
            await over.CancelAsync();
            var stopped = Stop(bus, sockets);
            if (ct.IsCancellationRequested)
            {
                await stopped;      // in good order: what is being consumed is finished
            }
        }
    }

    IBusControl Create(BrokerSockets sockets)
    {
        LogContext.ConfigureCurrentLogContext((ILoggerFactory?)services.GetService(typeof(ILoggerFactory)));
        return Bus.Factory.CreateUsingRabbitMq(cfg => BrokerTopology.Configure(cfg, services, options, sockets));
    }

    async Task Start(IBusControl bus, BrokerProbe probe, CancellationToken ct)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(StartMax);
        try
        {
            await bus.StartAsync(bound.Token).WaitAsync(StartMax + Grace, clock, ct);
            _failedStarts = 0;
        }
        catch (Exception) when (!ct.IsCancellationRequested && probe.IsOpen && ++_failedStarts >= FailedStartsMax)
        {
            MessagingLog.BusGivenUp(log, _failedStarts);
            Environment.ExitCode = 70;
            process.StopApplication();      // whoever keeps the process running starts it again
            throw;
        }
    }

    async Task WatchWhileSound(IBusControl bus, BrokerProbe probe, CancellationToken ct)
    {
        _absentSince.Clear();
        while (true)
        {
            foreach (var queue in consumers.Select(consumer => consumer.Queue))
            {
                Note(queue, await probe.ConsumerCount(queue, ct) == 0);
            }
            Note("the bus itself", bus.CheckHealth().Status != BusHealthStatus.Healthy);
            Unread = Absent(AbsentMax);
            if (Absent(AbsentMax * 2) is { Count: > 0 } lost)
            {
                throw new TimeoutException($"The broker answers but has no consumer of: {string.Join(", ", lost)}");
            }
            await probe.Lost(Period * 3, ct);
        }
    }

    /// <summary>Never throws, and ends in bounded time: a bus that hangs is cut off and left behind.</summary>
    async Task Stop(IBusControl bus, BrokerSockets sockets)
    {
        try
        {
            using var bound = new CancellationTokenSource(StopMax);
            await bus.StopAsync(bound.Token).WaitAsync(StopMax + Grace, clock);
        }
        catch (Exception failure)
        {
            MessagingLog.BusNotStopped(log, failure.Message);
        }
        finally
        {
            sockets.Cut();
        }
    }

    List<string> Absent(TimeSpan longerThan) =>
        [.. _absentSince.Where(pair => clock.GetUtcNow() - pair.Value > longerThan).Select(pair => pair.Key)];

    void Note(string what, bool isAbsent)
    {
        if (!isAbsent)
        {
            _absentSince.Remove(what);
        }
        else
        {
            _absentSince.TryAdd(what, clock.GetUtcNow());
        }
    }
}
