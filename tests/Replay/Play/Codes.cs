using System.Security.Cryptography;
using System.Text;

namespace Mes.Replay.Play;

/// <summary>Turns the log's names, which may hold anything, into codes that the API takes.</summary>
static class Codes
{
    /// <summary>The longest code, in UTF-16 units.</summary>
    public const int CharsMax = 100;

    /// <summary>The longest name to show.</summary>
    public const int NameCharsMax = 200;

    const int DigestChars = 8;

    /// <summary>
    /// The text itself where it can be a code. One that is too long, or holds control characters, is made to fit and
    /// gets a digest of the original at its end, so that different texts stay different.
    /// </summary>
    public static string Clean(string text, int charsMax = CharsMax)
    {
        if (text.Length <= charsMax && !text.Any(char.IsControl))
            return text;

        var digest = "~" + Digest(text);
        var visible = string.Concat(text.Select(c => char.IsControl(c) ? '.' : c));
        return Head(visible, charsMax - digest.Length) + digest;
    }

    /// <summary>
    /// A code for each name that can stand in an address as it is: lower-case letters, digits and hyphens. Names that
    /// would share a code, or whose letters all fall away, get a digest of the name as well.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Slugs(IEnumerable<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToList();
        var uses = distinct.CountBy(Slug).ToDictionary();
        return distinct.ToDictionary(
            name => name,
            name => Slug(name) is { Length: > 0 } slug && uses[slug] == 1 ? slug : $"{Slug(name)}-{Digest(name)}".Trim('-'),
            StringComparer.Ordinal);
    }

    static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        return Head(slug.ToString().Trim('-'), CharsMax - DigestChars - 1).TrimEnd('-');
    }

    // A character outside the basic plane is two units, which are not parted.
    static string Head(string text, int charsMax)
    {
        if (text.Length <= charsMax)
            return text;
        var end = char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax;
        return text[..end].TrimEnd();
    }

    static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestChars];
}
