using ADRaffy.ENSNormalize;

namespace Mes.Kernel;

/// <summary>Text in Unicode's normal form C: the same letters are the same characters, however they were typed.</summary>
public static class NormalForm
{
    /// <summary>Below it every character is its own normal form, and none joins with the one before it.</summary>
    const char FirstThatMayChange = '\u0300';

    /// <summary>The text in normal form; the same instance where it is already.</summary>
    /// <remarks>
    /// By a library with tables of its own: without the system's ICU, which bare machines lack and the services do without,
    /// <see cref="string.Normalize()"/> gives back what it got.
    /// </remarks>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatMayChange - 1)) < 0 || !IsWellFormed(text)
            ? text
            : ENSNormalize.NF.NFC(text);

    /// <summary>Half of a pair of surrogates is no text that could be normalized.</summary>
    static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }
            at++;
        }
        return true;
    }
}
