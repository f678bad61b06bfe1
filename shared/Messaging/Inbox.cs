using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Messaging;

/// <summary>Applies one kind of message. Whatever it changes commits together with the note that the message was applied.</summary>
public interface IConsume<in TMessage> where TMessage : class
{
    /// <summary>Applies the message through the scope's database; neither saves nor commits.</summary>
    Task Consume(TMessage message, CancellationToken ct);
}

/// <summary>
/// Delivers messages to a consumer exactly once in effect: inbox row, effects and new events are one transaction, the message is
/// acknowledged after it. What keeps failing is parked.
/// </summary>
sealed class Inbox<TConsumer, TMessage, TDb>(
    IServiceScopeFactory scopes, OutboxSignal<TDb> signal, Deliveries deliveries, TimeProvider clock,
    ILogger<Inbox<TConsumer, TMessage, TDb>> log)
    where TConsumer : IConsume<TMessage> where TMessage : class where TDb : MesDbContext
{
    const int AttemptsMax = 5;
    static readonly TimeSpan OutageWaitMax = TimeSpan.FromMinutes(10);

    public async Task Deliver(string queue, ConsumeContext<TMessage> context)
    {
        using var delivery = deliveries.Begin(queue);
        var messageId = context.MessageId ?? throw new ArgumentException("The message has no id.");
        var waitUntil = clock.GetUtcNow() + OutageWaitMax;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Apply(queue, messageId, context, mayBeKnown: attempt > 1 || context.ReceiveContext.Redelivered);
                deliveries.Applied(messageId, queue);
                return;
            }
            catch (PostgresException known) when (IsKnown(known))
            {
                deliveries.Applied(messageId, queue);
                return;
            }
            catch (Exception outage) when (IsOutage(outage) && clock.GetUtcNow() < waitUntil)
            {
                attempt--;
                MessagingLog.DatabaseAway(log, queue, outage.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, context.CancellationToken);
            }
            catch (Exception failure) when (!IsOutage(failure) && !context.CancellationToken.IsCancellationRequested)
            {
                if (attempt >= AttemptsMax)
                {
                    await Park(queue, messageId, context, failure, attempt);
                    deliveries.Applied(messageId, queue);
                    return;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(20 << attempt), clock, context.CancellationToken);
            }
        }
    }

    /// <summary>
    /// The inbox row comes last, together with the commit: nearly every message is new, and the row's key rolls back
    /// whatever another one did. One that may be known is looked up first: it may fail before it gets to the key.
    /// </summary>
    async Task Apply(string queue, Guid messageId, ConsumeContext<TMessage> context, bool mayBeKnown)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        if (mayBeKnown && await IsSeen(db, messageId, queue, context.CancellationToken))
        {
            return;
        }
        db.Actor = Actor.System(queue);
        db.Action = typeof(TMessage).Name;
        await scope.ServiceProvider.GetRequiredService<TConsumer>().Consume(context.Message, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
        await db.Commit(signal, new NpgsqlBatchCommand("INSERT INTO inbox (message_id, consumer) VALUES ($1, $2)")
        {
            Parameters = { new() { Value = messageId }, new() { Value = queue } }
        });
        UnitOfWork.Reached("after-consume-before-ack");
    }

    static async Task<bool> IsSeen(TDb db, Guid messageId, string queue, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM inbox WHERE message_id = $1 AND consumer = $2)",
            (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new() { Value = messageId }, new() { Value = queue } }
        };
        return (bool)(await find.ExecuteScalarAsync(ct))!;
    }

    static bool IsKnown(PostgresException failure) =>
        failure is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "inbox" };

    async Task Park(string queue, Guid messageId, ConsumeContext<TMessage> context, Exception failure, int attempts)
    {
        MessagingLog.Parked(log, messageId, queue, attempts, failure);
        await using var scope = scopes.CreateAsyncScope();
        var body = System.Text.Json.JsonSerializer.Serialize(context.Message, MessageJson.Options);
        await Parking.Park(scope.ServiceProvider.GetRequiredService<TDb>(), new ParkedMessage
        {
            MessageId = messageId, Queue = queue, Type = ContractTypes.NameOf(typeof(TMessage)), Body = body,
            Error = failure.ToString(), Attempts = attempts
        });
    }

    static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections,
        NpgsqlException => true,
        DbUpdateException { InnerException: { } inner } => IsOutage(inner),
        InvalidOperationException { InnerException: NpgsqlException inner } => IsOutage(inner),
        _ => false
    };
}

/// <summary>Writes parked messages.</summary>
static class Parking
{
    public static Task Park(MesDbContext db, ParkedMessage message) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO parked_message (message_id, queue, type, body, error, attempts)
        VALUES ({message.MessageId}, {message.Queue}, {message.Type}, {message.Body}, {message.Error}, {message.Attempts})
        ON CONFLICT (message_id, queue) DO UPDATE
        SET error = excluded.error, attempts = parked_message.attempts + excluded.attempts, replayed_at = NULL
        """);
}
