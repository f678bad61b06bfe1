using Mes.Hosting.Problems;

namespace Mes.Inventory.Features;

/// <summary>Codes in addresses.</summary>
static class Codes
{
    const int LengthMax = 100;

    /// <summary>A code as it stands in an address, where a slash within it stays encoded.</summary>
    /// <exception cref="RuleViolation">Code <c>invalid-value</c>.</exception>
    public static string Require(string code, string field)
    {
        code = code.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (code.Length is 0 or > LengthMax || code.Trim() != code || code.Any(char.IsControl))
        {
            throw RuleViolation.BadRequest("invalid-value",
                $"Use 1 to {LengthMax} characters, no control characters, and no spaces at the ends.",
                ("field", field), ("value", code));
        }
        return code;
    }
}
