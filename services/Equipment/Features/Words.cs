using FluentValidation;

namespace Mes.Equipment.Features;

/// <summary>What may stand in names: nothing that a database cannot carry.</summary>
static class Words
{
    /// <summary>A required name.</summary>
    public static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(name => !string.IsNullOrWhiteSpace(name) && name.Length <= 200 && !name.Any(char.IsControl))
            .WithMessage("Use 1 to 200 characters without control characters.");
}
