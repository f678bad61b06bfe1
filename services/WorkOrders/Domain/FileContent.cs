using System.Security.Cryptography;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>What is known of a file that is taken.</summary>
/// <param name="ContentType">Its media type, by its content.</param>
/// <param name="SizeBytes">Its size, bytes.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hexadecimal digits.</param>
public sealed record FileContent(string ContentType, int SizeBytes, string Sha256)
{
    /// <summary>Tells the type of a file by its name and its content.</summary>
    public delegate FileType TypeOf(string name, ReadOnlySpan<byte> content);

    const int Megabyte = 1024 * 1024;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="RuleViolation">It is empty, too large, or of no type that is taken.</exception>
    public static FileContent Of(string name, ReadOnlySpan<byte> content, int megabytesMax, TypeOf typeOf)
    {
        if (content.IsEmpty)
        {
            throw new RuleViolation("attachment-empty", "The file is empty. Attach one that holds something.", ("name", name));
        }
        if (content.Length > megabytesMax * Megabyte)
        {
            throw new RuleViolation("attachment-too-large", $"Attach a file of at most {megabytesMax} MB.",
                ("name", name), ("sizeBytes", content.Length), ("maximum", megabytesMax * Megabyte));
        }
        return new FileContent(
            typeOf(name, content).MediaType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
