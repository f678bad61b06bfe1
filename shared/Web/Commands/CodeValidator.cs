using FluentValidation;
using FluentValidation.Validators;
using Mes.Kernel;

namespace Mes.Web.Commands;

/// <summary>The rule for codes, as one that says its bounds to who describes it.</summary>
sealed class CodeValidator<T>(bool isOptional) : PropertyValidator<T, string?>, ILengthValidator
{
    public override string Name => nameof(CodeValidator<>);

    public int Min => 1;

    public int Max => Codes.LengthMax;

    public override bool IsValid(ValidationContext<T> context, string? value) =>
        value is null ? isOptional : Codes.IsCode(value);
}
