using System.Globalization;
using FluentValidation;
using Mes.Hosting;
using Mes.Hosting.Problems;

namespace Mes.Quality.Features;

/// <summary>Rules on the shape of what comes in; the hints are for people.</summary>
static class InputRules
{
    const decimal Largest = 1_000_000_000m;

    /// <summary>Text to be stored: not blank, at most so long, without control characters; absent is fine.</summary>
    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int charactersMax) => rule
        .Must(text => text is null || (text.Length <= charactersMax && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)))
        .WithMessage($"Send 1 to {charactersMax} characters, no control characters.");

    /// <summary>A quantity: above 0, at most 1,000,000,000, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsQuantity<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(quantity => quantity is null or (> 0 and <= Largest) && HasSixDecimals(quantity))
        .WithMessage("Send a quantity above 0, at most 1000000000, with at most six decimals.");

    /// <summary>A quantity that may be 0; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsQuantityOrZero<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(quantity => quantity is null or (>= 0 and <= Largest) && HasSixDecimals(quantity))
        .WithMessage("Send a quantity from 0 to 1000000000, with at most six decimals.");

    /// <summary>A measured value or a limit of one: of either sign, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsMeasure<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(value => value is null or (>= -Largest and <= Largest) && HasSixDecimals(value))
        .WithMessage("Send a value from -1000000000 to 1000000000, with at most six decimals.");

    /// <summary>The serial that a page, newest first, begins before.</summary>
    /// <exception cref="RuleViolation"><c>page-key-wrong</c> (400).</exception>
    public static long SerialBefore(this PageRequest page) => page.After is null ? long.MaxValue
        : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) ? serial
        : throw PageKeyWrong(page);

    /// <summary>The refusal of a page key that no page has given.</summary>
    public static RuleViolation PageKeyWrong(PageRequest page) => RuleViolation.BadRequest(
        "page-key-wrong", "Send as 'after' what the page before gave as 'next'.", ("after", page.After));

    static bool HasSixDecimals(decimal? value) => value is null || decimal.Round(value.Value, 6) == value;
}
