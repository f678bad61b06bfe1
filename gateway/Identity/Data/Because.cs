using FluentValidation;
using Mes.Web.Commands;

namespace Mes.Gateway.Identity.Data;

/// <summary>The reason that somebody gives who takes something away.</summary>
/// <param name="Reason">For the audit trail.</param>
public sealed record Because(string? Reason);

sealed class BecauseValidator : AbstractValidator<Because>
{
    public BecauseValidator() => RuleFor(because => because.Reason).IsReason();
}
