using FluentValidation;
using Mes.Scheduling.Domain;
using Mes.Web.Commands;

namespace Mes.Scheduling.Data;

sealed class PlacedOperationValidator : AbstractValidator<PlacedOperation>
{
    public PlacedOperationValidator()
    {
        RuleFor(place => place.OperationId).NotEmpty().WithMessage("Name the operation.");
        RuleFor(place => place.Equipment).IsCode();
        RuleFor(place => place.StartsAt).IsTime();
    }
}

sealed class PlanStepValidator : AbstractValidator<PlanStep>
{
    const int MovedMax = 200;
    const int NamedMax = 1_000;

    public PlanStepValidator()
    {
        RuleFor(step => step.Operations).Must(places => places is { Count: >= 1 and <= MovedMax }
                && places.DistinctBy(place => place.OperationId).Count() == places.Count)
            .WithMessage($"Name 1 to {MovedMax} operations to move, each once.")
            .When(step => step.Kind == PlanStepKind.Move);
        RuleForEach(step => step.Operations).SetValidator(new PlacedOperationValidator());
        RuleFor(step => step.OperationIds).Must(ids => ids is { Count: 2 } && ids[0] != ids[1])
            .WithMessage("Name two operations to swap.").When(step => step.Kind == PlanStepKind.Swap);
        RuleFor(step => step.OperationIds).Must(ids => ids is { Count: >= 1 and <= NamedMax })
            .WithMessage($"Name 1 to {NamedMax} operations.").When(step => step.Kind is PlanStepKind.Lock
                or PlanStepKind.Unlock or PlanStepKind.Unplan or PlanStepKind.PlanAgain);
        RuleFor(step => step.OrderId).NotNull().WithMessage("Name the order to place.")
            .When(step => step.Kind == PlanStepKind.PlaceOrder);
        RuleFor(step => step.Side).NotNull().WithMessage("Say whether the order is placed early or late.")
            .When(step => step.Kind == PlanStepKind.PlaceOrder);
    }
}
