using System.Net.Http.Json;
using System.Text.Json;

namespace Mes.Demo.Api;

/// <summary>
/// Talks to the public API as any program may. Every command carries an id of the caller's making, so that what got no
/// answer, or met a server that was away, is simply sent again. Safe to use from many tasks at once.
/// </summary>
sealed class MesApi : IDisposable
{
    /// <summary>How long one request is tried again before it is given up.</summary>
    static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    /// <summary>How long what one service has been told may take until another knows it.</summary>
    static readonly TimeSpan TellingMax = TimeSpan.FromSeconds(30);

    static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly HttpClient _http;

    /// <param name="gateway">Base address.</param>
    /// <param name="key">API key; null for a session by password.</param>
    public MesApi(Uri gateway, string? key = null)
    {
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(gateway, "/api/"), Timeout = PatienceMax };
        if (key is not null) _http.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    /// <summary>Reads a path under /api/.</summary>
    /// <exception cref="RefusedException">The answer is final and no success.</exception>
    public Task<JsonElement> Get(string path, CancellationToken ct) => Deliver(HttpMethod.Get, path, null, default, false, ct);

    /// <summary>The items of a list, all pages of it.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public async Task<List<JsonElement>> All(string path, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (string? next = $"{path}{separator}size=1000", more = next; more is not null;)
        {
            var page = await Get(more, ct);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            more = page.GetProperty("next").GetString() is { } after ? $"{next}&after={Uri.EscapeDataString(after)}" : null;
        }
        return items;
    }

    /// <summary>Sends a command.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public Task<JsonElement> Put(string path, object body, Guid id, CancellationToken ct) =>
        Deliver(HttpMethod.Put, path, body, id, false, ct);

    /// <inheritdoc cref="Put"/>
    public Task<JsonElement> Post(string path, object body, Guid id, CancellationToken ct) =>
        Deliver(HttpMethod.Post, path, body, id, false, ct);

    /// <summary>Sends what is about something that another service tells this one: tried again until it is known.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public Task<JsonElement> WhenKnown(HttpMethod method, string path, object? body, Guid id, CancellationToken ct) =>
        Deliver(method, path, body, id, true, ct);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    async Task<JsonElement> Deliver(
        HttpMethod method, string path, object? body, Guid id, bool mayBeUnknown, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var wait = WaitMin; ; wait = wait * 2 < WaitMax ? wait * 2 : WaitMax)
        {
            var (status, answer) = await Try(method, path, body, id, ct);
            if (status is >= 200 and < 300) return answer;
            var refusal = RefusedException.Of(method, path, status, answer);
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            var goesOn = refusal.IsPassing ? elapsed < PatienceMax : mayBeUnknown && refusal.IsUnknown && elapsed < TellingMax;
            if (!goesOn) throw refusal;
            await Task.Delay(wait, ct);
        }
    }

    async Task<(int? Status, JsonElement Answer)> Try(
        HttpMethod method, string path, object? body, Guid id, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", id.ToString());
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        }
        try
        {
            using var response = await _http.SendAsync(request, ct);
            return ((int)response.StatusCode, Parse(await response.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (null, default);
        }
    }

    static JsonElement Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
