using System.Collections.Concurrent;
using System.Text.Json;
using Mes.Persistence;

namespace Mes.Messaging;

/// <summary>A row of the outbox on its way.</summary>
sealed record OutboxRow(long Id, Guid MessageId, string Type, string Body, string? Queue, string? TraceParent)
{
    /// <summary>The queues that have it: a repeat leaves them out.</summary>
    public ConcurrentDictionary<string, byte> Delivered { get; } = new();

    /// <summary>The type of contract that it carries.</summary>
    /// <exception cref="UnroutableException">There is none of that name.</exception>
    public Type Contract()
    {
        try
        {
            return ContractTypes.Named(Type);
        }
        catch (ArgumentException failure)
        {
            throw new UnroutableException(failure.Message, failure);
        }
    }

    /// <summary>The contract that it carries.</summary>
    /// <exception cref="UnroutableException">It carries none.</exception>
    public object Read()
    {
        try
        {
            return JsonSerializer.Deserialize(Body, Contract(), MessageJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException failure)
        {
            throw new UnroutableException(failure.Message, failure);
        }
    }
}

/// <summary>A row that cannot be delivered as it is: no such contract, or nobody's queue.</summary>
sealed class UnroutableException(string why, Exception? cause = null) : Exception(why, cause);
