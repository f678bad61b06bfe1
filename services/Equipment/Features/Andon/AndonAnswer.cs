using FluentValidation;
using Mes.Web.Commands;

namespace Mes.Equipment.Features.Andon;

/// <summary>What is done about a call.</summary>
/// <param name="Note">What is to be said about it, or null.</param>
public sealed record AndonAnswer(string? Note = null);

sealed class AndonAnswerValidator : AbstractValidator<AndonAnswer>
{
    public AndonAnswerValidator() => RuleFor(answer => answer.Note).IsReason();
}
