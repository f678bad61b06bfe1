using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;

namespace Mes.Messaging;

/// <summary>Through RabbitMQ: done when the broker has confirmed the message; refused where no queue would receive it.</summary>
sealed class BrokerTransport(BrokerBus broker) : IOutboxTransport
{
    public bool IsReady => broker.Live is not null;

    public async Task Send(OutboxRow row, CancellationToken ct)
    {
        var live = broker.Live ?? throw new IOException("The broker is away.");
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(ct, live.Over);
        // Not all that the client waits for heeds the token.
        await Send(live.Bus, row, alive.Token).WaitAsync(alive.Token);
    }

    static async Task Send(IBus bus, OutboxRow row, CancellationToken ct)
    {
        var type = ContractTypes.Named(row.Type);
        var message = JsonSerializer.Deserialize(row.Body, type, MessageJson.Options)!;
        if (row.Queue is not null)
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{row.Queue}"));     // the consumer declares the queue
            await endpoint.Send(message, type, Pipe.Execute<SendContext>(context => context.MessageId = row.MessageId), ct);
            return;
        }
        var confirmed = bus.Publish(message, type, Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = row.MessageId;
            context.Mandatory = ContractTypes.QueuesOf(row.Type).Count > 0;
        }), ct);
        UnitOfWork.Reached("after-publish-before-confirm");     // on its way: the broker may have it or not
        await confirmed;
    }
}

/// <summary>
/// Within the process, whose queues die with it: done when every consumer's transaction has committed. Until then the row
/// stays, and is sent again at the next start; consumers that have applied it by then know its id.
/// </summary>
sealed class InProcessTransport : IOutboxTransport
{
    readonly IBusControl _bus;
    readonly ConcurrentDictionary<(Guid MessageId, string Queue), TaskCompletionSource> _awaited = new();
    readonly IEnumerable<Listener> _listeners;
    bool _isConsuming;

    public InProcessTransport(IBusControl bus, Deliveries deliveries, IEnumerable<Listener> listeners)
    {
        (_bus, _listeners) = (bus, listeners);
        deliveries.OnApplied += (messageId, queue) =>
        {
            if (_awaited.TryRemove((messageId, queue), out var awaited))
            {
                awaited.TrySetResult();
            }
        };
    }

    /// <summary>A queue that is not consumed yet would swallow what is sent to it.</summary>
    public bool IsReady => _isConsuming || (_isConsuming = _bus.CheckHealth().Status == BusHealthStatus.Healthy);

    public async Task Send(OutboxRow row, CancellationToken ct)
    {
        var type = ContractTypes.Named(row.Type);
        var message = JsonSerializer.Deserialize(row.Body, type, MessageJson.Options)!;
        if (row.Queue is null)
        {
            Tell(message);
        }
        var queues = row.Queue is null ? ContractTypes.QueuesOf(row.Type) : [row.Queue];
        await Task.WhenAll(queues.Select(queue => Deliver(row.MessageId, queue, message, type, ct)));
    }

    void Tell(object message)
    {
        foreach (var listener in _listeners)
        {
            listener.Heard(message);
        }
    }

    async Task Deliver(Guid messageId, string queue, object message, Type type, CancellationToken ct)
    {
        // One message may be under way twice, say by a replay: both wait for the same, and whichever is applied ends both.
        var applied = _awaited.GetOrAdd((messageId, queue),
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var endpoint = await _bus.GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(message, type, Pipe.Execute<SendContext>(context => context.MessageId = messageId), ct);
        await applied.Task.WaitAsync(ct);
    }
}
