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
    /// <summary>Listens to the broker of <c>Messaging:Broker</c>; without one the host publishes to
    /// <see cref="LiveEvents"/> itself.</summary>
    public static void AddLiveFromBroker(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["Messaging:Broker"])) return;
        builder.Services.AddSingleton(services => ListenerOf(services.GetRequiredService<LiveEvents>()));
        builder.Services.AddBus(builder.Configuration);
    }

    static Listener ListenerOf(LiveEvents live) =>
        new(contract => live.Publish(contract.GetType().Name, MessageJson.Write(contract)))
        {
            Connected = () => live.Publish(LiveEvents.Missed, "{}"),
        };
}
