using MassTransit;
using Mes.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mes.Messaging;

/// <summary>Where messages travel.</summary>
public sealed class TransportOptions
{
    /// <summary>
    /// Address of the broker, <c>amqp://user:password@host:port/vhost</c>; empty for within the process (configuration key
    /// <c>Messaging:Broker</c>).
    /// </summary>
    public string? Broker { get; init; }

    /// <summary>
    /// How many transactions one consumer may have open at a time, 1 to 64: more than one only where one takes long.
    /// </summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How many waiting messages of a queue are applied in one transaction.</summary>
    internal const int BatchMax = 64;

    /// <summary>A connection that is silent for twice as long is lost: a half-open one must not hold messages up.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
}

/// <summary>A consumer and the queue it reads; collected from all modules of the process, then wired to the one bus.</summary>
public sealed record ConsumerRegistration(string Queue, Type Message, Type Consumer)
{
    internal Action<IReceiveEndpointConfigurator, IServiceProvider> Wire { get; init; } = static (_, _) => { };
}

/// <summary>The consumers of one module.</summary>
public sealed class ConsumerBuilder<TDb>(IServiceCollection services) where TDb : MesDbContext
{
    /// <summary>Has <typeparamref name="TConsumer"/> read <paramref name="queue"/>, which the contract must name.</summary>
    /// <exception cref="ArgumentException">The contract does not name the queue.</exception>
    public ConsumerBuilder<TDb> Add<TConsumer, TMessage>(string queue)
        where TConsumer : class, IConsume<TMessage> where TMessage : class => Add<TConsumer, TMessage>(queue, new(
            IsBatch: false, (services, messages, ct) => services.GetRequiredService<TConsumer>().Consume(messages[0], ct)));

    /// <summary>As <see cref="Add{TConsumer, TMessage}(string)"/>, for a consumer that takes what waits as a set.</summary>
    /// <exception cref="ArgumentException">The contract does not name the queue.</exception>
    public ConsumerBuilder<TDb> AddBatch<TConsumer, TMessage>(string queue)
        where TConsumer : class, IConsumeBatch<TMessage> where TMessage : class => Add<TConsumer, TMessage>(queue, new(
            IsBatch: true, (services, messages, ct) => services.GetRequiredService<TConsumer>().Consume(messages, ct)));

    ConsumerBuilder<TDb> Add<TConsumer, TMessage>(string queue, Consuming<TMessage> consumer)
        where TConsumer : class where TMessage : class
    {
        if (!ContractTypes.QueuesOf(ContractTypes.NameOf(typeof(TMessage))).Contains(queue))
        {
            throw new ArgumentException(
                $"{typeof(TMessage).Name} does not name '{queue}' among its consumers: add it to the contract's attribute.");
        }
        services.AddScoped<TConsumer>();
        services.AddSingleton(new ConsumerRegistration(queue, typeof(TMessage), typeof(TConsumer))
        {
            Wire = (endpoint, provider) =>
            {
                endpoint.ConcurrentMessageLimit = TransportOptions.BatchMax;    // what comes meanwhile is the next batch
                endpoint.PrefetchCount = TransportOptions.BatchMax * 2;
                var inbox = ActivatorUtilities.CreateInstance<Inbox<TMessage, TDb>>(provider, queue, consumer);
                endpoint.Handler<TMessage>(inbox.Deliver);
                endpoint.Handler<Bundle<TMessage>>(inbox.Deliver);
                var park = new ParkUnreadable<TDb>(queue, provider);
                endpoint.ConfigureError(pipe => pipe.UseFilter(park));
                endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(park));
            }
        });
        return this;
    }
}

/// <summary>Registers messaging.</summary>
public static class MessagingExtensions
{
    /// <summary>Adds a service's outbox dispatcher and consumers.</summary>
    public static void AddMessaging<TDb>(this IServiceCollection services, Action<ConsumerBuilder<TDb>> consumers)
        where TDb : MesDbContext
    {
        services.TryAddSingleton<Deliveries>();
        consumers(new ConsumerBuilder<TDb>(services));
        services.AddHostedService<OutboxDispatcher<TDb>>();
        services.AddHostedService<AuditChainWriter<TDb>>();
    }

    /// <summary>Adds the one bus of the process, with the consumers of all modules added before it.</summary>
    public static void AddBus(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Messaging").Get<TransportOptions>() ?? new TransportOptions();
        services.AddSingleton(options);
        if (string.IsNullOrEmpty(options.Broker))
        {
            services.AddSingleton<IOutboxTransport, InProcessTransport>();
            services.AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();        // a plant's software calls nobody unasked
                bus.UsingInMemory((context, cfg) => ConfigureInProcess(cfg, context));
            });
        }
        else
        {
            services.AddSingleton<IOutboxTransport, BrokerTransport>();
            services.AddSingleton<BrokerBus>();
            services.AddHostedService(provider => provider.GetRequiredService<BrokerBus>());
        }
        services.AddHealthChecks().AddCheck<ConsumerHealth>("consumers", tags: ["ready"]);
    }

    /// <summary>Has this host's outboxes sent over the bus of another host in the same process.</summary>
    /// <param name="services">This host's services.</param>
    /// <param name="other">The services of the host whose bus it is; it lives longer than this one.</param>
    public static void UseBusOf(this IServiceCollection services, IServiceProvider other) =>
        services.AddSingleton(other.GetRequiredService<IOutboxTransport>());

    static void ConfigureInProcess(IInMemoryBusFactoryConfigurator cfg, IBusRegistrationContext context)
    {
        foreach (var consumer in context.GetServices<ConsumerRegistration>())
        {
            cfg.ReceiveEndpoint(consumer.Queue, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;      // the dispatcher addresses each consumer itself
                consumer.Wire(endpoint, context);
            });
        }
    }
}
