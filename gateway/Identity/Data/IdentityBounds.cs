using System.Text.RegularExpressions;
using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Kernel;
using Mes.Web.Auth;

namespace Mes.Gateway.Identity.Data;

/// <summary>Bounds that the requests of identity share.</summary>
static partial class IdentityBounds
{
    const int SecretCharactersMax = 200;
    const int EquipmentMax = 200;
    const int WorkCentersMax = 50;

    /// <summary>A name to sign in with: 1 to 64 letters, digits or . _ - / : # + @</summary>
    public static IRuleBuilderOptions<T, string> IsUserName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(UserName()).WithMessage("Use 1 to 64 letters, digits or . _ - / : # + @");

    /// <summary>A PIN: 4 to 8 digits, or none.</summary>
    public static IRuleBuilderOptions<T, string?> IsPinOrNull<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(Pin()).WithMessage("Use 4 to 8 digits.");

    /// <summary>A secret as typed or scanned: bounded, so that nobody makes the gateway hash a novel.</summary>
    public static IRuleBuilderOptions<T, string> IsSecret<T>(this IRuleBuilder<T, string> rule) =>
        rule.MaximumLength(SecretCharactersMax).WithMessage($"Use at most {SecretCharactersMax} characters.");

    /// <summary>Names of roles that exist.</summary>
    public static IRuleBuilderOptions<T, string[]> AreRoles<T>(this IRuleBuilder<T, string[]> rule) => rule
        .Must(roles => roles.Length <= Roles.PermissionsOf.Count && roles.All(Roles.Exists))
        .WithMessage($"Name some of: {string.Join(", ", Roles.PermissionsOf.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Codes of equipment: at most 200, together at most 1,500 characters: each request's ticket carries them.</summary>
    public static IRuleBuilderOptions<T, string[]> AreEquipmentCodes<T>(this IRuleBuilder<T, string[]> rule) => rule
        .Must(codes => codes.Length <= EquipmentMax && codes.All(Codes.IsCode)
            && codes.Sum(code => code.Length) <= CredentialStore.EquipmentCharactersMax)
        .WithMessage($"Name at most {EquipmentMax} codes of equipment, "
            + $"together at most {CredentialStore.EquipmentCharactersMax} characters.");

    /// <summary>Codes of work centers: at most 50.</summary>
    public static IRuleBuilderOptions<T, string[]> AreWorkCenterCodes<T>(this IRuleBuilder<T, string[]> rule) => rule
        .Must(codes => codes.Length <= WorkCentersMax && codes.All(Codes.IsCode))
        .WithMessage($"Name at most {WorkCentersMax} work centers.");

    [GeneratedRegex(@"\A[\p{L}\p{Nd}._\-/:#+@]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UserName();

    [GeneratedRegex(@"\A[0-9]{4,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pin();
}
