using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Messaging;

/// <summary>
/// The last resort of a queue: what never reached its consumer (not JSON, not the contract) is parked as it came. A failure
/// that is none of the message's fault, such as a stop of the process, goes back to the queue.
/// </summary>
sealed class ParkUnreadable<TDb>(string queue, IServiceProvider services)
    : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext> where TDb : MesDbContext
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.Exception is not SerializationException || context.CancellationToken.IsCancellationRequested)
        {
            Ended(context, context.Exception);
            ExceptionDispatchInfo.Throw(context.Exception);
        }
        await Park(context, context.Exception.ToString());
    }

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Park(context, "It is none of the contracts that this queue consumes.");

    public void Probe(ProbeContext context) => context.CreateFilterScope("park-unreadable");

    async Task Park(ReceiveContext context, string error)
    {
        await using var scope = services.CreateAsyncScope();
        await Parking.Park(scope.ServiceProvider.GetRequiredService<TDb>(), new ParkedMessage
        {
            MessageId = context.GetMessageId() ?? IdOf(context.Body), Queue = queue, Type = ParkedMessage.Unreadable,
            Body = context.Body.GetString().Replace("\0", "", StringComparison.Ordinal), Error = error, Attempts = 1
        });
        Ended(context, null);
    }

    void Ended(ReceiveContext context, Exception? failure)
    {
        if (context.GetMessageId() is { } id)
        {
            services.GetRequiredService<Deliveries>().Ended(id, queue, failure);
        }
    }

    /// <summary>The same garbage is the same message, however often it passes here.</summary>
    static Guid IdOf(MessageBody body) => new(SHA256.HashData(body.GetBytes()).AsSpan(0, 16));
}
