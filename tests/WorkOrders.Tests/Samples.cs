using System.IO.Compression;
using System.Text;

namespace Mes.WorkOrders.Tests;

/// <summary>Small files of each type.</summary>
static class Samples
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static readonly byte[] Pdf = "%PDF-1.4\n%%EOF"u8.ToArray();

    public static readonly byte[] Html = "<!doctype html><script>alert(1)</script>"u8.ToArray();

    /// <summary>"Quantity" in Chinese and a number, as a spreadsheet in China saves it.</summary>
    public static readonly byte[] GbkCsv = [0xCA, 0xFD, 0xC1, 0xBF, (byte)',', (byte)'5', (byte)'\n'];

    /// <summary>A file by its name.</summary>
    public static byte[] Of(string name) => Path.GetExtension(name) switch
    {
        ".png" => Png,
        ".pdf" or ".PDF" => Pdf,
        ".jpg" or ".jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
        ".webp" => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8],
        ".txt" => Encoding.UTF8.GetBytes("步骤 1\tfirst\r\n"),
        ".csv" => GbkCsv,
        ".xlsx" => Office("xl/workbook.xml"),
        ".docx" => Office("word/document.xml"),
        _ => Html,
    };

    static byte[] Office(string part)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            zip.CreateEntry("[Content_Types].xml");
            zip.CreateEntry(part);
        }
        return file.ToArray();
    }
}
