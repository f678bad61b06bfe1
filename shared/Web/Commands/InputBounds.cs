using System.Globalization;
using FluentValidation;
using Mes.Kernel;

namespace Mes.Web.Commands;

/// <summary>Bounds that all requests share.</summary>
public static class InputBounds
{
    /// <summary>The largest quantity that can be entered.</summary>
    public const decimal QuantityMax = 1_000_000_000;

    /// <summary>The code of the refusal of a text that is no code.</summary>
    public const string InvalidCode = "invalid-code";

    /// <summary>A code as <see cref="Codes"/> says.</summary>
    public static IRuleBuilderOptions<T, string> IsCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new CodeValidator<T>(isOptional: false)).WithMessage(Codes.Hint).WithErrorCode(InvalidCode);

    /// <summary>A code as <see cref="Codes"/> says, or none.</summary>
    public static IRuleBuilderOptions<T, string?> IsCodeOrNull<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new CodeValidator<T>(isOptional: true)).WithMessage(Codes.Hint).WithErrorCode(InvalidCode);

    /// <summary>
    /// A name to show: 1 to 200 characters, no control, invisible or direction-changing characters. Joiners, which scripts and
    /// signs are written with, may be there.
    /// </summary>
    public static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Give a name.")
        .MaximumLength(200).WithMessage("Use at most 200 characters.")
        .Must(IsClean).WithMessage("Use no control or invisible characters, and no spaces at the ends.");

    /// <summary>The name of a file: as <see cref="IsName"/>, without folders.</summary>
    public static IRuleBuilderOptions<T, string> IsFileName<T>(this IRuleBuilder<T, string> rule) => rule.IsName()
        .Must(name => name is null || name.AsSpan().IndexOfAny('/', '\\') < 0).WithMessage("Leave the folders out of the name.");

    /// <summary>A reason in free words, or none: at most 1000 characters.</summary>
    public static IRuleBuilderOptions<T, string?> IsReason<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(1000).WithMessage("Use at most 1000 characters.");

    /// <summary>A reason in free words that must be given.</summary>
    public static IRuleBuilderOptions<T, string?> IsGivenReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().WithMessage("Say why.").IsReason();

    /// <summary>A quantity from 0 to 1e9 with at most 6 decimals.</summary>
    public static IRuleBuilderOptions<T, decimal> IsQuantity<T>(this IRuleBuilder<T, decimal> rule) => rule
        .InclusiveBetween(0, QuantityMax).WithMessage($"Use a quantity from 0 to {QuantityMax:N0}.")
        .Must(HasSixDecimals).WithMessage("Use at most 6 decimals.");

    /// <summary>A quantity above 0, to 1e9, with at most 6 decimals.</summary>
    public static IRuleBuilderOptions<T, decimal> IsPositiveQuantity<T>(this IRuleBuilder<T, decimal> rule) =>
        rule.GreaterThan(0).WithMessage("Use a quantity above 0.").IsQuantity();

    /// <summary>A time between 2000 and 2200.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset> IsTime<T>(this IRuleBuilder<T, DateTimeOffset> rule) => rule
        .Must(time => time.UtcDateTime.Year is >= 2000 and < 2200).WithMessage("Use a time from 2000 to 2199.");

    static bool IsClean(string? text) => text is null || (text.Trim() == text && !text.Any(IsUnseen));

    static bool IsUnseen(char character) => character is not ('\u200c' or '\u200d' or '\u00ad')
        && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    static bool HasSixDecimals(decimal quantity) => decimal.Round(quantity, 6) == quantity;
}
