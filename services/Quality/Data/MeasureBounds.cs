using FluentValidation;
using Mes.Web.Commands;

namespace Mes.Quality.Data;

/// <summary>Rules on the shape of what comes in, besides those all services share.</summary>
static class MeasureBounds
{
    /// <summary>A measured value or a limit of one: of either sign, up to 1e9, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsMeasure<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .InclusiveBetween(-InputBounds.QuantityMax, InputBounds.QuantityMax)
            .WithMessage("Use a value from -1,000,000,000 to 1,000,000,000.")
        .Must(value => value is null || decimal.Round(value.Value, 6) == value).WithMessage("Use at most 6 decimals.");

    /// <summary>A part of a quantity: 0 to 1e9, at most six decimals; absent is fine.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsPart<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .GreaterThanOrEqualTo(0).WithMessage("Use a quantity of 0 or more.").IsMeasure();
}
