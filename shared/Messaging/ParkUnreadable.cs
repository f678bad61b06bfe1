using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Messaging;

/// <summary>
/// The last resort of a queue: what never reached its consumer (not JSON, not the contract) is parked as it came. A failure that is
/// none of the message's fault, such as a stop of the process, goes back to the queue.
/// </summary>
sealed class ParkUnreadable<TDb>(string queue, IServiceProvider services) : IFilter<ExceptionReceiveContext>
    where TDb : MesDbContext
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.Exception is OperationCanceledException || context.CancellationToken.IsCancellationRequested
            || context.Exception is not (System.Runtime.Serialization.SerializationException or MessageException))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(context.Exception);
        }
        await using var scope = services.CreateAsyncScope();
        await Parking.Park(scope.ServiceProvider.GetRequiredService<TDb>(), new ParkedMessage
        {
            MessageId = context.TransportHeaders.Get<Guid>("MessageId") ?? Guid.CreateVersion7(), Queue = queue,
            Type = ParkedMessage.Unreadable, Body = context.Body.GetString(), Error = context.Exception.ToString(),
            Attempts = 1
        });
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("park-unreadable");
}
