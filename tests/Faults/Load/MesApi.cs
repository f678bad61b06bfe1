using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mes.Tests.Support;

namespace Mes.Faults.Tests.Load;

/// <summary>The public API behind a gateway, by an API key. Never retries by itself: what got no answer must be known.</summary>
public sealed class MesApi : IDisposable
{
    readonly HttpClient _http;

    public MesApi(Uri gateway, string? apiKey = null)
    {
        var handler = new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(), UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5)
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(gateway, "/api/"), Timeout = TimeSpan.FromSeconds(30) };
        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }
    }

    public Task<Answer> Send(Command command, CancellationToken ct = default) =>
        Send(command.Method, command.Path, command.Body, command.Id, ct);

    public async Task<Answer> Send(HttpMethod method, string path, object? body, Guid id, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", id.ToString());
        try
        {
            using var response = await _http.SendAsync(request, ct);
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct));
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || (lost is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer(null, lost.Message);
        }
    }

    /// <summary>Sends what must succeed.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public async Task<JsonNode?> Do(HttpMethod method, string path, object? body)
    {
        var answer = await Send(method, path, body, Guid.NewGuid());
        return answer.IsAcknowledged
            ? answer.Body.Length == 0 ? null : JsonNode.Parse(answer.Body)
            : throw new InvalidOperationException($"{method} {path}: {answer.Status} {answer.Body}");
    }

    /// <summary>Defines something in its collection; the first members of the body name it.</summary>
    public Task Define(string collection, object body)
    {
        var (path, rest) = Definition.Of(collection, body);
        return Do(HttpMethod.Put, path, rest);
    }

    public async Task<JsonNode> Get(string path) => (await Do(HttpMethod.Get, path, null))!;

    /// <summary>The last year as a query: longer ago nothing was reported.</summary>
    public static string Year => $"from={TimeProvider.System.GetUtcNow().AddDays(-365).UtcDateTime:O}";

    /// <summary>All items of a paged list.</summary>
    public async Task<List<JsonNode>> GetAll(string path)
    {
        var items = new List<JsonNode>();
        for (string? after = null; ;)
        {
            var page = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size=1000"
                + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)));
            var found = page["items"]!.AsArray().Select(item => item!).ToList();
            items.AddRange(found);
            after = (string?)page["next"];
            if (after is null || found.Count == 0)
            {
                return items;
            }
        }
    }

    /// <summary>Whether gateway and services are ready.</summary>
    public async Task<bool> IsReady()
    {
        using var asked = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            foreach (var path in new[] { "work-orders/summary", "equipment/units", "quality/plans?size=1",
                         "inventory/stock?size=1" })
            {
                using var response = await _http.GetAsync(path, asked.Token);
                if (!response.IsSuccessStatusCode)
                {
                    return false;
                }
            }
            return true;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
