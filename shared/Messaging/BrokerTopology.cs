using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Messaging;

/// <summary>
/// Receives every published contract of some types while the process lives; misses what is published before and after.
/// </summary>
/// <param name="Heard">Called with each contract.</param>
public sealed record Listener(Action<object> Heard)
{
    /// <summary>Called when the process listens on the broker, at its start and after each outage; what was published before is
    /// missed.</summary>
    public Action Connected { get; init; } = static () => { };
}

/// <summary>Exchanges, queues and bindings; every process declares the same, whichever starts first.</summary>
static class BrokerTopology
{
    /// <summary>
    /// RabbitMQ 4 drops a message after 20 deliveries unless told otherwise. A consumer that dies that often must not cost a
    /// message: the limit is set out of reach, and what cannot be applied is parked in the consumer's database instead.
    /// </summary>
    const int DeliveryLimit = 1_000_000_000;

    public static void Configure(
        IRabbitMqBusFactoryConfigurator cfg, IServiceProvider services, TransportOptions options,
        BrokerSockets sockets)
    {
        cfg.Host(new Uri(options.Broker!), host =>
        {
            host.PublisherConfirmation = true;
            host.Heartbeat(TransportOptions.Heartbeat);
            host.OnRefreshConnectionFactory = factory =>
            {
                factory.SocketFactory = sockets.Open;
                return Task.CompletedTask;
            };
        });
        DeclareForAllConsumers(cfg);
        foreach (var consumer in services.GetServices<ConsumerRegistration>())
        {
            cfg.ReceiveEndpoint(consumer.Queue, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
                consumer.Wire(endpoint, services);
            });
        }
        ConfigureListeners(cfg, services);
    }

    static void ConfigureListeners(IBusFactoryConfigurator cfg, IServiceProvider services)
    {
        if (services.GetService<Listener>() is not { } listener)
        {
            return;
        }
        cfg.ReceiveEndpoint(new TemporaryEndpointDefinition("live"), null, endpoint =>
        {
            foreach (var type in ContractTypes.All)
            {
                Generic(nameof(Listen), type).Invoke(null, [endpoint, listener]);
            }
        });
    }

    static void Listen<T>(IReceiveEndpointConfigurator endpoint, Listener listener) where T : class
    {
        endpoint.Handler<T>(context =>
        {
            listener.Heard(context.Message);
            return Task.CompletedTask;
        });
        endpoint.Handler<Bundle<T>>(context =>
        {
            foreach (var one in context.Message.Events)
            {
                if (one.Read<T>(out _) is { } message) listener.Heard(message);
            }
            return Task.CompletedTask;
        });
    }

    static void DeclareForAllConsumers(IRabbitMqBusFactoryConfigurator cfg)
    {
        foreach (var type in ContractTypes.All)
        {
            Generic(nameof(Declare), type).Invoke(null, [cfg]);
        }
    }

    static void Declare<T>(IRabbitMqBusFactoryConfigurator cfg) where T : class
    {
        var queues = ContractTypes.QueuesOf(typeof(T).Name);
        Bind<T>(cfg, queues);
        Bind<Bundle<T>>(cfg, queues);
    }

    static void Bind<T>(IRabbitMqBusFactoryConfigurator cfg, IReadOnlyList<string> queues) where T : class =>
        cfg.Publish<T>(topology =>
        {
            foreach (var queue in queues)
            {
                // straight from the contract's exchange; a queue bound twice still receives each message once
                topology.BindQueue(topology.Exchange.ExchangeName, queue, binding =>
                {
                    binding.SetQueueArgument("x-queue-type", "quorum");
                    binding.SetQueueArgument("x-delivery-limit", DeliveryLimit);
                });
            }
        });

    static System.Reflection.MethodInfo Generic(string method, Type type) =>
        typeof(BrokerTopology).GetMethod(method,
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(type);
}
