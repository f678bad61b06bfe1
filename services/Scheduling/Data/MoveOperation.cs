using FluentValidation;
using Mes.Scheduling.Domain;
using Mes.Web.Commands;

namespace Mes.Scheduling.Data;

/// <summary>Drags an operation to equipment and a start.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment it shall be done on.</param>
/// <param name="StartsAt">When its run shall start.</param>
/// <param name="Lock">Whether it is pinned there, so that the next planning run leaves it.</param>
/// <param name="PlanVersion">The version of the plan that the caller saw; null: whichever is in force.</param>
public sealed record MoveOperation(
    Guid OperationId, string Equipment, DateTimeOffset StartsAt, bool Lock = true, long? PlanVersion = null);

sealed class MoveOperationValidator : AbstractValidator<MoveOperation>
{
    public MoveOperationValidator()
    {
        RuleFor(move => move.OperationId).NotEmpty().WithMessage("Name the operation.");
        RuleFor(move => move.Equipment).IsCode();
        RuleFor(move => move.StartsAt).IsTime();
    }
}

/// <summary>The plan after a move and what it has otherwise than before.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Difference">What it has otherwise.</param>
public sealed record MoveAnswer(PlanView Plan, PlanChanges Difference);
