using System.Globalization;
using System.Net.Http.Json;
using Mes.Web.Auth;

namespace Mes.Fuzz.Tests;

/// <summary>
/// Asks the running product what it can do and tries all of it, well and badly: nothing may fail, and every refusal says what
/// to do. <c>MES_FUZZ_SEED</c> repeats a run, <c>MES_FUZZ_REQUESTS</c> makes a longer one.
/// </summary>
public sealed class FuzzTests
{
    const int RequestsPerRun = 3_600;
    static readonly string[] Documents = ["gateway", "work-orders", "scheduling", "quality", "inventory", "equipment"];
    static readonly string[] Failures = ["fail: ", "crit: ", "Unhandled exception"];

    readonly ITestOutputHelper _output;
    readonly int _seed = Setting("MES_FUZZ_SEED") ?? Random.Shared.Next();
    readonly int _requests = Setting("MES_FUZZ_REQUESTS") ?? RequestsPerRun;

    public FuzzTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Whatever_is_sent_nothing_fails_and_every_refusal_says_what_to_do()
    {
        Console.WriteLine($"MES_FUZZ_SEED={_seed} MES_FUZZ_REQUESTS={_requests}");
        await using var edition = await StandaloneEdition.Start();
        var clients = await Clients(edition);
        var operations = await Operations(clients[0]);
        var random = new Random(_seed);
        var values = new Values(random);
        var requests = new Requests(edition.Gateway, operations, random, values);
        var (faults, statuses) = (new List<string>(), new SortedDictionary<int, int>());
        for (var number = 0; number < _requests; number++)
        {
            var (request, told) = requests.Next();
            var client = random.NextDouble() < 0.8 ? clients[0] : values.Pick(clients);
            var (status, mediaType, text) = await Send(client, request);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var path = request.RequestUri!.AbsolutePath;
            if (Verdict.FaultOf(request.Method.Method, path, status, mediaType, text) is { } fault)
            {
                faults.Add($"{fault} for request {number}: {told}\n    {(text.Length > 500 ? text[..500] : text)}");
            }
            else if (status < 300 && mediaType == "application/json") values.Learn(JsonNode.Parse(text));
        }
        var summary = $"{operations.Count} operations, {_requests} requests, seed {_seed}: "
            + string.Join(", ", statuses.Select(pair => $"{pair.Value} × {pair.Key}"));
        Console.WriteLine(summary);
        _output.WriteLine(summary);
        faults.AddRange(await Unhandled(edition));
        faults.ShouldBeEmpty($"{faults.Count} faults; {summary}");
    }

    [Theory]
    [InlineData("POST", 500, "application/problem+json", """{"status":500,"code":"unexpected","hint":"x"}""")]
    [InlineData("POST", 400, "application/json", "{}")]
    [InlineData("POST", 400, "application/problem+json", """{"status":400,"hint":"x"}""")]
    [InlineData("POST", 400, "application/problem+json", """{"status":400,"code":"x"}""")]
    [InlineData("POST", 409, "application/problem+json", """{"status":409,"code":"x","hint":"duplicate key value"}""")]
    [InlineData("GET", 200, "application/json", """{"error":"Npgsql.PostgresException"}""")]
    public void A_bad_answer_is_found(string method, int status, string mediaType, string text) =>
        Verdict.FaultOf(method, "/api/x", status, mediaType, text).ShouldNotBeNull();

    static async Task<List<HttpClient>> Clients(StandaloneEdition edition)
    {
        var administrator = Client(edition, await edition.ApiKey());
        var clients = new List<HttpClient> { administrator };
        foreach (var role in Roles.PermissionsOf.Keys.Where(role => role != Roles.Administrator).Order(StringComparer.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/api-keys")
            {
                Content = JsonContent.Create(new { name = role, roles = new[] { role } }),
                Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            };
            using var made = await administrator.SendAsync(request);
            clients.Add(Client(edition, (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["secret"]!));
        }
        return clients;
    }

    static HttpClient Client(StandaloneEdition edition, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = edition.Gateway, Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    static async Task<List<Operation>> Operations(HttpClient client)
    {
        var all = new List<Operation>();
        foreach (var document in Documents)
        {
            all.AddRange(Operation.Of(JsonNode.Parse(await client.GetStringAsync($"/openapi/{document}.json"))!));
        }
        return [.. all.DistinctBy(operation => operation.Name)];
    }

    static async Task<(int Status, string? MediaType, string Text)> Send(HttpClient client, HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    // An entry of the log has its level and category on one line; what follows is indented
    static async Task<List<string>> Unhandled(StandaloneEdition edition)
    {
        var log = await File.ReadAllLinesAsync(Directory.EnumerateFiles(edition.LogFolder, "mes.log").Single());
        return [.. log.Select((line, at) => (line, at))
            .Where(entry => Failures.Any(word => entry.line.Contains(word, StringComparison.Ordinal)))
            .Select(entry => "the log: " + string.Join('\n', log.Skip(entry.at).Take(12)))];
    }

    static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
