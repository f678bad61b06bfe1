using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mes.Messaging;

/// <summary>
/// A connection of its own by which the process sees how the broker is, whatever its bus believes. It never recovers.
/// </summary>
sealed class BrokerProbe : IAsyncDisposable
{
    static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);
    readonly IConnection _connection;
    readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    BrokerProbe(IConnection connection)
    {
        _connection = connection;
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            _lost.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        if (connection.CloseReason is { } closed)
        {
            _lost.TrySetResult(closed.ReplyText);
        }
    }

    public bool IsOpen => !_lost.Task.IsCompleted;

    /// <summary>Connects, or throws within seconds.</summary>
    public static async Task<BrokerProbe> Connect(TransportOptions options, CancellationToken ct)
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.Broker!), ClientProvidedName = "probe", AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = AnswerMax, ContinuationTimeout = AnswerMax,
            RequestedHeartbeat = TransportOptions.Heartbeat
        };
        return new BrokerProbe(await factory.CreateConnectionAsync(ct).WaitAsync(AnswerMax * 2, ct));
    }

    /// <summary>How many consumers the queue has; 0 where there is no such queue.</summary>
    public async Task<uint> ConsumerCount(string queue, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct).WaitAsync(AnswerMax, ct);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, ct).WaitAsync(AnswerMax, ct)).ConsumerCount;
        }
        catch (OperationInterruptedException) when (IsOpen)
        {
            return 0;
        }
    }

    /// <summary>Waits so long; throws as soon as the connection is lost.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async Task Lost(TimeSpan within, CancellationToken ct)
    {
        await Task.WhenAny(_lost.Task, Task.Delay(within, ct));
        ct.ThrowIfCancellationRequested();
        if (_lost.Task.IsCompleted)
        {
            throw new IOException(await _lost.Task);
        }
    }

    // Not waited for: of a connection that is lost, closing may hang (RabbitMQ.Client 7.1.2, its issue 1757).
    public ValueTask DisposeAsync()
    {
        _ = _connection.AbortAsync();
        return ValueTask.CompletedTask;
    }
}
