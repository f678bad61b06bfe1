namespace Mes.Persistence;

/// <summary>A message that a consumer could not apply: kept until a person replays it; the ones behind it go on.</summary>
public sealed class ParkedMessage
{
    /// <summary>Identity within the service.</summary>
    public long Id { get; init; }

    /// <summary>Id of the message.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The consumer's queue, or <see cref="Undelivered"/>.</summary>
    public required string Queue { get; init; }

    /// <summary>Name of the contract, or <see cref="Unreadable"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The message as it came.</summary>
    public required string Body { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public required string Error { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was parked, UTC.</summary>
    public DateTimeOffset ParkedAt { get; init; }

    /// <summary>When it was last sent again, UTC, or null.</summary>
    public DateTimeOffset? ReplayedAt { get; private set; }

    /// <summary>It was sent again.</summary>
    public void Replayed(DateTimeOffset at) => ReplayedAt = at;

    /// <summary>The type of a message that is not a contract's JSON; it can be looked at but not replayed.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The queue of an event that could not be delivered; replayed, it goes to all its consumers.</summary>
    public const string Undelivered = "outbox";
}
