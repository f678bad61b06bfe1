using System.Security.Cryptography;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>What a product looks like.</summary>
public sealed class ProductPicture
{
    /// <summary>How large a picture may be, in bytes.</summary>
    public const int SizeBytesMax = 2 * 1024 * 1024;

    /// <summary>Code of the product.</summary>
    public required string Product { get; init; }

    /// <summary>Its media type, by its content.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>SHA-256 of its content in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>The bytes, which the trail knows by their hash.</summary>
    [NotAudited]
    public byte[] Content { get; private set; } = [];

    /// <summary>What tells a picture from others: the beginning of its hash.</summary>
    public static string VersionOf(string sha256) => sha256[..16];

    /// <summary>Shows another picture.</summary>
    /// <exception cref="RuleViolation">It is too large, or no picture.</exception>
    public void Show(byte[] content)
    {
        if (content.Length > SizeBytesMax)
        {
            throw new RuleViolation("picture-too-large", "Send a picture of at most 2 MB; fewer pixels make it smaller.",
                ("sizeBytes", content.Length), ("maximum", SizeBytesMax));
        }
        (ContentType, Content) = (FileType.OfPicture(content).MediaType, content);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
