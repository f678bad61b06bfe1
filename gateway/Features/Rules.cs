using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Mes.Kernel;
using Mes.Web.Auth;

namespace Mes.Gateway.Features;

/// <summary>Text of a given form; the empty text has it only if the pattern says so.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
abstract class FormAttribute(string pattern, string rule) : ValidationAttribute
{
    readonly Regex _pattern = new(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant);

    public override bool IsValid(object? value) => value is null || (value is string text && _pattern.IsMatch(text));

    public override string FormatErrorMessage(string name) => $"{name} must have {rule}.";
}

/// <summary>Text that people read: 1 to 100 characters, no control characters, no spaces around it.</summary>
sealed class LabelAttribute() : FormAttribute(
    @"\A[^\p{C}\s]([^\p{C}]{0,98}[^\p{C}\s])?\z", "1 to 100 characters, no control characters, no spaces around it");

/// <summary>A name to sign in with: 1 to 64 letters, digits or . _ - / : # + @</summary>
sealed class UserNameAttribute() : FormAttribute(
    @"\A[\p{L}\p{Nd}._\-/:#+@]{1,64}\z", "1 to 64 letters, digits or . _ - / : # + @");

/// <summary>A code that a scanner reads or a person types, as <see cref="Codes"/> says.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class CodeAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null || (value is string text && Codes.IsCode(text));

    public override string FormatErrorMessage(string name) => $"{name} is no code. {Codes.Hint}";
}

/// <summary>A PIN: 4 to 8 digits.</summary>
sealed class PinAttribute() : FormAttribute(@"\A[0-9]{4,8}\z", "4 to 8 digits");

/// <summary>A reason that a person gives for a change: at most 500 characters.</summary>
sealed class WhyAttribute() : FormAttribute(@"\A[^\p{C}]{0,500}\z", "at most 500 characters, no control characters");

/// <summary>A secret as typed or scanned: bounded, so that nobody makes the gateway hash a novel.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class SecretAttribute() : StringLengthAttribute(200)
{
    public override string FormatErrorMessage(string name) => $"{name} must have at most 200 characters.";
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

/// <summary>Codes of equipment: at most 200, together at most 1,500 characters: each request's ticket carries them.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
sealed class EquipmentCodesAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is string[] codes && codes.Length <= 200 && codes.All(Codes.IsCode)
        && codes.Sum(code => code.Length) <= 1_500;

    public override string FormatErrorMessage(string name) =>
        $"{name} must be at most 200 codes of equipment, together at most 1,500 characters.";
}
