using System.Text.Json;
using Mes.Kernel;

namespace Mes.Scheduling.Files;

/// <summary>Reads JSON that comes from outside.</summary>
static class CheckedJson
{
    /// <summary>The value of a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="schema">What it must be like.</param>
    /// <exception cref="FormatException">It is not as the schema says; names every place.</exception>
    public static T Read<T>(string json, JsonSerializerOptions options, Func<string> schema) where T : class
    {
        T? value = null;
        var refusal = "";
        try
        {
            value = JsonSerializer.Deserialize<T>(json, options);
        }
        catch (JsonException problem)
        {
            refusal = problem.Message;
        }
        // the serializer lets null through as an element of a list
        if (value is not null && !json.Contains("null", StringComparison.Ordinal)) return value;
        var faults = JsonCheck.Faults(json, schema(),
            options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        if (value is not null && faults.Count == 0) return value;
        throw new FormatException(faults.Count == 0 ? refusal : string.Join(Environment.NewLine, faults));
    }
}
