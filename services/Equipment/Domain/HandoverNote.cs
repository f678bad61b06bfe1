using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>What a shift tells the next one at a work center; acknowledged once, by somebody else.</summary>
public sealed class HandoverNote
{
    /// <summary>How long it may be, in characters.</summary>
    public const int TextMax = 4000;

    /// <summary>Identity: the id of the command.</summary>
    public Guid Id { get; init; }

    /// <summary>Code of the work center.</summary>
    public required string WorkCenter { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Identity of who wrote it: the code of a person, else of the program.</summary>
    public required string WriterId { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Name of who acknowledged it, or null.</summary>
    public string? AcknowledgedBy { get; private set; }

    /// <summary>When, UTC, or null while it is open.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>The next shift knows of it.</summary>
    /// <exception cref="RuleViolation">It is one's own, or somebody has acknowledged it before.</exception>
    public void Acknowledge(string readerId, string by, DateTimeOffset at)
    {
        if (readerId == WriterId)
        {
            throw new RuleViolation("own-handover-note", "Whoever takes over acknowledges it.", ("writtenBy", WrittenBy));
        }
        if (AcknowledgedAt is not null)
        {
            throw RuleViolation.Conflict("handover-note-acknowledged", "Nothing is to be done: somebody knows of it.",
                ("acknowledgedBy", AcknowledgedBy), ("acknowledgedAt", AcknowledgedAt));
        }
        (AcknowledgedBy, AcknowledgedAt) = (by, at > WrittenAt ? at : WrittenAt);
    }
}
