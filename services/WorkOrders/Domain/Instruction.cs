using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>
/// A revision of the instruction for an operation of a routing: what it says and shows. It never changes; the last one is in
/// force, for all revisions of the routing, and says no more where it is empty.
/// </summary>
public sealed class Instruction
{
    /// <summary>How many files a revision shows at most.</summary>
    public const int FilesMax = 20;

    /// <summary>How long its text may be, in characters.</summary>
    public const int TextMax = 20_000;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Code of the routing.</summary>
    public required string Routing { get; init; }

    /// <summary>Short name of the operation.</summary>
    public required string Operation { get; init; }

    /// <summary>1 is the first; each change makes the next.</summary>
    public int Revision { get; init; }

    /// <summary>What it says, or empty.</summary>
    public required string Text { get; init; }

    /// <summary>The files that it shows, in their order.</summary>
    public required List<Guid> Files { get; init; }

    /// <summary>Whether it says and shows nothing: there is no instruction any more.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Writes the next revision.</summary>
    /// <param name="last">The one before, or null.</param>
    /// <param name="routing">Code of the routing.</param>
    /// <param name="operation">Short name of the operation.</param>
    /// <param name="text">What it says.</param>
    /// <param name="files">What it shows.</param>
    /// <param name="now">The time.</param>
    /// <param name="by">Who writes it.</param>
    /// <returns>The one before where it says and shows the same.</returns>
    /// <exception cref="RuleViolation">There was none, and this one is empty: code <c>instruction-empty</c>.</exception>
    public static Instruction Write(
        Instruction? last, string routing, string operation, string text, IReadOnlyList<Guid> files, DateTimeOffset now,
        string by)
    {
        if (last is not null && last.Text == text && last.Files.SequenceEqual(files)) return last;
        var isEmpty = text.Length == 0 && files.Count == 0;
        if (isEmpty && last is null)
        {
            throw new RuleViolation("instruction-empty", "Write what is to be done, or attach a file that shows it.",
                ("routing", routing), ("operation", operation));
        }
        return new Instruction
        {
            Routing = routing, Operation = operation, Revision = (last?.Revision ?? 0) + 1, Text = text, Files = [.. files],
            IsEmpty = isEmpty, WrittenAt = now, WrittenBy = by
        };
    }
}

/// <summary>A file that instructions of an operation show, without its content. It is never changed.</summary>
public sealed class InstructionFile
{
    /// <summary>How large a file may be, in megabytes.</summary>
    public const int MegabytesMax = 50;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Code of the routing.</summary>
    public required string Routing { get; init; }

    /// <summary>Short name of the operation.</summary>
    public required string Operation { get; init; }

    /// <summary>Its name, which ends as files of its type do.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type, by its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size, bytes.</summary>
    public int SizeBytes { get; init; }

    /// <summary>SHA-256 of its content in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>Name of who sent it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>Takes a file for the instruction of an operation.</summary>
    /// <exception cref="RuleViolation">The file is none that is taken.</exception>
    public static InstructionFile Of(
        string routing, string operation, string name, ReadOnlySpan<byte> content, DateTimeOffset now, string by)
    {
        var known = FileContent.Of(name, content, MegabytesMax, FileType.OfInstruction);
        return new InstructionFile
        {
            Id = Guid.CreateVersion7(), Routing = routing, Operation = operation, Name = name, ContentType = known.ContentType,
            SizeBytes = known.SizeBytes, Sha256 = known.Sha256, AddedAt = now, AddedBy = by
        };
    }
}

/// <summary>The content of such a file, apart from it so that lists do not load it.</summary>
/// <remarks>The trail tells of the file, with the hash of this.</remarks>
[NotAudited]
public sealed class InstructionContent
{
    /// <summary>The file.</summary>
    public Guid FileId { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Content { get; init; }
}
