using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mes.Kernel;

/// <summary>
/// The one rule for codes and numbers of things (materials, lots, orders, equipment, …): 1 to 100 characters in Unicode's
/// normal form C, no blanks at the ends, no control, invisible or direction-changing characters, and neither <c>.</c> nor
/// <c>..</c>, which addresses swallow.
/// </summary>
/// <remarks>A code is stored and compared in normal form: the same letters typed on another keyboard are the same code.</remarks>
public static class Codes
{
    /// <summary>How long a code may be, in UTF-16 units.</summary>
    public const int LengthMax = 100;

    /// <summary>What a code must be, for people to read.</summary>
    public const string Hint =
        "Use 1 to 100 visible characters, no blanks at the ends, and not '.' or '..' alone.";

    /// <summary>The code in its normal form, or null where it cannot be one.</summary>
    public static string? Normalize(string? code) => TryNormalize(code, out var normal) ? normal : null;

    /// <summary>Brings a code into its normal form.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryNormalize(string? code, [NotNullWhen(true)] out string? normal)
    {
        normal = null;
        if (code is not { Length: > 0 and <= LengthMax } || code is "." or ".." || !IsWellFormed(code))
        {
            return false;
        }
        normal = NormalForm.Of(code);
        return normal.Length <= LengthMax;
    }

    /// <summary>Whether this is a code, in normal form or not.</summary>
    public static bool IsCode(string? code) => TryNormalize(code, out _);

    static bool IsWellFormed(string code)
    {
        if (char.IsWhiteSpace(code[0]) || char.IsWhiteSpace(code[^1]))
        {
            return false;
        }
        for (var at = 0; at < code.Length; at += Rune.TryGetRuneAt(code, at, out var rune) ? rune.Utf16SequenceLength : 1)
        {
            if (!Rune.TryGetRuneAt(code, at, out var character) || !IsVisible(character))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A blank between words is visible; a line end, a zero-width or a direction-changing character is not.</summary>
    static bool IsVisible(Rune character) => character.Value == ' ' || Rune.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && !IsFiller(character.Value);

    /// <summary>Letters without ink: Hangul fillers, the blank Braille pattern, variation selectors.</summary>
    static bool IsFiller(int value) => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
