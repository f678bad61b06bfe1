using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Tests.Support;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>Bad input per endpoint: problem details with code and hint, nothing changed, never a 5xx.</summary>
public sealed class BadInputTests(Plant plant) : IClassFixture<Plant>
{
    const string Missing = "(missing)";

    static readonly Dictionary<string, object> Good = new()
    {
        ["/api/work-orders/products"] = new { code = "X", name = "X", unit = "pcs" },
        ["/api/work-orders/routings"] = new
        {
            code = "X", revision = "1", product = "P",
            steps = new[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } }
        },
        ["/api/erp/orders"] = new { number = "X", routing = "R", quantity = 5, unit = "pcs", priority = 0 },
        ["/api/erp/orders/nobody/close"] = new { reason = "x" },
        ["/api/work-orders/sign-ons"] = new { @operator = "O", station = "S", at = "2026-01-01T00:00:00Z" },
        ["/api/work-orders/operations/{turn}/reports"] = new
        {
            signOnId = "{signOn}", equipment = "m1", activity = "Run", startedAt = "2026-01-02T08:00:00Z",
            endedAt = "2026-01-02T09:00:00Z",
            good = 1, scrap = 0, nonconforming = 0, unit = "pcs"
        },
        ["/api/work-orders/operations/{turn}/work"] = new
        {
            signOnId = "{signOn}", equipment = "m1", activity = "Run", at = "2026-01-02T08:00:00Z",
            deviceTime = "2026-01-02T08:00:00Z"
        },
        ["/api/work-orders/reports/{unknown}/undo"] = new { reason = "x" },
        ["/api/work-orders/orders/{order}/hold"] = new { reason = "x" },
        ["/api/work-orders/orders/{order}/release"] = new { reason = "x" },
        ["/api/work-orders/orders/{order}/resume"] = new { reason = "x" },
        ["/api/work-orders/orders/{order}/cancel"] = new { reason = "x" },
        ["/api/work-orders/orders/{order}/close"] = new { reason = "x" },
        ["/api/work-orders/orders/{unknown}/release"] = new { reason = "x" },
        ["/api/work-orders/sign-ons/{unknown}/sign-off"] = new { at = "2026-01-01T00:00:00Z" },
        ["/api/work-orders/discrepancies/{unknown}/settle"] = new { settlement = "x" }
    };

    public static TheoryData<string, string, string, int> Cases() => new()
    {
        { "/api/work-orders/products", "code", "\" x\"", 400 },
        { "/api/work-orders/routings", "revision", "\"a\\u200bb\"", 400 },
        { "/api/work-orders/products", "name", "\"a\\u0000b\"", 400 },
        { "/api/work-orders/products", "name", "null", 400 },
        { "/api/work-orders/products", "surplus", "1", 400 },
        { "/api/work-orders/routings", "product", "\"unknown\"", 422 },
        { "/api/work-orders/routings", "steps", "[]", 400 },
        { "/api/work-orders/routings", "steps", "[{\"code\":\"a\",\"equipment\":[\"m\"]}]", 400 },
        { "/api/work-orders/routings", "steps", "[{\"code\":\"a\",\"equipment\":[],\"isReceipt\":true}]", 400 },
        { "/api/work-orders/routings", "steps",
            "[{\"code\":\"a\",\"equipment\":[\"m\"],\"isReceipt\":true,\"runSecondsPerUnit\":-1}]", 400 },
        { "/api/work-orders/routings", "steps", "[null]", 400 },
        { "/api/work-orders/routings", "steps", "[{\"code\":\"a\",\"equipment\":[null],\"isReceipt\":true}]", 400 },
        { "/api/work-orders/routings", "steps",
            "[{\"code\":\"a\",\"equipment\":[\"m\"],\"isReceipt\":true,\"setupFamily\":\"\\u0000\"}]", 400 },
        { "/api/work-orders/routings", "steps",
            """[{"code":"a","equipment":["m"],"isReceipt":true,"planning":{"resources":[{"resource":".."}]}}]""", 400 },
        { "/api/work-orders/routings", "components", "[null]", 400 },
        { "/api/work-orders/routings", "components", "[{\"material\":\"m\",\"quantityPerUnit\":0,\"unit\":\"kg\"}]", 400 },
        { "/api/erp/orders", "quantity", "0", 400 },
        { "/api/erp/orders", "quantity", "-1", 400 },
        { "/api/erp/orders", "quantity", "1e12", 400 },
        { "/api/erp/orders", "quantity", "1e400", 400 },
        { "/api/erp/orders", "quantity", "0.0000001", 400 },
        { "/api/erp/orders", "quantity", "\"5\"", 400 },
        { "/api/erp/orders", "quantity", Missing, 400 },
        { "/api/erp/orders", "unit", "\"kg\"", 422 },
        { "/api/erp/orders", "routing", "\"unknown\"", 422 },
        { "/api/erp/orders", "priority", "5000", 400 },
        { "/api/erp/orders", "dueAt", "\"yesterday\"", 400 },
        { "/api/erp/orders", "dueAt", "\"0001-01-01T00:00:00Z\"", 400 },
        { "/api/erp/orders/nobody/close", "reason", "\"x\"", 404 },
        { "/api/work-orders/sign-ons", "operator", "\"unknown\"", 422 },
        { "/api/work-orders/sign-ons", "at", "\"1999-01-01T00:00:00Z\"", 400 },
        { "/api/work-orders/sign-ons", "at", "\"2199-01-01T00:00:00Z\"", 422 },
        { "/api/work-orders/operations/{turn}/reports", "signOnId", "\"00000000-0000-0000-0000-000000000000\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "signOnId", "\"11111111-1111-1111-1111-111111111111\"", 422 },
        { "/api/work-orders/operations/{turn}/work", "deviceTime", "\"9999-12-31T23:59:59.9999999Z\"", 400 },
        { "/api/work-orders/operations/{turn}/work", "deviceTime", "\"2199-12-31T23:59:59Z\"", 422 },
        { "/api/work-orders/operations/{turn}/reports", "signOnId", "\"not a uuid\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "equipment", "\"unknown\"", 422 },
        { "/api/work-orders/operations/{turn}/reports", "activity", "\"Sleep\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "activity", "0", 400 },
        { "/api/work-orders/operations/{turn}/reports", "good", "-1", 400 },
        { "/api/work-orders/operations/{turn}/reports", "scrap", "1e10", 400 },
        { "/api/work-orders/operations/{turn}/reports", "good", "\"one\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "unit", "\"kg\"", 422 },
        { "/api/work-orders/operations/{turn}/reports", "endedAt", "\"2026-01-02T07:00:00Z\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "endedAt", "\"2199-01-02T07:00:00Z\"", 400 },
        { "/api/work-orders/operations/{turn}/reports", "consumed",
            "[{\"material\":\"m\",\"lot\":\"l\",\"quantity\":-1,\"unit\":\"pcs\"}]", 400 },
        { "/api/work-orders/operations/{turn}/reports", "consumed", "[null]", 400 },
        { "/api/work-orders/operations/{turn}/reports", "consumed", "{}", 400 },
        { "/api/work-orders/operations/{unknown}/reports", "good", "1", 404 },
        { "/api/work-orders/reports/{unknown}/undo", "reason", "\"x\"", 404 },
        { "/api/work-orders/reports/{unknown}/undo", "reason", "\"\"", 400 },
        { "/api/work-orders/orders/{order}/hold", "reason", "null", 422 },
        { "/api/work-orders/orders/{unknown}/release", "reason", "\"x\"", 404 },
        { "/api/work-orders/orders/{order}/release", "reason", "\"x\"", 422 },
        { "/api/work-orders/orders/{order}/resume", "reason", "\"x\"", 422 },
        { "/api/work-orders/orders/{order}/cancel", "reason", "\" \"", 422 },
        { "/api/work-orders/orders/{order}/close", "reason", "null", 422 },
        { "/api/work-orders/operations/{unknown}/complete", "reason", "\"x\"", 404 },
        { "/api/work-orders/operations/{unknown}/reopen", "reason", "\"x\"", 404 },
        { "/api/work-orders/parked-messages/9223372036854775807/replay", "reason", "\"x\"", 404 },
        { "/api/work-orders/sign-ons/{unknown}/sign-off", "at", "\"2026-01-01T00:00:00Z\"", 404 },
        { "/api/work-orders/discrepancies/{unknown}/settle", "settlement", "\"x\"", 404 }
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_bad_value_is_refused_with_code_and_hint_and_changes_nothing(
        string path, string field, string value, int status)
    {
        var order = await plant.Release();
        var body = JsonNode.Parse(JsonSerializer.Serialize(
            Good.GetValueOrDefault(path) ?? Good["/api/work-orders/operations/{turn}/reports"])
                .Replace("{signOn}", order.SignOn.ToString()))!.AsObject();
        var json = value == Missing ? Without(body, field) : With(body, field, value);
        var before = await Fingerprint();
        using var answer = await Post(path.Replace("{turn}", order.Turn.ToString()).Replace("{order}", order.Id.ToString())
            .Replace("{unknown}", Guid.NewGuid().ToString()), json);
        await ShouldBeProblem(answer, status);
        (await Fingerprint()).ShouldBe(before);
    }

    [Fact]
    public async Task An_endpoint_refuses_what_is_no_json_or_too_large_or_has_no_id()
    {
        var before = await Fingerprint();
        foreach (var path in Good.Keys)
        {
            var address = path.Replace("{turn}", Guid.NewGuid().ToString()).Replace("{order}", Guid.NewGuid().ToString())
                .Replace("{unknown}", Guid.NewGuid().ToString());
            using (var broken = await Post(address, "{ not json"))
            {
                await ShouldBeProblem(broken, 400);
            }
            using (var large = await Post(address, $"{{\"code\":\"{new string('x', 1_100_000)}\"}}"))
            {
                await ShouldBeProblem(large, 413);
            }
            using var nameless = await Post(
                address, JsonSerializer.Serialize(Good[path]).Replace("{signOn}", Guid.NewGuid().ToString()), hasId: false);
            await ShouldBeProblem(nameless, 400);
        }
        (await Fingerprint()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/api/work-orders/orders?size=0")]
    [InlineData("/api/work-orders/orders?size=x")]
    [InlineData("/api/work-orders/orders?status=Lost")]
    [InlineData("/api/work-orders/orders?after=x")]
    [InlineData("/api/work-orders/operations/11111111-1111-1111-1111-111111111111/reports?after=x")]
    [InlineData("/api/work-orders/discrepancies?after=x")]
    [InlineData("/api/work-orders/discrepancies?status=Lost")]
    [InlineData("/api/work-orders/sign-ons?after=x")]
    [InlineData("/api/work-orders/audit?after=x")]
    [InlineData("/api/work-orders/parked-messages?after=-1")]
    [InlineData("/api/erp/confirmations?after=x")]
    [InlineData("/api/work-orders/orders/not-a-uuid")]
    [InlineData("/api/work-orders/dispatch")]
    [InlineData("/api/erp/confirmations?size=100000")]
    [InlineData("/api/work-orders/nothing-here")]
    public async Task A_bad_question_is_refused(string path)
    {
        using var answer = await plant.Service.Http.GetAsync(path);
        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\"");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("/release", """{"reason":"x"}""")]
    [InlineData("/change", """{"reason":"x","quantity":1}""")]
    public async Task An_id_that_no_order_has_is_told_as_an_id(string verb, string? body)
    {
        var path = $"/api/work-orders/orders/{Guid.Empty}{verb}";
        using var answer = await (body is null ? plant.Service.Http.GetAsync(path) : Post(path, body));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe("order-not-found");
        problem.GetProperty("orderId").GetGuid().ShouldBe(Guid.Empty);
        problem.TryGetProperty("order", out _).ShouldBeFalse("that is the number");
    }

    static readonly string[] Collections =
        ["/api/work-orders/products", "/api/work-orders/operators", "/api/work-orders/routings", "/api/erp/orders"];

    async Task<HttpResponseMessage> Post(string path, string json, bool hasId = true)
    {
        var method = Collections.Contains(path) ? HttpMethod.Put : HttpMethod.Post;
        if (method == HttpMethod.Put) (path, json) = Named(path, json);
        var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json")
        };
        if (hasId) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        // A body that is refused unread is not sent at all: half sent, the answer would be lost with the connection.
        request.Headers.ExpectContinue = json.Length > 1_000_000;
        return await plant.Service.Http.SendAsync(request);
    }

    /// <summary>Address and body of a definition; what names it is in the address, also where the body is none.</summary>
    static (string Path, string Json) Named(string collection, string json)
    {
        if (json is not ['{', '"', ..] || json.Length > 1_000_000)
        {
            return ($"{collection}/X{(collection.EndsWith("routings", StringComparison.Ordinal) ? "/1" : "")}", json);
        }
        var (path, body) = Definition.Of(collection, JsonNode.Parse(json)!);
        // what no JSON reader keeps, such as 1e400, stays as it was written
        return (path, "{" + json[(json.IndexOf($"\"{body.First().Key}\"", StringComparison.Ordinal))..]);
    }

    static async Task ShouldBeProblem(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("hint").GetString().ShouldNotBeNullOrEmpty();
    }

    Task<string> Fingerprint() => plant.Service.Query<string>(
        """
        SELECT concat_ws('/', (SELECT count(*) FROM product), (SELECT count(*) FROM operator), (SELECT count(*) FROM report),
            (SELECT count(*) FROM command_log), (SELECT count(*) FROM audit), (SELECT sum(version) FROM work_order))
        """);

    static string Without(JsonObject body, string field)
    {
        body.Remove(field);
        return body.ToJsonString();
    }

    static string With(JsonObject body, string field, string value)
    {
        body[field] = "%VALUE%";
        return body.ToJsonString().Replace("\"%VALUE%\"", value);
    }
}
