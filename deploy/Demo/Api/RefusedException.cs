using System.Text.Json;

namespace Mes.Demo.Api;

/// <summary>A request was refused, or got no answer for too long.</summary>
/// <param name="message">For people: what was asked, and what the answer was.</param>
/// <param name="status">HTTP status; null where no answer came.</param>
/// <param name="code">The stable code of the problem, or null.</param>
sealed class RefusedException(string message, int? status, string? code) : Exception(message)
{
    /// <summary>What kind of refusal it is.</summary>
    public string Kind => $"{status?.ToString() ?? "no answer"} {code}".TrimEnd();

    /// <summary>Whether the same may be answered otherwise a moment later.</summary>
    public bool IsPassing => status is null or 408 or 429 or >= 500 || code == "changed-meanwhile";

    /// <summary>Whether something that it names is not known, or not yet.</summary>
    public bool IsUnknown => status == 404 || code?.EndsWith("-not-found", StringComparison.Ordinal) == true;

    /// <summary>Whether the work has ended before, by whomever or by rule.</summary>
    public bool IsOver => code == "work-is-over";

    /// <summary>The refusal that an answer is.</summary>
    public static RefusedException Of(HttpMethod method, string path, int? status, JsonElement problem)
    {
        var code = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("code", out var known)
            ? known.GetString()
            : null;
        var answer = problem.ValueKind == JsonValueKind.Undefined ? "" : problem.GetRawText();
        return new($"{method} /api/{path}: {status?.ToString() ?? "no answer"} {answer}".TrimEnd(), status, code);
    }
}
