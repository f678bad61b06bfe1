using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>
/// A file that somebody has attached to an order, without its content. It is never changed; one that was removed is kept, and
/// can be brought back.
/// </summary>
public sealed class OrderAttachment
{
    /// <summary>How large a file may be, in megabytes.</summary>
    public const int MegabytesMax = 20;

    /// <summary>How many an order has at most, those that were removed not counted.</summary>
    public const int CountMax = 50;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>Its name, which ends as files of its type do.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type, by its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size, bytes.</summary>
    public int SizeBytes { get; init; }

    /// <summary>SHA-256 of its content in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was attached, UTC.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>Name of who attached it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When it was removed, UTC; null while it is there.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Name of who removed it.</summary>
    public string? RemovedBy { get; private set; }

    /// <summary>Attaches a file to an order that has so many.</summary>
    /// <exception cref="RuleViolation">The file is none that is taken, or the order has enough.</exception>
    public static OrderAttachment Attach(
        Guid orderId, int count, string name, ReadOnlySpan<byte> content, DateTimeOffset now, string by)
    {
        MustHaveRoom(count);
        var known = FileContent.Of(name, content, MegabytesMax, FileType.OfFile);
        return new OrderAttachment
        {
            Id = Guid.CreateVersion7(), OrderId = orderId, Name = name, ContentType = known.ContentType,
            SizeBytes = known.SizeBytes, Sha256 = known.Sha256, AddedAt = now, AddedBy = by
        };
    }

    /// <summary>Takes it from the order; one that is gone already stays as it is.</summary>
    public void Remove(DateTimeOffset now, string by) =>
        (RemovedAt, RemovedBy) = RemovedAt is null ? (now, by) : (RemovedAt, RemovedBy);

    /// <summary>Gives it back to the order, which has so many others; one that is there stays as it is.</summary>
    /// <exception cref="RuleViolation">The order has enough.</exception>
    public void Restore(int count)
    {
        if (RemovedAt is null) return;
        MustHaveRoom(count);
        (RemovedAt, RemovedBy) = (null, null);
    }

    static void MustHaveRoom(int count)
    {
        if (count >= CountMax)
        {
            throw new RuleViolation("too-many-attachments", "The order has as many attachments as it may. Remove one first.",
                ("count", count), ("maximum", CountMax));
        }
    }
}

/// <summary>The content of an attachment, apart from it so that lists do not load it.</summary>
/// <remarks>The trail tells of the attachment, with the hash of this.</remarks>
[NotAudited]
public sealed class AttachmentContent
{
    /// <summary>The attachment.</summary>
    public Guid AttachmentId { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Content { get; init; }
}
