using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.Hosting;

namespace Mes.Messaging;

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

/// <summary>
/// Through RabbitMQ: done when the broker has confirmed the message; refused where no queue would receive it. What waits of
/// one contract while a message is on its way goes together with the next.
/// </summary>
sealed class BrokerTransport(BrokerBus broker, TimeProvider clock) : IOutboxTransport
{
    // A connection that is lost fails at once by itself. This is for a confirmation that is lost on one that lives.
    static readonly TimeSpan ConfirmMax = TimeSpan.FromMinutes(2);
    const int BundleMax = 32;
    const int BundleCharsMax = 512 * 1024;       // far below what the broker takes; a plan's parts go alone
    const int AtOnceMax = 16;       // where the broker is slow to confirm
    readonly ConcurrentDictionary<(Type Contract, string? Queue), Lane<Outgoing>> _lanes = new();

    public bool IsReady => broker.Live is not null;

    public IReadOnlyCollection<string> Full => [];      // the broker keeps what waits

    public int InFlightMax => 1000;

    /// <summary>A row, until the broker has it.</summary>
    sealed record Outgoing(OutboxRow Row)
    {
        public Activity? Trace { get; } = Activity.Current;

        public TaskCompletionSource Confirmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What it carries, once it was read.</summary>
        public object? Message { get; private set; }

        /// <summary>Reads it. What nobody could read stays here, whatever it would travel with.</summary>
        public bool TryRead()
        {
            try
            {
                Message = Row.Read();
                return true;
            }
            catch (UnroutableException failure)
            {
                Confirmed.TrySetException(failure);
                return false;
            }
        }
    }

    public Task Send(OutboxRow row, CancellationToken ct)
    {
        var outgoing = new Outgoing(row);
        _lanes.GetOrAdd((row.Contract(), row.Queue), _ => new Lane<Outgoing>(BundleMax, AtOnceMax, SendTogether, clock))
            .Add(outgoing);
        return outgoing.Confirmed.Task.WaitAsync(ct);
    }

    Task SendTogether(List<Outgoing> batch) =>
        Task.WhenAll(Bundles(batch.FindAll(outgoing => outgoing.TryRead())).Select(Send));

    /// <summary>Those for one queue go alone, and so does what is large.</summary>
    static IEnumerable<List<Outgoing>> Bundles(List<Outgoing> batch)
    {
        for (var from = 0; from < batch.Count;)
        {
            var (to, chars) = (from + 1, batch[from].Row.Body.Length);
            while (to < batch.Count && batch[from].Row.Queue is null && (chars += batch[to].Row.Body.Length) <= BundleCharsMax)
            {
                to++;
            }
            yield return batch[from..to];
            from = to;
        }
    }

    async Task Send(List<Outgoing> bundle)
    {
        try
        {
            var live = broker.Live ?? throw new IOException("The broker is away.");
            using var alive = CancellationTokenSource.CreateLinkedTokenSource(live.Over);
            alive.CancelAfter(ConfirmMax);
            // Not all that the client waits for heeds the token.
            await Send(live.Bus, bundle, alive.Token).WaitAsync(alive.Token);
            bundle.ForEach(outgoing => outgoing.Confirmed.TrySetResult());
        }
        catch (MessageReturnedException returned)
        {
            var failure = new UnroutableException("The broker has no queue for it: " + returned.Message, returned);
            bundle.ForEach(outgoing => outgoing.Confirmed.TrySetException(failure));
        }
        catch (Exception failure)
        {
            bundle.ForEach(outgoing => outgoing.Confirmed.TrySetException(failure));
        }
    }

    static async Task Send(IBus bus, List<Outgoing> bundle, CancellationToken ct)
    {
        Activity.Current = bundle[0].Trace;     // of several one is followed here, and each by what it carries
        var (message, id) = Message(bundle);
        if (bundle[0].Row.Queue is { } queue)
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));     // the consumer declares the queue
            await endpoint.Send(message, message.GetType(), Pipe.Execute<SendContext>(context =>
            {
                context.MessageId = id;
                context.GetPayload<RabbitMqSendContext>().Mandatory = true;
            }), ct);
            return;
        }
        var confirmed = bus.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = id;
            context.Mandatory = ContractTypes.QueuesOf(bundle[0].Row.Type).Count > 0;
        }), ct);
        // on its way: the broker may have it or not
        bundle.ForEach(outgoing => UnitOfWork.Reached("after-publish-before-confirm", outgoing.Row.MessageId));
        await confirmed;
    }

    /// <summary>What travels: a lone row as what it carries, several as they are, to be read by who takes them.</summary>
    static (object Message, Guid Id) Message(List<Outgoing> bundle)
    {
        if (bundle is [var alone])
        {
            return (alone.Message!, alone.Row.MessageId);
        }
        var type = typeof(Bundle<>).MakeGenericType(bundle[0].Row.Contract());
        var events = bundle.ConvertAll(outgoing => new BundledEvent(
            outgoing.Row.MessageId, outgoing.Row.TraceParent, JsonSerializer.Deserialize<JsonElement>(outgoing.Row.Body)));
        return (Activator.CreateInstance(type, events)!, Guid.CreateVersion7());
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
        var message = row.Read();
        if (row.Queue is null && row.Delivered.TryAdd("", 0))
        {
            Tell(message);
        }
        var queues = row.Queue is null ? ContractTypes.QueuesOf(row.Type) : [row.Queue];
        await Task.WhenAll(queues.Where(queue => !row.Delivered.ContainsKey(queue)).Select(async queue =>
        {
            await Deliver(row.MessageId, queue, message, ct);
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
    async Task Deliver(Guid messageId, string queue, object message, CancellationToken ct)
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
            await Send(messageId, queue, message, ct);
        }
        await known.Task.WaitAsync(ct);
    }

    async Task Send(Guid messageId, string queue, object message, CancellationToken ct)
    {
        try
        {
            var endpoint = await _bus.GetSendEndpoint(new Uri($"queue:{queue}"));
            await endpoint.Send(
                message, message.GetType(), Pipe.Execute<SendContext>(context => context.MessageId = messageId), ct);
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
