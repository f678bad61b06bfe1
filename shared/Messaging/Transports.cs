using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.Hosting;

namespace Mes.Messaging;

/// <summary>A row of the outbox on its way.</summary>
sealed record OutboxRow(long Id, Guid MessageId, string Type, string Body, string? Queue, string? TraceParent)
{
    /// <summary>The queues that have it: a repeat leaves them out.</summary>
    public ConcurrentDictionary<string, byte> Delivered { get; } = new();

    /// <summary>The contract that it carries.</summary>
    /// <exception cref="UnroutableException">It carries none.</exception>
    public (object Message, Type Type) Read()
    {
        try
        {
            var type = ContractTypes.Named(Type);
            return (JsonSerializer.Deserialize(Body, type, MessageJson.Options)!, type);
        }
        catch (Exception failure) when (failure is ArgumentException or JsonException)
        {
            throw new UnroutableException(failure.Message, failure);
        }
    }
}

/// <summary>A row that cannot be delivered as it is: no such contract, or nobody's queue.</summary>
sealed class UnroutableException(string why, Exception? cause = null) : Exception(why, cause);

/// <summary>Carries one row to all its consumers; completes when the row may be forgotten.</summary>
interface IOutboxTransport
{
    /// <summary>Whether it is worth trying.</summary>
    bool IsReady { get; }

    /// <summary>Queues that have as much under way as they may.</summary>
    IReadOnlyCollection<string> Full { get; }

    /// <summary>How many rows one dispatcher may have under way.</summary>
    int InFlightMax { get; }

    /// <exception cref="UnroutableException">There is no way for this row.</exception>
    Task Send(OutboxRow row, CancellationToken ct);
}

/// <summary>Through RabbitMQ: done when the broker has confirmed the message; refused where no queue would receive it.</summary>
sealed class BrokerTransport(BrokerBus broker) : IOutboxTransport
{
    // A connection that is lost fails at once by itself. This is for a confirmation that is lost on one that lives.
    static readonly TimeSpan ConfirmMax = TimeSpan.FromMinutes(2);

    public bool IsReady => broker.Live is not null;

    public IReadOnlyCollection<string> Full => [];      // the broker keeps what waits

    public int InFlightMax => 1000;

    public async Task Send(OutboxRow row, CancellationToken ct)
    {
        var live = broker.Live ?? throw new IOException("The broker is away.");
        var (message, type) = row.Read();
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(ct, live.Over);
        alive.CancelAfter(ConfirmMax);
        try
        {
            // Not all that the client waits for heeds the token.
            await Send(live.Bus, row, message, type, alive.Token).WaitAsync(alive.Token);
        }
        catch (MessageReturnedException returned)
        {
            throw new UnroutableException("The broker has no queue for it: " + returned.Message, returned);
        }
    }

    static async Task Send(IBus bus, OutboxRow row, object message, Type type, CancellationToken ct)
    {
        if (row.Queue is not null)
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{row.Queue}"));     // the consumer declares the queue
            await endpoint.Send(message, type, Pipe.Execute<SendContext>(context =>
            {
                context.MessageId = row.MessageId;
                context.GetPayload<RabbitMqSendContext>().Mandatory = true;
            }), ct);
            return;
        }
        var confirmed = bus.Publish(message, type, Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = row.MessageId;
            context.Mandatory = ContractTypes.QueuesOf(row.Type).Count > 0;
        }), ct);
        UnitOfWork.Reached("after-publish-before-confirm", row.MessageId);     // on its way: the broker may have it or not
        await confirmed;
    }
}

/// <summary>
/// Within the process, whose queues die with it: done when every consumer's transaction has committed, however long it
/// takes. Until then the row stays, and is sent again at the next start; consumers that have applied it by then know its id.
/// </summary>
sealed class InProcessTransport : IOutboxTransport
{
    const int PerQueueMax = 500;        // several batches, so that no consumer waits for the next rows to be read
    readonly IBusControl _bus;
    readonly HashSet<string> _queues;
    readonly IEnumerable<Listener> _listeners;
    readonly ConcurrentDictionary<(Guid MessageId, string Queue), TaskCompletionSource> _awaited = new();
    readonly ConcurrentDictionary<string, int> _underWay = new();
    readonly CancellationToken _stopping;
    bool _isConsuming;

    public InProcessTransport(
        IBusControl bus, Deliveries deliveries, IEnumerable<ConsumerRegistration> consumers,
        IEnumerable<Listener> listeners, IHostApplicationLifetime process)
    {
        (_bus, _listeners, _queues) = (bus, listeners, [.. consumers.Select(consumer => consumer.Queue)]);
        _stopping = process.ApplicationStopping;
        deliveries.OnEnded += End;
    }

    /// <summary>
    /// A queue that is not consumed yet would swallow what is sent to it; one that is being stopped might begin with it.
    /// </summary>
    public bool IsReady => !_stopping.IsCancellationRequested
        && (_isConsuming || (_isConsuming = _bus.CheckHealth().Status == BusHealthStatus.Healthy));

    public IReadOnlyCollection<string> Full =>
        [.. _underWay.Where(queue => queue.Value >= PerQueueMax).Select(queue => queue.Key)];

    /// <summary>Room for all queues to be full and one more: slow ones do not hold up the rest.</summary>
    public int InFlightMax => PerQueueMax * (_queues.Count + 1);

    public async Task Send(OutboxRow row, CancellationToken ct)
    {
        var (message, type) = row.Read();
        if (row.Queue is null && row.Delivered.TryAdd("", 0))
        {
            Tell(message);
        }
        var queues = row.Queue is null ? ContractTypes.QueuesOf(row.Type) : [row.Queue];
        await Task.WhenAll(queues.Where(queue => !row.Delivered.ContainsKey(queue)).Select(async queue =>
        {
            await Deliver(row.MessageId, queue, message, type, ct);
            row.Delivered[queue] = 0;
        }));
    }

    void Tell(object message)
    {
        foreach (var listener in _listeners)
        {
            listener.Heard(message);
        }
    }

    /// <summary>A message that is under way already, say by a replay, is waited for and not sent again.</summary>
    async Task Deliver(Guid messageId, string queue, object message, Type type, CancellationToken ct)
    {
        if (!_queues.Contains(queue))
        {
            throw new UnroutableException($"Nothing in this process reads '{queue}'.");
        }
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var known = _awaited.GetOrAdd((messageId, queue), ended);
        if (known == ended)
        {
            _underWay.AddOrUpdate(queue, 1, (_, count) => count + 1);
            await Send(messageId, queue, message, type, ct);
        }
        await known.Task.WaitAsync(ct);
    }

    async Task Send(Guid messageId, string queue, object message, Type type, CancellationToken ct)
    {
        try
        {
            var endpoint = await _bus.GetSendEndpoint(new Uri($"queue:{queue}"));
            await endpoint.Send(message, type, Pipe.Execute<SendContext>(context => context.MessageId = messageId), ct);
            UnitOfWork.Reached("after-publish-before-confirm", messageId);
        }
        catch (Exception failure)
        {
            End(messageId, queue, failure);
        }
    }

    void End(Guid messageId, string queue, Exception? failure)
    {
        if (!_awaited.TryRemove((messageId, queue), out var ended))
        {
            return;
        }
        _underWay.AddOrUpdate(queue, 0, (_, count) => count - 1);
        if (failure is null)
        {
            ended.TrySetResult();
        }
        else
        {
            ended.TrySetException(failure);
        }
    }
}
