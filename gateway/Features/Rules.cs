using System.ComponentModel.DataAnnotations;
using Mes.Hosting.Auth;

namespace Mes.Gateway.Features;

/// <summary>Text that people read: 1 to 100 characters, no control characters, no spaces around it.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class LabelAttribute() : RegularExpressionAttribute(@"^[^\p{C}\s]([^\p{C}]{0,98}[^\p{C}\s])?$")
{
    public override string FormatErrorMessage(string name) =>
        $"{name} must have 1 to 100 characters, without control characters or spaces around it.";
}

/// <summary>A code that a scanner reads or a person types: 1 to 64 letters, digits or . _ - / : # + @</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class CodeAttribute() : RegularExpressionAttribute(@"^[\p{L}\p{Nd}._\-/:#+@]{1,64}$")
{
    public override string FormatErrorMessage(string name) =>
        $"{name} must have 1 to 64 letters, digits or . _ - / : # + @";
}

/// <summary>A PIN: 4 to 8 digits.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class PinAttribute() : RegularExpressionAttribute("^[0-9]{4,8}$")
{
    public override string FormatErrorMessage(string name) => $"{name} must have 4 to 8 digits.";
}

/// <summary>A secret as typed or scanned: bounded, so that nobody makes the gateway hash a novel.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class SecretAttribute() : StringLengthAttribute(200)
{
    public override string FormatErrorMessage(string name) => $"{name} must have at most 200 characters.";
}

/// <summary>A reason that a person gives for a change: at most 500 characters.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class WhyAttribute() : RegularExpressionAttribute(@"^[^\p{Cc}]{0,500}$")
{
    public override string FormatErrorMessage(string name) =>
        $"{name} must have at most 500 characters and no control characters.";
}

/// <summary>Names of roles that exist.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class RoleNamesAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is string[] roles && roles.Length <= Roles.PermissionsOf.Count
        && roles.All(role => role is not null && Roles.Exists(role));

    public override string FormatErrorMessage(string name) =>
        $"{name} must be some of: {string.Join(", ", Roles.PermissionsOf.Keys.Order(StringComparer.Ordinal))}.";
}

/// <summary>Codes of equipment: at most 200.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class EquipmentCodesAttribute : ValidationAttribute
{
    static readonly LabelAttribute Each = new();

    public override bool IsValid(object? value) =>
        value is string[] codes && codes.Length <= 200 && codes.All(code => code is not null && Each.IsValid(code));

    public override string FormatErrorMessage(string name) => $"{name} must be at most 200 codes of equipment.";
}
