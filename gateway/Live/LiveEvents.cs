using System.Collections.Concurrent;

namespace Mes.Gateway.Live;

/// <summary>One thing that happened, for screens to take up.</summary>
/// <param name="Id">Rises by one with each event of this gateway; starts anew with it.</param>
/// <param name="Type">The kind, as in <c>ProductionReported</c>.</param>
/// <param name="Json">The content, on one line.</param>
public sealed record LiveEvent(long Id, string Type, string Json);

/// <summary>
/// Spreads events to all listening screens. Publishing never waits: a screen that is too slow loses its oldest events
/// and is told how many. Events are hints to read again, not the truth.
/// </summary>
public sealed class LiveEvents
{
    /// <summary>The kind that tells everybody to read again what they show.</summary>
    public const string Missed = "missed";

    readonly ConcurrentDictionary<LiveSubscription, byte> _subscriptions = new();
    readonly Lock _order = new();
    long _lastId;

    /// <summary>The id of the newest event; 0 before the first.</summary>
    public long LastId => Volatile.Read(ref _lastId);

    /// <summary>How many screens listen.</summary>
    public int Listeners => _subscriptions.Count;

    /// <summary>Sends an event to every screen that listens now.</summary>
    /// <param name="type">The kind: letters, digits and hyphens.</param>
    /// <param name="json">The content; line breaks become spaces.</param>
    public void Publish(string type, string json)
    {
        lock (_order)
        {
            var happened = new LiveEvent(_lastId + 1, type, json.ReplaceLineEndings(" "));
            Volatile.Write(ref _lastId, happened.Id);
            foreach (var (subscription, _) in _subscriptions) subscription.Offer(happened);
        }
    }

    /// <summary>Listens to everything from now on, until disposed.</summary>
    public LiveSubscription Subscribe() => Subscribe(_ => true);

    /// <summary>Listens from now on to what the listener may hear, until disposed.</summary>
    /// <param name="mayHear">Whether a kind of event is for this listener.</param>
    public LiveSubscription Subscribe(Func<string, bool> mayHear)
    {
        var subscription = new LiveSubscription(mayHear, gone => _subscriptions.TryRemove(gone, out _));
        lock (_order) _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }
}
