using FluentValidation;
using Mes.Hosting.Problems;

namespace Mes.Equipment.Features;

/// <summary>What may stand in codes and names: nothing that a database or an address cannot carry.</summary>
static class Words
{
    const int CodeLengthMax = 100;

    const string CodeHint = "Use 1 to 100 characters without '/', control characters, or blanks at the ends.";

    /// <summary>A required code.</summary>
    public static IRuleBuilderOptions<T, string> IsCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsCode).WithMessage(CodeHint);

    /// <summary>A code that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> IsCodeOrNull<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => code is null || IsCode(code)).WithMessage(CodeHint);

    /// <summary>A code that other services give, such as an order's number, or none; it may hold a slash.</summary>
    public static IRuleBuilderOptions<T, string?> IsOthersCodeOrNull<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => code is null || IsCode(code.Replace('/', '-')))
            .WithMessage("Use 1 to 100 characters without control characters, or blanks at the ends.");

    /// <summary>A required name.</summary>
    public static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(name => !string.IsNullOrWhiteSpace(name) && name.Length <= 200 && !name.Any(char.IsControl))
            .WithMessage("Use 1 to 200 characters without control characters.");

    /// <summary>Refuses a code in an address that cannot be one.</summary>
    /// <exception cref="RuleViolation">It is none (400).</exception>
    public static string RequireCode(string code) => IsCode(code)
        ? code
        : throw RuleViolation.BadRequest("invalid-code", CodeHint, ("code", code));

    static bool IsCode(string? code) =>
        code is { Length: > 0 and <= CodeLengthMax } && code.Trim() == code
        && !code.Contains('/') && !code.Any(char.IsControl);
}
