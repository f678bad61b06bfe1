using System.Text.RegularExpressions;

namespace Mes.Fuzz.Tests;

/// <summary>What is wrong with an answer, whatever the request was.</summary>
static partial class Verdict
{
    /// <summary>The fault, or null.</summary>
    public static string? FaultOf(string method, string path, int status, string? mediaType, string text)
    {
        // A zero in a path, or a line too long, is refused by the server that reads it, before there is anybody to say more
        if (text.Length == 0 && (status == 414 || (status == 400 && path.Contains("%00", StringComparison.Ordinal)))) return null;
        if (status >= 500) return $"a {status}";
        if (Inside().Match(text) is { Success: true } word) return $"tells what is inside: {word.Value}";
        if (status < 400 || method == "HEAD") return null;
        if (mediaType != "application/problem+json") return $"a {status} that is no problem";
        var problem = JsonNode.Parse(text);
        return string.IsNullOrWhiteSpace((string?)problem?["code"]) ? $"a {status} without code"
            : string.IsNullOrWhiteSpace((string?)problem["hint"]) ? $"a {status} without hint"
            : (int?)problem["status"] != status ? $"a {status} that says {problem["status"]}"
            : null;
    }

    [GeneratedRegex(@"Npgsql|PostgresException|Microsoft\.|System\.[A-Z]|   at [A-Z]|StackTrace"
        + "|duplicate key value|violates|Error Detail|_pkey|SqlState", RegexOptions.CultureInvariant)]
    private static partial Regex Inside();
}
