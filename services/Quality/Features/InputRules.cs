using System.Globalization;
using FluentValidation;
using Mes.Hosting;
using Mes.Hosting.Problems;

namespace Mes.Quality.Features;

/// <summary>Rules on the shape of what comes in, besides those all services share.</summary>
static class InputRules
{
    /// <summary>A measured value or a limit of one: of either sign, up to 1e9, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsMeasure<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(value => value is null
            || (decimal.Abs(value.Value) <= ValidationRules.QuantityMax && decimal.Round(value.Value, 6) == value))
        .WithMessage("Use a value from -1,000,000,000 to 1,000,000,000 with at most 6 decimals.");

    /// <summary>A part of a quantity: 0 to 1e9, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsPart<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .Must(part => part is not < 0).WithMessage("Use a quantity of 0 or more.").IsMeasure();

    /// <summary>A reason in free words that must be given.</summary>
    public static IRuleBuilderOptions<T, string?> IsGivenReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().WithMessage("Say why.").IsReason();

    /// <summary>The serial that a page, newest first, begins before.</summary>
    /// <exception cref="RuleViolation"><c>page-key-wrong</c> (400).</exception>
    public static long SerialBefore(this PageRequest page) => page.After is null ? long.MaxValue
        : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) ? serial
        : throw PageKeyWrong(page);

    /// <summary>The id that a page, newest first, begins before.</summary>
    /// <exception cref="RuleViolation"><c>page-key-wrong</c> (400).</exception>
    public static Guid IdBefore(this PageRequest page) => page.After is null ? Guid.AllBitsSet
        : Guid.TryParse(page.After, out var id) ? id
        : throw PageKeyWrong(page);

    static RuleViolation PageKeyWrong(PageRequest page) => RuleViolation.BadRequest(
        "page-key-wrong", "Send as 'after' what the page before gave as 'next'.", ("after", page.After));
}
