using FluentValidation;
using Mes.Equipment.Domain;

namespace Mes.Equipment.Features;

/// <summary>The time asked for, half-open.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">The first instant after it; at most 366 days later.</param>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    internal TimeRange Range => new(From, To);

    /// <summary>The window as a query.</summary>
    internal static string Query(DateTimeOffset from, DateTimeOffset to) =>
        $"?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}";
}

sealed class TimeWindowValidator : AbstractValidator<TimeWindow>
{
    const int DaysMax = 366;
    static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeWindowValidator()
    {
        RuleFor(window => window.From).InclusiveBetween(Earliest, Latest);
        RuleFor(window => window.To).InclusiveBetween(Earliest, Latest).GreaterThan(window => window.From)
            .Must((window, to) => to - window.From <= TimeSpan.FromDays(DaysMax))
            .WithMessage($"Ask for a time that ends after its start and is at most {DaysMax} days long.");
    }
}
