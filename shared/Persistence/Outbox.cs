using System.Diagnostics;
using System.Text.Json;
using Mes.Contracts;

namespace Mes.Persistence;

/// <summary>An event that waits to be dispatched; gone once every consumer has it (or the broker has confirmed it).</summary>
public sealed class OutboxMessage
{
    /// <summary>Position; taken while the aggregate is locked, so that it orders the events of one aggregate.</summary>
    public long Id { get; init; }

    /// <summary>The message's id: consumers apply a message id once.</summary>
    public Guid MessageId { get; init; }

    /// <summary>Name of the contract.</summary>
    public required string Type { get; init; }

    /// <summary>The contract as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>The one queue it goes to (a replay), or null for all consumers of the type.</summary>
    public string? Queue { get; init; }

    /// <summary>W3C trace context of the command that caused it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>Adds events to the unit of work; the only way to publish.</summary>
public readonly struct Outbox(MesDbContext db)
{
    /// <summary>Publishes <paramref name="contract"/> when, and only when, the current transaction commits.</summary>
    public void Add<T>(T contract) where T : class
    {
        var type = ContractTypes.NameOf(typeof(T));
        db.HasNewEvents = true;
        db.Entries.Add(new OutboxMessage
        {
            MessageId = Guid.CreateVersion7(),
            Type = type,
            Body = JsonSerializer.Serialize(contract, MessageJson.Options),
            TraceParent = Activity.Current?.Id
        });
    }

    /// <summary>Sends a parked message again, under its own id: to the consumer that parked it, or to all.</summary>
    public void Resend(ParkedMessage parked)
    {
        db.HasNewEvents = true;
        db.Entries.Add(new OutboxMessage
        {
            MessageId = parked.MessageId, Type = parked.Type, Body = parked.Body,
            Queue = parked.Queue == ParkedMessage.Undelivered ? null : parked.Queue,
            TraceParent = Activity.Current?.Id
        });
    }
}

/// <summary>The contracts by name, and which queues consume each.</summary>
public static class ContractTypes
{
    static readonly Dictionary<string, Type> ByName = typeof(ContractAttribute).Assembly.GetExportedTypes()
        .Where(type => type.IsDefined(typeof(ContractAttribute), false)).ToDictionary(type => type.Name);

    static readonly Dictionary<string, IReadOnlyList<string>> QueuesByName =
        ByName.ToDictionary(pair => pair.Key, pair => AttributeOf(pair.Value).Consumers);

    /// <summary>All contracts.</summary>
    public static IReadOnlyCollection<Type> All => ByName.Values;

    /// <summary>The name under which a contract travels.</summary>
    /// <exception cref="ArgumentException">The type is not a contract.</exception>
    public static string NameOf(Type type) => ByName.TryGetValue(type.Name, out var known) && known == type
        ? type.Name
        : throw new ArgumentException($"{type} is not a contract: mark it [Fact] or [State] in Mes.Contracts.");

    /// <summary>The contract of that name.</summary>
    /// <exception cref="ArgumentException">No contract has that name.</exception>
    public static Type Named(string name) => ByName.TryGetValue(name, out var type)
        ? type
        : throw new ArgumentException($"No contract is named '{name}'. Known: {string.Join(", ", ByName.Keys.Order())}.");

    /// <summary>The queues that consume the contract of that name.</summary>
    public static IReadOnlyList<string> QueuesOf(string name) => QueuesByName[name];

    /// <summary>The names of the contracts that any of the queues consumes.</summary>
    public static IEnumerable<string> ConsumedBy(IReadOnlyCollection<string> queues) =>
        QueuesByName.Where(pair => pair.Value.Any(queues.Contains)).Select(pair => pair.Key);

    static ContractAttribute AttributeOf(Type type) =>
        (ContractAttribute)type.GetCustomAttributes(typeof(ContractAttribute), false).Single();
}
