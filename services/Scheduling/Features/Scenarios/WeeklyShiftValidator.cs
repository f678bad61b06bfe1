using FluentValidation;
using Mes.Scheduling.Domain;
using NodaTime;

namespace Mes.Scheduling.Features.Scenarios;

sealed class WeeklyShiftValidator : AbstractValidator<WeeklyShift>
{
    public WeeklyShiftValidator() => RuleFor(shift => shift)
        .Must(shift => shift.Day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday && shift.Minutes is >= 1 and <= 10_080)
        .WithMessage("A shift has a day from Monday to Sunday and 1 to 10080 minutes.");
}
