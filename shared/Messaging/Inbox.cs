using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.Messaging;

/// <summary>
/// Applies one kind of message. Whatever it changes commits together with the note that the message was applied.
/// </summary>
public interface IConsume<in TMessage> where TMessage : class
{
    /// <summary>Applies the message through the scope's database; neither saves nor commits.</summary>
    Task Consume(TMessage message, CancellationToken ct);
}

/// <summary>
/// Applies what waits of one kind of message as a set: for what the plant sends by the thousand. Whatever it changes
/// commits together with the notes that the messages were applied.
/// </summary>
public interface IConsumeBatch<in TMessage> where TMessage : class
{
    /// <summary>
    /// Applies the messages through the scope's database; neither saves nor commits. What comes of them must not depend
    /// on how they were divided into batches. The trail tells of all in one entry.
    /// </summary>
    /// <param name="messages">At least one, in the order of their arrival; none that was applied before.</param>
    /// <param name="ct">Cancels.</param>
    Task Consume(IReadOnlyList<TMessage> messages, CancellationToken ct);
}

/// <summary>How the messages of a queue reach their consumer.</summary>
/// <param name="IsBatch">Whether it takes many at a time; one where false.</param>
/// <param name="Consume">Gives them to the scope's consumer.</param>
sealed record Consuming<TMessage>(
    bool IsBatch, Func<IServiceProvider, IReadOnlyList<TMessage>, CancellationToken, Task> Consume) where TMessage : class;

/// <summary>
/// Delivers a queue's messages to its consumer exactly once in effect: inbox row, effects and new events are one
/// transaction, the message is acknowledged after it. What waits is applied by the batch, several messages in one
/// transaction; of a batch that fails each is tried again alone, and what keeps failing is parked.
/// </summary>
sealed class Inbox<TMessage, TDb> where TMessage : class where TDb : MesDbContext
{
    const int AttemptsMax = 5;
    const int AtOnceMax = 32;       // between two such parts of a batch it is asked whether there is time for more
    const int TimeoutsMax = 3;      // each takes long and holds a connection
    static readonly TimeSpan OutageWaitMax = TimeSpan.FromMinutes(10);
    static readonly TimeSpan AloneMax = TimeSpan.FromSeconds(60);
    static readonly TimeSpan InBatchMax = TimeSpan.FromSeconds(10);

    readonly string _queue;
    readonly Consuming<TMessage> _consumer;
    readonly IServiceScopeFactory _scopes;
    readonly OutboxSignal<TDb> _signal;
    readonly Deliveries _deliveries;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly Lane<Delivery> _together;
    readonly Lane<Delivery> _alone;

    public Inbox(
        string queue, Consuming<TMessage> consumer, IServiceScopeFactory scopes, OutboxSignal<TDb> signal,
        Deliveries deliveries, TimeProvider clock, TransportOptions options, ILogger<Inbox<TMessage, TDb>> log)
    {
        (_queue, _consumer, _scopes, _signal) = (queue, consumer, scopes, signal);
        (_deliveries, _clock, _log) = (deliveries, clock, log);
        _together = new Lane<Delivery>(TransportOptions.BatchMax, options.Concurrency, ApplyTogether, clock);
        _alone = new Lane<Delivery>(1, options.Concurrency, one => ApplyAlone(one[0]), clock);
    }

    /// <summary>A message, until it is applied or parked.</summary>
    sealed record Delivery(Guid Id, TMessage Message, CancellationToken Given)
    {
        public Activity? Trace { get; } = Activity.Current;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Attempts { get; set; }

        public int Timeouts { get; set; }
    }

    /// <summary>Ends when the message is applied or parked; throws when it is to come again.</summary>
    public Task Deliver(ConsumeContext<TMessage> context) => Deliver(
        context.MessageId ?? throw new ArgumentException("The message has no id."), context.Message, context.CancellationToken);

    /// <summary>As each of its events: of a bundle that comes again, those that were applied are known.</summary>
    public Task Deliver(ConsumeContext<Bundle<TMessage>> context) =>
        Task.WhenAll(context.Message.Events.Select(one => Deliver(one, context.CancellationToken)));

    async Task Deliver(BundledEvent one, CancellationToken ct)
    {
        using var span = MessagingTraces.Source.StartActivity(
            $"take {typeof(TMessage).Name}", ActivityKind.Consumer, one.TraceParent);
        if (one.Read<TMessage>(out var why) is { } message)
        {
            await Deliver(one.Id, message, ct);
            return;
        }
        var body = one.Body.ValueKind == JsonValueKind.Undefined ? "" : one.Body.GetRawText();
        await OverOutages(() => Park(one.Id, body, 1, why!), ct);
    }

    async Task Deliver(Guid id, TMessage message, CancellationToken ct)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct, _deliveries.Over);
        var delivery = new Delivery(id, message, given.Token);
        try
        {
            _together.Add(delivery);
            await delivery.Ended.Task;
            _deliveries.Ended(id, _queue, null);
        }
        catch (Exception failure)
        {
            _deliveries.Ended(id, _queue, failure);
            throw;
        }
    }

    async Task ApplyTogether(List<Delivery> batch)
    {
        try
        {
            await OverOutages(() => Apply(batch), batch[0].Given);
        }
        catch (Exception failure)
        {
            if (Outage.Is(failure))
            {
                batch.ForEach(delivery => delivery.Ended.TrySetException(failure));
                return;
            }
            if (batch.Count == 1)
            {
                Count(batch[0], failure);
            }
            batch.ForEach(_alone.Add);
        }
    }

    async Task ApplyAlone(Delivery delivery)
    {
        try
        {
            while (!await TryAlone(delivery))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 << delivery.Attempts), _clock, delivery.Given);
            }
        }
        catch (Exception failure)
        {
            delivery.Ended.TrySetException(failure);        // of an outage, or of the end of the process: it comes again
        }
    }

    /// <summary>Applies it, or parks it at the last attempt; false where there is to be another.</summary>
    async Task<bool> TryAlone(Delivery delivery)
    {
        try
        {
            await OverOutages(() => Apply([delivery]), delivery.Given);
            return true;
        }
        catch (Exception failure) when (!Outage.Is(failure) && !delivery.Given.IsCancellationRequested)
        {
            Count(delivery, failure);
            if (delivery is { Attempts: < AttemptsMax, Timeouts: < TimeoutsMax })
            {
                return false;
            }
            var body = JsonSerializer.Serialize(delivery.Message, MessageJson.Options);
            await OverOutages(() => Park(delivery.Id, body, delivery.Attempts, failure), delivery.Given);
            delivery.Ended.TrySetResult();
            return true;
        }
    }

    static void Count(Delivery delivery, Exception failure)
    {
        delivery.Attempts++;
        delivery.Timeouts += Outage.IsTimeout(failure) ? 1 : 0;
    }

    /// <summary>Waits while the database is away; that is no fault of a message's.</summary>
    async Task OverOutages(Func<Task> work, CancellationToken ct)
    {
        for (var until = _clock.GetUtcNow() + OutageWaitMax; ;)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception outage) when (Outage.Is(outage) && _clock.GetUtcNow() < until)
            {
                MessagingLog.DatabaseAway(_log, _queue, outage.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, ct);
            }
        }
    }

    /// <summary>
    /// One transaction. What is known is looked up before any consumer runs; what the batch has no time for waits for the
    /// next one.
    /// </summary>
    async Task Apply(List<Delivery> batch)
    {
        using var running = _deliveries.Begin(_queue);
        using var given = CancellationTokenSource.CreateLinkedTokenSource([.. batch.Select(delivery => delivery.Given)]);
        await using var transaction = await InboxTransaction<TDb>.Begin(
            _scopes, _queue, [.. batch.Select(delivery => delivery.Id)], given.Token);
        var applied = 0;
        foreach (var part in batch.Chunk(_consumer.IsBatch ? AtOnceMax : 1).TakeWhile(_ => transaction.HasTime))
        {
            Activity.Current = part[0].Trace;       // of several messages one is followed
            await transaction.Apply(
                [.. part.Select(delivery => (delivery.Id, delivery.Message))], _consumer,
                batch.Count == 1 ? AloneMax : InBatchMax, given.Token);
            applied += part.Length;
        }
        await transaction.Commit(_signal);
        batch.GetRange(0, applied).ForEach(delivery => delivery.Ended.TrySetResult());
        batch.GetRange(applied, batch.Count - applied).ForEach(_together.Add);
    }

    async Task Park(Guid id, string body, int attempts, Exception failure)
    {
        MessagingLog.Parked(_log, id, _queue, attempts, failure);
        await using var scope = _scopes.CreateAsyncScope();
        await Parking.Park(scope.ServiceProvider.GetRequiredService<TDb>(), new ParkedMessage
        {
            MessageId = id, Queue = _queue, Type = ContractTypes.NameOf(typeof(TMessage)), Body = body,
            Error = failure.ToString(), Attempts = attempts
        });
    }
}
