using Mes.Contracts;
using Mes.Quality.Domain;
using Mes.Quality.Features.Holds;
using Mes.Quality.Features.Plans;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Tests.Features;

/// <summary>Whatever is sent, the answer is problem details with code and hint, nothing changes, and nothing breaks.</summary>
public sealed class BadInputTests(BadInputTests.Stock stock) : IClassFixture<BadInputTests.Stock>
{
    static readonly string TooLong = new('x', 1001);
    const string Measurements = "/inspections/INSPECTION/measurements";
    const string Verdict = "/inspections/INSPECTION/verdict";
    const string Dispositions = "/nonconformances/NONCONFORMANCE/dispositions";
    const string Characteristic = """{"code":"D1","name":"d","type":"Variable","unit":"mm","upperLimit":1}""";
    const string Definition = $$"""
        {"name":"n","kind":"InProcess","trigger":"EveryReport","holdsLot":true,"sampling":{"rule":"All"},
         "characteristics":[{{Characteristic}}]}
        """;

    static string Findings(string list) => $$"""{"findings":[{{list}}]}""";

    static string Plan(string replaced, string by) => $$"""{"basedOn":0,"definition":{{Definition.Replace(replaced, by)}}}""";

    static string PlanBasedOn(int version) => $$"""{"basedOn":{{version}},"definition":{{Definition}}}""";

    /// <summary>Method, path, body, status, code. INSPECTION, NONCONFORMANCE, HOLD and ORDER stand for ones that exist.</summary>
    public static TheoryData<string, string, string?, int, string> Cases => new()
    {
        { "PUT", "/plans/P", null, 400, "body-missing" },
        { "PUT", "/plans/P", "", 400, "body-missing" },
        { "PUT", "/plans/P", "{", 400, "malformed-body" },
        { "PUT", "/plans/P", "null", 400, "body-missing" },
        { "PUT", "/plans/P", "{}", 400, "malformed-body" },
        { "PUT", "/plans/P", """{"basedOn":0,"definition":null}""", 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"name\":\"n\",", ""), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"n\"", "\"\""), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan("\"n\"", $"\"{TooLong}\""), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan("\"n\"", "\"a\\u0000b\""), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("InProcess", "Sometimes"), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"InProcess\"", "7"), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("InProcess", "FirstArticle"), 422, "first-article-trigger" },
        { "PUT", "/plans/P", Plan("{\"rule\":\"All\"}", "{\"rule\":\"All\",\"size\":3}"), 422, "sampling-size-wrong" },
        { "PUT", "/plans/P", Plan("{\"rule\":\"All\"}", "{\"rule\":\"Fixed\"}"), 422, "sampling-size-wrong" },
        { "PUT", "/plans/P", Plan("{\"rule\":\"All\"}", "{\"rule\":\"Fixed\",\"size\":-1}"), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan("{\"rule\":\"All\"}", "{\"rule\":\"Fixed\",\"size\":99999999999}"), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"upperLimit\":1", "\"upperLimit\":1e10"), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan("\"upperLimit\":1", "\"upperLimit\":1e40"), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"upperLimit\":1", "\"upperLimit\":0.0000001"), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan("\"upperLimit\":1", "\"upperLimit\":\"1\""), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan("\"upperLimit\":1", "\"lowerLimit\":2,\"upperLimit\":1"), 422, "limits-crossed" },
        { "PUT", "/plans/P", Plan("\"unit\":\"mm\",", ""), 422, "characteristic-without-limit" },
        { "PUT", "/plans/P", Plan("\"unit\":\"mm\"", "\"unit\":\"\""), 400, "invalid-code" },
        { "PUT", "/plans/P", Plan("\"holdsLot\"", "\"holdsLots\""), 400, "malformed-body" },
        { "PUT", "/plans/P", Plan(Characteristic, ""), 400, "invalid-value" },
        { "PUT", "/plans/P", Plan(Characteristic, "null"), 400, "malformed-body" },
        { "PUT", "/plans/P", PlanBasedOn(-1), 400, "invalid-value" },
        { "PUT", "/plans/P", PlanBasedOn(3), 409, "plan-changed-meanwhile" },
        { "PUT", "/plans/%20P", PlanBasedOn(0), 400, "invalid-code" },
        { "PUT", $"/plans/{TooLong}", PlanBasedOn(0), 400, "invalid-code" },
        { "PUT", "/plans/EXISTING", PlanBasedOn(0), 409, "plan-changed-meanwhile" },

        { "POST", Measurements, "{}", 400, "malformed-body" },
        { "POST", Measurements, """{"findings":[]}""", 400, "invalid-value" },
        { "POST", Measurements, """{"findings":[null]}""", 400, "malformed-body" },
        { "POST", Measurements, Findings("""{"sample":1}"""), 400, "malformed-body" },
        { "POST", Measurements, Findings("""{"sample":1,"characteristic":"D9","value":1}"""), 422, "characteristic-not-found" },
        { "POST", Measurements, Findings("""{"sample":99,"characteristic":"D1","value":1}"""), 422, "sample-out-of-range" },
        { "POST", Measurements, Findings("""{"sample":-1,"characteristic":"D1","value":1}"""), 422, "sample-out-of-range" },
        { "POST", Measurements, Findings("""{"sample":1,"characteristic":"D1"}"""), 422, "finding-unclear" },
        {
            "POST", Measurements, Findings("""{"sample":1,"characteristic":"D1","conforms":true}"""),
            422, "characteristic-needs-value"
        },
        { "POST", Measurements, Findings("""{"sample":1,"characteristic":"D1","value":1e12}"""), 400, "invalid-value" },
        { "POST", Measurements, Findings("""{"sample":1,"characteristic":"D1","value":"NaN"}"""), 400, "malformed-body" },
        {
            "POST", Measurements,
            Findings("""{"sample":1,"characteristic":"D1","value":1},{"sample":2,"characteristic":"D9","value":1}"""),
            422, "characteristic-not-found"
        },
        {
            "POST", "/inspections/MISSING/measurements", Findings("""{"sample":1,"characteristic":"D1","value":1}"""),
            404, "inspection-not-found"
        },
        { "POST", "/inspections/not-an-id/measurements", "{}", 404, "no-such-address" },

        { "POST", Verdict, "{}", 400, "malformed-body" },
        { "POST", Verdict, """{"verdict":"Maybe"}""", 400, "malformed-body" },
        { "POST", Verdict, """{"verdict":"Accept"}""", 422, "measurements-missing" },
        { "POST", Verdict, """{"verdict":"Reject"}""", 422, "reason-missing" },
        { "POST", Verdict, """{"verdict":"Reject","reason":"  "}""", 422, "reason-missing" },
        { "POST", Verdict, """{"verdict":"Partial"}""", 422, "verdict-quantities" },
        { "POST", Verdict, """{"verdict":"Partial","acceptedQuantity":-1}""", 400, "invalid-value" },
        { "POST", Verdict, """{"verdict":"Partial","acceptedQuantity":1e9,"rejectedQuantity":1e9}""", 422, "verdict-quantities" },
        { "POST", Verdict, $$"""{"verdict":"Reject","reason":"{{TooLong}}"}""", 400, "invalid-value" },
        { "POST", Verdict, """{"verdict":"Reject","reason":"a\u0000b"}""", 400, "malformed-body" },
        { "POST", Verdict, """{"verdict":"Reject","reason":"a\ud800b"}""", 400, "malformed-body" },
        { "POST", "/inspections/MISSING/verdict", """{"verdict":"Reject","reason":"r"}""", 404, "inspection-not-found" },

        { "POST", "/holds", "{}", 400, "malformed-body" },
        { "POST", "/holds", """{"reason":"r"}""", 422, "hold-without-target" },
        { "POST", "/holds", """{"reason":"","orderId":"ORDER"}""", 400, "invalid-value" },
        { "POST", "/holds", """{"reason":"r","orderId":"MISSING"}""", 422, "order-not-found" },
        { "POST", "/holds", """{"reason":"r","orderId":"ORDER","operationId":"MISSING"}""", 422, "operation-not-found" },
        { "POST", "/holds", """{"reason":"r","operationId":"MISSING"}""", 422, "operation-without-order" },
        { "POST", "/holds", """{"reason":"r","lot":"L"}""", 422, "lot-without-material" },
        { "POST", "/holds", """{"reason":"r","lot":"","material":"M"}""", 400, "invalid-code" },
        { "POST", "/holds", """{"reason":"r","orderId":"x"}""", 400, "malformed-body" },
        { "POST", "/holds/HOLD/release", "{}", 400, "malformed-body" },
        { "POST", "/holds/HOLD/release", """{"reason":""}""", 400, "invalid-value" },
        { "POST", "/holds/MISSING/release", """{"reason":"r"}""", 404, "hold-not-found" },

        { "POST", Dispositions, "{}", 400, "malformed-body" },
        { "POST", Dispositions, """{"kind":"Sell","quantity":1,"reason":"r"}""", 400, "malformed-body" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":0,"reason":"r"}""", 400, "invalid-value" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":-1,"reason":"r"}""", 400, "invalid-value" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":1e10,"reason":"r"}""", 400, "invalid-value" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":0.0000001,"reason":"r"}""", 400, "invalid-value" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":6,"reason":"r"}""", 422, "disposition-exceeds-quantity" },
        { "POST", Dispositions, """{"kind":"Scrap","quantity":1,"reason":""}""", 400, "invalid-value" },
        {
            "POST", "/nonconformances/MISSING/dispositions", """{"kind":"Scrap","quantity":1,"reason":"r"}""",
            404, "nonconformance-not-found"
        },
        { "POST", "/nonconformances/NONCONFORMANCE/close", null, 422, "nonconformance-undecided" },
        { "POST", "/nonconformances/MISSING/close", null, 404, "nonconformance-not-found" },

        { "GET", "/plans/none", null, 404, "plan-not-found" },
        { "GET", "/inspections/MISSING", null, 404, "inspection-not-found" },
        { "GET", "/nonconformances/MISSING", null, 404, "nonconformance-not-found" },
        { "GET", "/inspections?status=Odd", null, 400, "malformed-request" },
        { "GET", "/holds?status=Odd", null, 400, "malformed-request" },
        { "GET", "/inspections?status=77", null, 400, "invalid-value" },
        { "GET", "/inspections?size=0", null, 400, "invalid-value" },
        { "GET", "/inspections?size=1001", null, 400, "invalid-value" },
        { "GET", "/inspections?after=x", null, 400, "page-key-wrong" },
        { "GET", "/inspections?order=%00", null, 400, "malformed-text" },
        { "GET", "/nonconformances?status=Perhaps", null, 400, "malformed-request" },
        { "GET", "/nonconformances?after=-1", null, 400, "page-key-wrong" },
        { "GET", "/nonconformances?order=%00", null, 400, "malformed-text" },
        { "GET", "/holds?orderId=x", null, 400, "malformed-request" },
        { "GET", "/holds?after=x", null, 400, "page-key-wrong" },
        { "GET", "/plans?size=x", null, 400, "malformed-request" },
        { "GET", "/plans?after=%00", null, 400, "malformed-text" },
        { "DELETE", "/holds", null, 405, "method-not-allowed" },
        { "GET", "/nothing", null, 404, "no-such-address" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_refused_and_changes_nothing(string method, string path, string? body, int status, string code)
    {
        var before = await stock.Fingerprint();
        var refusal = await stock.Host.Inspector.Refused(
            new HttpMethod(method), stock.Fill(path), body is null ? null : stock.Fill(body));
        (refusal.Status, refusal.Code).ShouldBe((status, code), refusal.Problem.ToString());
        refusal.Hint.ShouldNotBeNullOrWhiteSpace();
        if (code == "body-missing")
        {
            refusal.Hint.ShouldBe(
                "Send the command as a JSON body with Content-Type application/json; one without values is {}.");
        }
        (await stock.Fingerprint()).ShouldBe(before);
    }

    [Fact]
    public async Task An_oversized_body_is_refused()
    {
        var body = $$"""{"reason":"{{new string('x', 1_100_000)}}"}""";
        var refusal = await stock.Host.Inspector.Refused(HttpMethod.Post, "/holds", body);
        (refusal.Status, refusal.Code).ShouldBe((413, "body-too-large"));
    }

    [Fact]
    public async Task A_command_without_id_is_refused()
    {
        using var response = await stock.Host.Inspector.Send(HttpMethod.Post, "/holds", new PlaceHold("r", stock.OrderId));
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("command-id-missing");
    }

    public static TheoryData<string, string, string> Permitted => new()
    {
        { "PUT", "/plans/P", Permissions.ManageQuality },
        { "POST", Measurements, Permissions.Inspect },
        { "POST", Verdict, Permissions.Inspect },
        { "POST", "/holds", Permissions.Disposition },
        { "POST", "/holds/HOLD/release", Permissions.Disposition },
        { "POST", Dispositions, Permissions.Disposition },
        { "POST", "/nonconformances/NONCONFORMANCE/close", Permissions.Disposition },
        { "GET", "/plans", Permissions.ReadQuality },
        { "GET", "/inspections", Permissions.ReadQuality },
        { "GET", "/inspections/INSPECTION", Permissions.ReadQuality },
        { "GET", "/holds", Permissions.ReadQuality },
        { "GET", "/nonconformances", Permissions.ReadQuality },
        { "GET", "/nonconformances/summary", Permissions.ReadQuality },
        { "GET", "/nonconformances/NONCONFORMANCE", Permissions.ReadQuality },
    };

    [Theory]
    [MemberData(nameof(Permitted))]
    public async Task Needs_its_permission(string method, string path, string permission)
    {
        var others = stock.Host.As("Other", [.. Permissions.All.Where(other => other != permission)]);
        var refusal = await others.Refused(new HttpMethod(method), stock.Fill(path), method == "GET" ? null : "{}");
        (refusal.Status, refusal.Code, refusal.Problem.GetProperty("permission").GetString())
            .ShouldBe((403, "not-permitted", permission));
        using var nobody = await stock.Host.Http.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), "/api/quality" + stock.Fill(path)));
        ((int)nobody.StatusCode).ShouldBe(401);
    }

    /// <summary>A service with one of each.</summary>
    public sealed class Stock : IAsyncLifetime
    {
        readonly Dictionary<string, string> _known = new() { ["MISSING"] = Guid.NewGuid().ToString() };

        public QualityHost Host { get; } = new();

        public Guid OrderId { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Host.InitializeAsync();
            await Host.Inspector.Put<PlanView>("/plans/EXISTING", new DefinePlan(0, Given.Plan()));
            var report = Given.Report(good: 3, nonconforming: 5, order: Given.OrderNumber());
            await Host.DeliverInOrder(report, Given.Order(report.OrderId, 1, WorkOrderStatus.Released, report.OrderNumber));
            OrderId = report.OrderId;
            _known["ORDER"] = OrderId.ToString();
            _known["INSPECTION"] = (await Host.Read(db => db.Inspections.SingleAsync())).Id.ToString();
            _known["NONCONFORMANCE"] = (await Host.Read(db => db.Nonconformances.SingleAsync())).Id.ToString();
            _known["HOLD"] = (await Host.Read(db => db.Holds.SingleAsync())).Id.ToString();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        public string Fill(string text) => _known.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value));

        /// <summary>A text that differs if anything was written.</summary>
        public Task<string> Fingerprint() => Host.Read(db => db.Database.SqlQuery<string>($"""
            SELECT concat_ws(' ', (SELECT count(*) FROM audit), (SELECT count(*) FROM command_log),
                (SELECT count(*) FROM outbox) + (SELECT count(*) FROM parked_message), -- where what nobody here reads ends
                (SELECT count(*) FROM plan_version), (SELECT string_agg(p::text, '') FROM inspection_plan p),
                (SELECT string_agg(i::text, '') FROM inspection i), (SELECT count(*) FROM measurement),
                (SELECT string_agg(h::text, '') FROM hold h), (SELECT string_agg(n::text, '') FROM nonconformance n),
                (SELECT count(*) FROM disposition)) AS "Value"
            """).SingleAsync());
    }
}
