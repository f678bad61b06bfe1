using System.Net;
using System.Text;
using System.Text.Json;
using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features;

/// <summary>One service for all rows of the table.</summary>
public sealed class BadInputHost : IAsyncLifetime
{
    internal ServiceHost<SchedulingDb> Service { get; private set; } = null!;

    internal Guid Scenario { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceHost<SchedulingDb>.Start("scheduling", b => b.AddScheduling(), a => a.MapScheduling());
        Scenario = (await Service.Do("/api/scheduling/scenarios", new { name = "s" })).GetProperty("id").GetGuid();
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}

/// <summary>What is wrong is refused with code and hint, and changes nothing.</summary>
public sealed class BadInputTests(BadInputHost host) : IClassFixture<BadInputHost>
{
    const string Id = "00000000-0000-0000-0000-000000000001";
    const string Shift = """{"day":"Monday","from":"08:00:00","minutes":60}""";

    static string Asked(string equipment, int runSeconds) => $$"""
        {"quantity":1,"operations":[
            {"code":"a","equipment":{{equipment}},"setupFamily":null,"setupSeconds":0,"runSecondsPerUnit":{{runSeconds}}}]}
        """;

    static string Needing(string members) => $$"""
        {"quantity":1e9,"operations":[
            {"code":"a","equipment":["x"],"setupFamily":null,"setupSeconds":0,"runSecondsPerUnit":1,{{members}}}]}
        """;

    public static TheoryData<string, string, int> Table => new()
    {
        { "plans", """{"mode":"Sometimes"}""", 400 },
        { "plans", """{"mode":0}""", 400 },
        { "plans", """{"surplus":1}""", 400 },
        { "setup-times/m1", """{}""", 400 },
        { "setup-times/m1", """{"defaultSeconds":-1}""", 400 },
        { "setup-times/m1", """{"defaultSeconds":99999999999}""", 400 },
        { "setup-times/m1", """{"defaultSeconds":1,"changes":[{"from":"","to":"b","seconds":1}]}""", 400 },
        { "setup-times/m1", """{"defaultSeconds":1,"changes":[null]}""", 400 },
        { "resources/r", """{"name":"R","capacity":0}""", 400 },
        { "resources/r", """{"name":"R","capacity":1000000}""", 400 },
        { "resources/r", """{"name":"R"}""", 400 },
        { "resources/r", """{"name":"R","capacity":1,"calendar":"unknown"}""", 422 },
        { "settings", """{"frozenMinutes":-1}""", 400 },
        { "settings", """{"workers":1000}""", 400 },
        { "settings", """{"fullSeconds":0}""", 400 },
        { "locks", """{"operationIds":[]}""", 400 },
        { "locks", """{"operationIds":null}""", 400 },
        { "locks", $$"""{"operationIds":["{{Id}}"]}""", 422 },
        { "locks/release", """{"operationIds":[]}""", 400 },
        { "moves", """{"equipment":"m1","startsAt":"2030-01-01T00:00:00Z"}""", 400 },
        { "moves", $$"""{"operationId":"{{Id}}","equipment":"","startsAt":"2030-01-01T00:00:00Z"}""", 400 },
        { "moves", $$"""{"operationId":"{{Id}}","equipment":"m1","startsAt":"0001-01-01T00:00:00Z"}""", 400 },
        { "moves", $$"""{"operationId":"{{Id}}","equipment":"m1","startsAt":"2030-01-01T00:00:00Z"}""", 422 },
        { "moves", $$"""{"operationId":"{{Id}}","equipment":"m1","startsAt":"2030-01-01T00:00:00Z","planVersion":-5}""", 409 },
        { "moves/undo", """{"planVersion":-1}""", 400 },
        { "moves/undo", """{"planVersion":77}""", 409 },
        { "moves/undo", "{}", 422 },
        { "promises", """{"quantity":1}""", 400 },
        { "promises", """{"product":"p","quantity":-1}""", 400 },
        { "promises", """{"product":"p","quantity":1e20}""", 400 },
        { "promises", """{"product":"unknown","quantity":1}""", 422 },
        { "promises", """{"quantity":1,"operations":[]}""", 400 },
        { "promises", """{"quantity":1,"operations":[null]}""", 400 },
        { "promises", Asked("[]", 1), 400 },
        { "promises", Asked("""["x"]""", -1), 400 },
        { "promises", Asked("""["x"]""", 1), 422 },
        { "promises", Needing("\"alternatives\":[{\"equipment\":\"x\",\"runSecondsPerUnit\":1e28}]"), 400 },
        { "promises", Needing("\"alternatives\":[null]"), 400 },
        { "promises", Needing("\"resources\":[{\"resource\":\" r\"}]"), 400 },
        { "promises", Needing("\"resources\":[{\"resource\":\"r\",\"quantity\":0}]"), 400 },
        { "promises", Needing("\"links\":[null]"), 400 },
        { "scenarios", """{"name":""}""", 400 },
        { "scenarios", "{}", 400 },
        { $"scenarios/{Id}/changes", """{"kind":"Unlock"}""", 404 },
        { $"scenarios/{Id}/undo", "{}", 404 },
        { $"scenarios/{Id}/plan", "{}", 404 },
        { $"scenarios/{Id}/discard", "{}", 404 },
        { $"scenarios/{Id}/promote", "{}", 404 },
        { $"scenarios/{Id}/promote", """{"planVersion":-1}""", 400 },
        { $"runs/{Id}/cancel", "{}", 404 },
        { "scenarios/SCENARIO/changes", """{"kind":"Unheard"}""", 400 },
        { "scenarios/SCENARIO/changes", """{"kind":"AddShift","calendar":"c"}""", 422 },
        { "scenarios/SCENARIO/changes", """{"kind":"CloseDay"}""", 422 },
        { "scenarios/SCENARIO/changes", $$"""{"kind":"AddShift","calendar":"unknown","shift":{{Shift}}}""", 422 },
        { "scenarios/SCENARIO/changes",
            """{"kind":"AddShift","calendar":"c","shift":{"day":"None","from":"08:00:00","minutes":1}}""", 400 },
        { "scenarios/SCENARIO/changes", $$"""{"kind":"SetPriority","orderId":"{{Id}}","priority":5000}""", 400 },
        { "scenarios/SCENARIO/changes", $$"""{"kind":"SetPriority","orderId":"{{Id}}","priority":5}""", 422 },
        { "scenarios/SCENARIO/changes", $$"""{"kind":"SetQuantity","orderId":"{{Id}}","quantity":-5}""", 400 },
        { "scenarios/SCENARIO/changes", $$"""{"kind":"Lock","operationId":"{{Id}}"}""", 422 },
        { "scenarios/SCENARIO/changes", """{"kind":"AddEquipment","equipment":"m9","like":"unknown"}""", 422 },
        { "scenarios/SCENARIO/moves", $$"""{"operationId":"{{Id}}","equipment":"m1","startsAt":"2030-01-01T00:00:00Z"}""", 422 }
    };

    [Theory, MemberData(nameof(Table))]
    public async Task Bad_input_is_refused_with_code_and_hint(string path, string json, int status)
    {
        path = $"/api/scheduling/{path.Replace("SCENARIO", host.Scenario.ToString())}";
        var before = await Everything();
        using var answer = await host.Service.Send(path, JsonDocument.Parse(json).RootElement, method: MethodOf(path));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe((HttpStatusCode)status, text);
        text.ShouldContain("\"code\"");
        text.ShouldContain("\"hint\"");
        (await Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData("setup-times/nobody", HttpStatusCode.NotFound, "setup-times-not-found")]
    [InlineData("resources/nobody", HttpStatusCode.NotFound, "resource-not-found")]
    [InlineData("runs?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", HttpStatusCode.BadRequest, "window-wrong")]
    [InlineData("plans?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", HttpStatusCode.BadRequest, "window-wrong")]
    [InlineData("scenarios?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", HttpStatusCode.BadRequest, "window-wrong")]
    public async Task A_question_for_nothing_is_refused(string path, HttpStatusCode status, string code)
    {
        using var answer = await host.Service.Http.GetAsync($"/api/scheduling/{path}");
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
    }

    // what the caller names, and what there is one of, is put
    static HttpMethod MethodOf(string path) => new[] { "setup-times/", "resources/", "settings" }
        .Any(put => path.Contains(put, StringComparison.Ordinal)) ? HttpMethod.Put : HttpMethod.Post;

    public static TheoryData<string> Commands =>
    [
        "plans", "setup-times/m1", "resources/r", "settings", "locks",
        "locks/release", "moves", "moves/undo", "promises",
        "scenarios", "scenarios/SCENARIO/changes", "scenarios/SCENARIO/moves", "scenarios/SCENARIO/promote"
    ];

    [Theory, MemberData(nameof(Commands))]
    public async Task A_body_that_is_no_json_or_none_is_refused(string path)
    {
        foreach (var body in new[] { "", "[", "null", "7" })
        {
            using var request = new HttpRequestMessage(MethodOf(path),
                $"/api/scheduling/{path.Replace("SCENARIO", host.Scenario.ToString())}")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json")
            };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await host.Service.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body);
        }
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused_and_with_the_same_gives_the_first_answer()
    {
        var id = Guid.NewGuid();
        var first = await host.Service.Define("/api/scheduling/resources", new { code = "same", name = "A", capacity = 1 }, id);
        (await host.Service.Define("/api/scheduling/resources", new { code = "same", name = "A", capacity = 1 }, id))
            .GetRawText().ShouldBe(first.GetRawText());
        using var other = await host.Service.SendDefinition("/api/scheduling/resources",
            new { code = "same", name = "B", capacity = 1 }, id);
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData($"/api/scheduling/plans/{Id}")]
    [InlineData($"/api/scheduling/plans/{Id}/operations")]
    [InlineData($"/api/scheduling/plans/{Id}/late-orders")]
    [InlineData($"/api/scheduling/runs/{Id}")]
    [InlineData($"/api/scheduling/scenarios/{Id}")]
    [InlineData($"/api/scheduling/scenarios/compare?id={Id}")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var answer = await host.Service.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/scheduling/scenarios/compare")]
    [InlineData("/api/scheduling/runs?status=Sometimes")]
    [InlineData("/api/scheduling/runs?status=99")]
    [InlineData("/api/scheduling/runs?size=0")]
    [InlineData("/api/scheduling/runs?after=x")]
    [InlineData("/api/scheduling/plans?after=x")]
    [InlineData("/api/scheduling/locks?after=x")]
    [InlineData("/api/scheduling/scenarios?after=x")]
    [InlineData("/api/scheduling/setup-times?size=100000")]
    public async Task A_malformed_question_is_refused(string path)
    {
        using var answer = await host.Service.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    Task<string> Everything() => host.Service.Query<string>(
        """
        SELECT (SELECT count(*) FROM command_log) || ' ' || (SELECT count(*) FROM plan) || ' ' || (SELECT count(*) FROM
        operation_lock)
            || ' ' || (SELECT count(*) FROM calendar) || ' ' || (SELECT count(*) FROM setup_times) || ' ' || (SELECT
            revision FROM scenario)
            || ' ' || (SELECT s::text FROM planning_settings s)
        """);
}
