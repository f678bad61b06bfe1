using Mes.Messaging;
using Mes.Persistence;

namespace Mes.Gateway.Live;

/// <summary>
/// Where the services are processes of their own: what they publish comes from the broker, over a queue that lives as
/// long as this gateway. Every gateway hears everything. What happens while the broker is away is not heard: screens are
/// told to read again.
/// </summary>
public static class LiveFromBroker
{
    /// <summary>Listens on the bus that is added beside it.</summary>
    public static void AddLiveFromBroker(this IServiceCollection services) =>
        services.AddSingleton(provider => ListenerOf(provider.GetRequiredService<LiveEvents>()));

    static Listener ListenerOf(LiveEvents live) =>
        new(contract => live.Publish(contract.GetType().Name, MessageJson.Write(contract)))
        {
            Connected = () => live.Publish(LiveEvents.Missed, "{}"),
        };
}
