using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>
/// A Global Trade Item Number (GS1 General Specifications, section 3): 8, 12, 13 or 14 digits, the last a check digit.
/// </summary>
public static class Gtin
{
    const int Length = 14;

    /// <summary>The number in its one form of 14 digits.</summary>
    /// <exception cref="RuleViolation">It is none: code <c>gtin-wrong</c>.</exception>
    public static string Normalize(string text)
    {
        if (text.Length is not (8 or 12 or 13 or Length) || !text.All(char.IsAsciiDigit))
        {
            throw Wrong("Give its 8, 12, 13 or 14 digits.", text);
        }
        var number = text.PadLeft(Length, '0');
        var expected = CheckDigit(number[..^1]);
        return number[^1] == expected ? number
            : throw Wrong($"The check digit should be {expected}: one digit is mistyped.", text);
    }

    // From the right, digits count three times and once in turn (section 7.9)
    static char CheckDigit(string digits)
    {
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 3 : 1)).Sum();
        return (char)('0' + (10 - sum % 10) % 10);
    }

    static RuleViolation Wrong(string hint, string text) => new("gtin-wrong", hint, ("gtin", text));
}
