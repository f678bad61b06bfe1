using System.Text.Unicode;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>
/// A type of files that is taken. It is known by the content, which no name can disguise: what is shown as a picture is one.
/// </summary>
public sealed class FileType
{
    delegate bool Recognizer(ReadOnlySpan<byte> content);

    // Within so many bytes the head of such a file says what it holds: Matroska begins alike
    const int EbmlHeadBytes = 64;

    static readonly FileType[] Pictures =
    [
        new("image/png", content => content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), "png"),
        new("image/jpeg", content => content.StartsWith<byte>([0xFF, 0xD8, 0xFF]), "jpg", "jpeg"),
        new("image/webp",
            content => content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..12].SequenceEqual("WEBP"u8), "webp"),
    ];

    static readonly FileType Pdf = new("application/pdf", content => content.StartsWith("%PDF-"u8), "pdf");

    static readonly FileType[] Files =
    [
        .. Pictures, Pdf,
        new("text/plain", IsText, "txt"),
        new("text/csv", IsText, "csv"),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", content => IsOffice(content, "xl/"u8), "xlsx"),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", content => IsOffice(content, "word/"u8),
            "docx"),
    ];

    static readonly FileType[] OfInstructions =
    [
        .. Pictures, Pdf,
        new("video/mp4", content => content.Length > 12 && content[4..8].SequenceEqual("ftyp"u8), "mp4", "m4v"),
        new("video/webm", content => content.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])
            && content[..Math.Min(content.Length, EbmlHeadBytes)].IndexOf("webm"u8) > 0, "webm"),
    ];

    readonly Recognizer _recognizes;
    readonly string[] _endings;

    FileType(string mediaType, Recognizer recognizes, params string[] endings) =>
        (MediaType, _recognizes, _endings) = (mediaType, recognizes, endings);

    /// <summary>Its media type.</summary>
    public string MediaType { get; }

    /// <summary>The type of a file by its content, which must be what the name's ending says.</summary>
    /// <exception cref="RuleViolation">
    /// Codes <c>attachment-type-not-supported</c> and <c>attachment-content-mismatch</c>.
    /// </exception>
    public static FileType OfFile(string name, ReadOnlySpan<byte> content) => Of(Files, name, content);

    /// <summary>The same of a file of a work instruction: a picture, a PDF or a video.</summary>
    /// <exception cref="RuleViolation">As of other files.</exception>
    public static FileType OfInstruction(string name, ReadOnlySpan<byte> content) => Of(OfInstructions, name, content);

    static FileType Of(FileType[] types, string name, ReadOnlySpan<byte> content)
    {
        var ending = EndingOf(name);
        var type = Array.Find(types, one => one._endings.Contains(ending)) ?? throw new RuleViolation(
            "attachment-type-not-supported", $"Attach one of these, under a name that ends so: {EndingsOf(types)}.",
            ("name", name), ("ending", ending));
        return type._recognizes(content) ? type : throw new RuleViolation("attachment-content-mismatch",
            "The content is not what the name's ending says. Save the file anew, or name it rightly.",
            ("name", name), ("ending", ending));
    }

    /// <summary>The type of a picture by its content.</summary>
    /// <exception cref="RuleViolation">Code <c>picture-type-not-supported</c>.</exception>
    public static FileType OfPicture(ReadOnlySpan<byte> content)
    {
        foreach (var type in Pictures)
        {
            if (type._recognizes(content)) return type;
        }
        throw new RuleViolation("picture-type-not-supported", "Send a picture that is PNG, JPEG or WebP.");
    }

    static string EndingOf(string name) =>
        name.LastIndexOf('.') is > 0 and var dot ? name[(dot + 1)..].ToLowerInvariant() : "";

    static string EndingsOf(IEnumerable<FileType> types) =>
        string.Join(", ", types.SelectMany(type => type._endings).Select(ending => $".{ending}"));

    /// <summary>A zip whose parts are a workbook's or a document's; names of parts stand in it uncompressed.</summary>
    static bool IsOffice(ReadOnlySpan<byte> content, ReadOnlySpan<byte> folder) => content.StartsWith("PK\x03\x04"u8)
        && content.IndexOf("[Content_Types].xml"u8) >= 0 && content.IndexOf(folder) >= 0;

    /// <summary>Text in UTF-8, or in GBK as spreadsheets in China save it, without control characters.</summary>
    static bool IsText(ReadOnlySpan<byte> content) => !HasControls(content) && (Utf8.IsValid(content) || IsGbk(content));

    static bool HasControls(ReadOnlySpan<byte> content)
    {
        foreach (var value in content)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F) return true;
        }
        return false;
    }

    /// <summary>Whether it is ASCII and pairs of bytes as GBK has them, or the fours of GB 18030.</summary>
    static bool IsGbk(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            var length = content switch
            {
                [< 0x80, ..] => 1,
                [>= 0x81 and <= 0xFE, >= 0x40 and <= 0xFE, ..] => 2,
                [>= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..] => 4,
                _ => 0,
            };
            if (length == 0) return false;
            content = content[length..];
        }
        return true;
    }
}
