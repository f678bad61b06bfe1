using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Tests.Support;

namespace Mes.EndToEnd.Tests;

/// <summary>Calls the API behind a gateway with a key, as an ERP or another program does.</summary>
sealed class Api : IDisposable
{
    readonly HttpClient _http;

    public Api(Uri gateway, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(gateway, "/api/"), Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    /// <summary>An answer, whatever it says.</summary>
    public sealed record Answer(HttpStatusCode Status, string Text)
    {
        public JsonNode Body => JsonNode.Parse(Text)!;
    }

    public async Task<JsonNode> Get(string path)
    {
        using var response = await _http.GetAsync(path);
        return (await Read(response, HttpStatusCode.OK, path)).Body;
    }

    /// <summary>Sends a command that must be taken.</summary>
    public async Task<JsonNode?> Post(string path, object body, Guid? id = null)
    {
        var answer = await Send(HttpMethod.Post, path, body, id);
        answer.Status.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent],
            $"{path}: {answer.Text}");
        return answer.Status == HttpStatusCode.NoContent ? null : answer.Body;
    }

    /// <inheritdoc cref="Post"/>
    public async Task Put(string path, object body)
    {
        var answer = await Send(HttpMethod.Put, path, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, $"{path}: {answer.Text}");
    }

    /// <summary>Defines something in its collection; the first members of the body name it.</summary>
    public Task Define(string collection, object body)
    {
        var (path, rest) = Definition.Of(collection, body);
        return Put(path, rest);
    }

    /// <summary>Sends a command.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, object body, Guid? id = null, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", (id ?? Guid.NewGuid()).ToString());
        if (traceParent is not null) request.Headers.Add("traceparent", traceParent);
        using var response = await _http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What happens from now on, as server-sent events.</summary>
    public async Task<StreamReader> Listen() => new(await _http.GetStreamAsync("live"));

    public void Dispose() => _http.Dispose();

    static async Task<Answer> Read(HttpResponseMessage response, HttpStatusCode expected, string path)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, $"{path}: {text}");
        return new Answer(response.StatusCode, text);
    }
}

/// <summary>Short ways through answers.</summary>
static class JsonNodes
{
    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static decimal Number(this JsonNode node, string name) => node[name]!.GetValue<decimal>();

    public static Guid Id(this JsonNode node, string name = "id") => node[name]!.GetValue<Guid>();

    public static IReadOnlyList<JsonNode> Items(this JsonNode node) =>
        [.. (node as JsonArray ?? node["items"]!.AsArray()).Select(item => item!)];

    public static IReadOnlyList<string> Texts(this JsonNode node, string name) =>
        [.. node[name]!.AsArray().Select(item => item!.GetValue<string>())];

    public static string Show(this JsonNode? node) =>
        node?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "nothing";
}
