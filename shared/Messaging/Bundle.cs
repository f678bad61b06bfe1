using System.Runtime.Serialization;
using System.Text.Json;
using Mes.Persistence;

namespace Mes.Messaging;

/// <summary>
/// Events of one contract that waited together, in one message of the broker's: what a message costs the broker and whoever
/// takes it is spent once. Each is applied, and parked where it must be, as if it had come alone.
/// </summary>
/// <remarks>Public because the exchange of a type that is not would live no longer than a connection.</remarks>
/// <typeparam name="TMessage">The contract.</typeparam>
public sealed record Bundle<TMessage> where TMessage : class
{
    /// <summary>Of these events.</summary>
    public Bundle(IReadOnlyList<BundledEvent> events) =>
        Events = events ?? throw new SerializationException("A bundle has no events.");

    /// <summary>The events, in the order of the outbox.</summary>
    public IReadOnlyList<BundledEvent> Events { get; }
}

/// <summary>An event among others.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="TraceParent">W3C trace context of the command that caused it.</param>
/// <param name="Body">The contract, as the outbox keeps it: one that cannot be read costs no other.</param>
public sealed record BundledEvent(Guid Id, string? TraceParent, JsonElement Body)
{
    /// <summary>The contract that it carries, or null where it carries another, or none.</summary>
    /// <param name="why">What is wrong with it then.</param>
    public TMessage? Read<TMessage>(out Exception? why) where TMessage : class
    {
        try
        {
            var message = Body.Deserialize<TMessage>(MessageJson.Options);
            why = message is null ? new JsonException("It is null.") : null;
            return message;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException)
        {
            why = failure;
            return null;
        }
    }
}
