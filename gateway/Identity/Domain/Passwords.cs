using Mes.Kernel;

namespace Mes.Gateway.Identity.Domain;

/// <summary>What a password must be.</summary>
static class Passwords
{
    /// <summary>The shortest password, in characters.</summary>
    public const int CharactersMin = 12;

    /// <summary>Refuses a short one and the one before.</summary>
    /// <exception cref="RuleViolation">Code <c>weak-password</c>.</exception>
    public static void MustBeStrong(string fresh, string current)
    {
        if (fresh.Length >= CharactersMin && !string.IsNullOrWhiteSpace(fresh) && fresh != current) return;
        throw new RuleViolation(
            "weak-password", $"Take at least {CharactersMin} characters, and not the password before.");
    }
}
