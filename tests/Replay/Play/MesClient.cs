using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mes.Replay.Play;

/// <summary>
/// Talks to the public API behind a gateway with an API key, and survives outages: see <see cref="RetryPolicy"/>.
/// Safe to use from many tasks at once.
/// </summary>
sealed class MesClient : IDisposable
{
    /// <summary>Items of a page that is read.</summary>
    public const int PageItems = 1000;

    static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    readonly HttpClient _http;
    readonly TimeProvider _clock;
    readonly ConcurrentDictionary<string, int> _setbacks = new(StringComparer.Ordinal);

    /// <param name="gateway">Base address.</param>
    /// <param name="key">Sent as X-Api-Key.</param>
    /// <param name="handler">Carries the requests; owned by the client from now on.</param>
    /// <param name="clock">Measures patience and waits.</param>
    public MesClient(Uri gateway, string key, HttpMessageHandler handler, TimeProvider clock)
    {
        var address = new Uri(gateway.AbsoluteUri.TrimEnd('/') + "/api/");
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add("X-Api-Key", key);
        _clock = clock;
    }

    /// <summary>How often which passing setback occurred so far: <c>503 database-unavailable</c>, <c>no answer</c>, …</summary>
    public IReadOnlyDictionary<string, int> Setbacks => _setbacks;

    /// <summary>A client over the network.</summary>
    public static MesClient Connect(Uri gateway, string key) => new(
        gateway, key,
        new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        },
        TimeProvider.System);

    /// <summary>Sends a command until it is answered for good.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    /// <exception cref="OutageException">It could not be delivered for too long.</exception>
    public Task<string> Send(Command command, CancellationToken ct) => Deliver(command.What, () => Request(command), ct);

    /// <inheritdoc cref="Send"/>
    public async Task<T> Send<T>(Command command, CancellationToken ct) => Read<T>(await Send(command, ct), command.What);

    /// <summary>Reads a path under /api/ until it is answered.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public async Task<T> Get<T>(string path, CancellationToken ct) => Read<T>(
        await Deliver("GET /api/" + path, () => new HttpRequestMessage(HttpMethod.Get, path), ct), "GET /api/" + path);

    /// <summary>Reads all pages of a list; the path has a question mark.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public async Task<List<T>> All<T>(string path, CancellationToken ct)
    {
        var items = new List<T>();
        for (string? after = ""; after is not null;)
        {
            var page = await Get<Listed<T>>($"{path}&size={PageItems}{After(after)}", ct);
            items.AddRange(page.Items);
            after = page.Next;
        }

        return items;
    }

    /// <summary>The part of a query that asks for what comes after a key; the empty key for the beginning.</summary>
    public static string After(string key) => key.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(key);

    public void Dispose() => _http.Dispose();

    static HttpRequestMessage Request(Command command) => new(command.Method, command.Path)
    {
        Headers = { { "Idempotency-Key", command.Id.ToString() } },
        Content = JsonContent.Create(command.Body, command.Body.GetType(), options: Json),
    };

    static T Read<T>(string body, string what) => JsonSerializer.Deserialize<T>(body, Json)
        ?? throw new JsonException($"{what}: the answer is null where {typeof(T).Name} is expected.");

    async Task<string> Deliver(string what, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var started = _clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Try(request, ct);
            if (answer.IsSuccess)
                return answer.Body;
            Note(answer);
            var wait = RetryPolicy.WaitAfter(answer, attempt, _clock.GetElapsedTime(started), Random.Shared.NextDouble());
            if (wait is null)
                throw RetryPolicy.IsPassing(answer) ? new OutageException(what, answer) : new RefusedException(what, answer);
            await Task.Delay(wait.Value, _clock, ct);
        }
    }

    async Task<Answer> Try(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        using var request = make();
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
        attempt.CancelAfter(AttemptTimeout);
        try
        {
            using var response = await _http.SendAsync(request, attempt.Token);
            return await Answer.Of(response, attempt.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer(null, failure.Message);
        }
    }

    void Note(Answer answer)
    {
        if (RetryPolicy.IsPassing(answer))
            _setbacks.AddOrUpdate($"{answer.Status?.ToString() ?? "no answer"} {answer.Code}".TrimEnd(), 1, (_, n) => n + 1);
    }

    sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);
}
