using System.Net.Http.Headers;
using System.Text.Json;

namespace Mes.Replay.Play;

/// <summary>What came back on one attempt of a request.</summary>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Body">The body, or why no answer came.</param>
/// <param name="Code">The stable code of a problem, where the body is one.</param>
/// <param name="RetryAfter">How long the server asks to wait, where it does.</param>
sealed record Answer(int? Status, string Body, string? Code = null, TimeSpan? RetryAfter = null)
{
    const int BodyCharsShownMax = 300;

    public bool IsSuccess => Status is >= 200 and < 300;

    public static async Task<Answer> Of(HttpResponseMessage response, CancellationToken ct)
    {
        var body = await response.Content.ReadAsStringAsync(ct);
        return new Answer((int)response.StatusCode, body, CodeOf(body), Wait(response.Headers.RetryAfter));
    }

    public override string ToString() =>
        $"{Status?.ToString() ?? "no answer"}: {(Body.Length > BodyCharsShownMax ? Body[..BodyCharsShownMax] + "…" : Body)}";

    static TimeSpan? Wait(RetryConditionHeaderValue? header) => header?.Delta;

    static string? CodeOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
