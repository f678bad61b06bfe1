using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Mes.Tests.Support;
using Mes.Web.Commands;
using Shouldly;

namespace Mes.Gateway.Tests;

/// <summary>An answer, read to its end.</summary>
public sealed record Answer(int Status, string Text, HttpResponseMessage Message)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null");

    public string? Code => Message.Content.Headers.ContentType?.MediaType == "application/problem+json"
        ? (string?)Json["code"]
        : null;

    /// <summary>Checks for problem details with this status and code, and for a hint.</summary>
    public void ShouldBeProblem(int status, string code)
    {
        Status.ShouldBe(status, Text);
        Code.ShouldBe(code, Text);
        ((string?)Json["hint"]).ShouldNotBeNullOrWhiteSpace();
    }
}

/// <summary>A browser or a program: keeps cookies, or sends a key.</summary>
public sealed class TestClient(Uri address, string? apiKey = null) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler
    {
        CookieContainer = new CookieContainer(), UseProxy = false, AllowAutoRedirect = false,
        Expect100ContinueTimeout = PatientHttp.ContinueMax
    })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Full(path)));

    public Task<Answer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, Full(path)));

    public Task<Answer> PostAsync(string path, object body) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, Full(path)) { Content = JsonContent.Create(body) });

    public Task<Answer> PutAsync(string path, object body) => SendAsync(
        new HttpRequestMessage(HttpMethod.Put, Full(path)) { Content = JsonContent.Create(body) });

    public Task<Answer> SendTextAsync(HttpMethod method, string path, string? body) => SendAsync(
        new HttpRequestMessage(method, Full(path))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        });

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        if (apiKey is not null) request.Headers.Add("X-Api-Key", apiKey);
        if (request.Method != HttpMethod.Get && !request.Headers.Contains(CommandHeader.Name))
            request.Headers.Add(CommandHeader.Name, Guid.NewGuid().ToString());
        var message = await _http.SendAsync(request);
        return new Answer((int)message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }

    /// <summary>Waits until the gateway is ready: on a busy machine its first looks may take longer than they may.</summary>
    public Task UntilReadyAsync() => Poll.Until(
        async () => (await GetAsync("/health/ready")).Status == 200, TimeSpan.FromSeconds(60), "it is ready");

    /// <summary>Opens a stream of server-sent events.</summary>
    public async Task<StreamReader> ListenAsync(string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        if (apiKey is not null) request.Headers.Add("X-Api-Key", apiKey);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var message = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        message.StatusCode.ShouldBe(HttpStatusCode.OK);
        message.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new StreamReader(await message.Content.ReadAsStreamAsync());
    }

    public void Dispose() => _http.Dispose();

    static string Full(string path) => path.StartsWith('/') ? path : "/api/identity/" + path;
}
