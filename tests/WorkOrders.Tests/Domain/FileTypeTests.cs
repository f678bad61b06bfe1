using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>Types of files, told by their content.</summary>
public class FileTypeTests
{
    [Theory]
    [InlineData("a.png", "image/png")]
    [InlineData("a.JPG", "image/jpeg", "a.jpg")]
    [InlineData("a.b.webp", "image/webp")]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.csv", "text/csv")]
    [InlineData("a.txt", "text/plain")]
    public void Each_is_known_under_its_ending(string name, string type, string? like = null) =>
        FileType.OfFile(name, Samples.Of(like ?? name)).MediaType.ShouldBe(type);

    [Fact]
    public void No_beginning_of_a_file_is_the_file()
    {
        foreach (var name in new[] { "a.png", "a.jpg", "a.webp", "a.pdf", "a.xlsx", "a.docx" })
        {
            var content = Samples.Of(name);
            Should.Throw<RuleViolation>(() => FileType.OfFile(name, content.AsSpan(0, 2)));
            Should.Throw<RuleViolation>(() => FileType.OfFile(name, content.AsSpan(1)));
            foreach (var other in new[] { "b.png", "b.jpg", "b.webp", "b.pdf", "b.xlsx", "b.docx" })
            {
                if (other[1..] != name[1..]) Should.Throw<RuleViolation>(() => FileType.OfFile(other, content));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' }, true)]          // UTF-8 with its mark
    [InlineData(new byte[] { 0xC4, 0xE3, 0xBA, 0xC3, (byte)'\r', (byte)'\n' }, true)] // GBK
    [InlineData(new byte[] { 0x81, 0x30, 0x81, 0x30, (byte)'x' }, true)]    // four bytes of GB 18030
    [InlineData(new byte[] { 0xC4 }, false)]                                // half a pair
    [InlineData(new byte[] { 0xC4, 0x20 }, false)]
    [InlineData(new byte[] { 0x81, 0x30, 0x81 }, false)]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, false)]            // UTF-16
    [InlineData(new byte[] { (byte)'a', 0 }, false)]
    [InlineData(new byte[] { (byte)'a', 0x1B, (byte)'[' }, false)]          // what a terminal obeys
    [InlineData(new byte[] { (byte)'a', 0x7F }, false)]
    public void Text_is_of_characters_that_are_seen(byte[] content, bool isText)
    {
        if (isText) FileType.OfFile("a.txt", content).MediaType.ShouldBe("text/plain");
        else Should.Throw<RuleViolation>(() => FileType.OfFile("a.txt", content)).Code.ShouldBe("attachment-content-mismatch");
    }
}
