using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.Messaging;

/// <summary>Applies one kind of message. Whatever it changes commits together with the note that the message was applied.</summary>
public interface IConsume<in TMessage> where TMessage : class
{
    /// <summary>Applies the message through the scope's database; neither saves nor commits.</summary>
    Task Consume(TMessage message, CancellationToken ct);
}

/// <summary>
/// Delivers a queue's messages to its consumer exactly once in effect: inbox row, effects and new events are one
/// transaction, the message is acknowledged after it. What waits is applied by the batch, several messages in one
/// transaction; of a batch that fails each is tried again alone, and what keeps failing is parked.
/// </summary>
sealed class Inbox<TConsumer, TMessage, TDb>
    where TConsumer : IConsume<TMessage> where TMessage : class where TDb : MesDbContext
{
    const int AttemptsMax = 5;
    const int TimeoutsMax = 3;      // each takes long and holds a connection
    static readonly TimeSpan OutageWaitMax = TimeSpan.FromMinutes(10);
    static readonly TimeSpan AloneMax = TimeSpan.FromSeconds(60);
    static readonly TimeSpan InBatchMax = TimeSpan.FromSeconds(10);

    readonly string _queue;
    readonly IServiceScopeFactory _scopes;
    readonly OutboxSignal<TDb> _signal;
    readonly Deliveries _deliveries;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly Lane<Delivery> _together;
    readonly Lane<Delivery> _alone;

    public Inbox(
        string queue, IServiceScopeFactory scopes, OutboxSignal<TDb> signal, Deliveries deliveries, TimeProvider clock,
        TransportOptions options, ILogger<Inbox<TConsumer, TMessage, TDb>> log)
    {
        (_queue, _scopes, _signal, _deliveries, _clock, _log) = (queue, scopes, signal, deliveries, clock, log);
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
    public async Task Deliver(ConsumeContext<TMessage> context)
    {
        var id = context.MessageId ?? throw new ArgumentException("The message has no id.");
        var delivery = new Delivery(id, context.Message, context.CancellationToken);
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
            await OverOutages(() => Park(delivery, failure), delivery.Given);
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
        foreach (var delivery in batch.TakeWhile(_ => transaction.HasTime))
        {
            Activity.Current = delivery.Trace;
            await transaction.Apply<TConsumer, TMessage>(
                delivery.Id, delivery.Message, batch.Count == 1 ? AloneMax : InBatchMax, given.Token);
            applied++;
        }
        await transaction.Commit(_signal);
        batch.GetRange(0, applied).ForEach(delivery => delivery.Ended.TrySetResult());
        batch.GetRange(applied, batch.Count - applied).ForEach(_together.Add);
    }

    async Task Park(Delivery delivery, Exception failure)
    {
        MessagingLog.Parked(_log, delivery.Id, _queue, delivery.Attempts, failure);
        await using var scope = _scopes.CreateAsyncScope();
        await Parking.Park(scope.ServiceProvider.GetRequiredService<TDb>(), new ParkedMessage
        {
            MessageId = delivery.Id, Queue = _queue, Type = ContractTypes.NameOf(typeof(TMessage)),
            Body = JsonSerializer.Serialize(delivery.Message, MessageJson.Options), Error = failure.ToString(),
            Attempts = delivery.Attempts
        });
    }
}
