using System.Text.Json.Nodes;
using Mes.Inventory.Domain;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features;

/// <summary>
/// Whatever comes in: problem details with code and hint, nothing changed, never a failure of the server.
/// </summary>
public sealed class BadInputTests(InventoryService service) : IClassFixture<InventoryService>, IAsyncLifetime
{
    string _material = "";

    public async ValueTask InitializeAsync()
    {
        _material = await service.NewMaterial("BAD");
        await service.Receive(_material, "B1", 10);
        await service.Receive(_material, "B2", 10, expiresAt: new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    const string Receipt = """{"material":"$M","lot":"B9","quantity":1,"unit":"pcs","location":"STORE"}""";
    const string Issue = """{"order":"W","material":"$M","lot":"B1","quantity":1,"unit":"pcs"}""";
    const string Return = """{"order":"W","material":"$M","lot":"B1","quantity":1,"unit":"pcs","location":"STORE"}""";
    const string Move = """{"material":"$M","lot":"B1","quantity":1,"unit":"pcs","from":"STORE","to":"RECEIVING"}""";
    const string Adjustment =
        """{"material":"$M","lot":"B1","quantity":1,"unit":"pcs","location":"STORE","reason":"count"}""";
    const string Reservation = """{"order":"W","material":"$M","quantity":1,"unit":"pcs"}""";

    public static TheoryData<string, string, string, string, int, string> Cases()
    {
        var data = new TheoryData<string, string, string, string, int, string>();
        foreach (var (path, body) in new[]
                 {
                     ("/receipts", Receipt), ("/issues", Issue), ("/returns", Return), ("/moves", Move),
                     ("/adjustments", Adjustment), ("/reservations", Reservation)
                 })
        {
            data.Add(path, body, "\"quantity\":1,", "", 400, "malformed-body");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":0", 400, "invalid-value");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":1000000001", 400, "invalid-value");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":1e27", 400, "invalid-value");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":1e99", 400, "malformed-body");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":1e-400", 400, "malformed-body");
            data.Add(path, body, "\"quantity\":1", $"\"quantity\":5.{new string('0', 37)}1", 400, "malformed-body");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":0.0000001", 400, "invalid-value");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":\"1\"", 400, "malformed-body");
            data.Add(path, body, "\"quantity\":1", "\"quantity\":null", 400, "malformed-body");
            data.Add(path, body, "\"unit\":\"pcs\"", "\"unit\":\"kg\"", 422, "wrong-unit");
            data.Add(path, body, "\"unit\":\"pcs\"", "\"unit\":\"\"", 400, "invalid-code");
            data.Add(path, body, "\"unit\":\"pcs\"", "\"unit\":null", 400, "malformed-body");
            data.Add(path, body, "\"material\":\"$M\"", "\"material\":\"nothing\"", 422, "material-not-found");
            data.Add(path, body, "\"material\":\"$M\"", "\"material\":\"a\\u0000b\"", 400, "malformed-body");
            data.Add(path, body, "\"material\":\"$M\"", "\"material\":\"\\ud800\"", 400, "malformed-body");
            data.Add(path, body, "\"material\":\"$M\"", $"\"material\":\"{new string('x', 101)}\"", 400, "invalid-code");
            data.Add(path, body, "}", ",\"surprise\":1}", 400, "malformed-body");
            data.Add(path, body, body, "", 400, "body-missing");
            data.Add(path, body, body, "null", 400, "body-missing");
            data.Add(path, body, body, "[]", 400, "malformed-body");
            data.Add(path, body, body, "{", 400, "malformed-body");
            data.Add(path, body, "}", ",\"lot\":\"" + new string('x', 1_100_000) + "\"}", 413, "body-too-large");
            if (path != "/adjustments") data.Add(path, body, "\"quantity\":1", "\"quantity\":-1", 400, "invalid-value");
            if (body.Contains("\"lot\"", StringComparison.Ordinal))
            {
                data.Add(path, body, "\"lot\":\"B", "\"lot\":\" B", 400, "invalid-code");
                if (path != "/receipts") data.Add(path, body, "\"lot\":\"B1\"", "\"lot\":\"B7\"", 422, "lot-not-found");
                if (path is "/returns" or "/moves" or "/adjustments") data.Add(path, body, "\"lot\":\"B1\",", "", 422,
                    "lot-missing");
            }
            if (body.Contains("\"location\"", StringComparison.Ordinal))
            {
                data.Add(path, body, "\"STORE\"", "\"NOWHERE\"", 422, "location-not-found");
                data.Add(path, body, "\"STORE\"", "\"SUPPLIER\"", 422, "location-not-real");
            }
            if (body.Contains("\"order\"", StringComparison.Ordinal))
            {
                data.Add(path, body, "\"order\":\"W\"", "\"order\":\"\"", 400, "invalid-code");
            }
        }
        data.Add("/receipts", Receipt, "}", ",\"occurredAt\":\"2150-01-01T00:00:00Z\"}", 422, "in-the-future");
        data.Add("/receipts", Receipt, "}", ",\"occurredAt\":\"0001-01-01T00:00:00Z\"}", 400, "invalid-value");
        data.Add("/receipts", Receipt, "}", ",\"occurredAt\":\"yesterday\"}", 400, "malformed-body");
        data.Add("/receipts", Receipt, "}", ",\"occurredAt\":\"2026-03-10T10:00:00\"}", 400, "malformed-body");
        data.Add("/receipts", Receipt, "}", ",\"occurredAt\":\"2026-03-10\"}", 400, "malformed-body");
        data.Add("/receipts", Receipt, "\"lot\":\"B9\",", "", 422, "lot-missing");
        data.Add("/receipts", Receipt, "\"lot\":\"B9\"", "\"lot\":\"B2\",\"expiresAt\":\"2080-01-01T00:00:00Z\"", 422,
            "expiry-differs");
        data.Add("/issues", Issue, "\"quantity\":1", "\"quantity\":11", 422, "not-enough-stock");
        data.Add("/returns", Return, "\"quantity\":1", "\"quantity\":1", 422, "more-than-issued");
        data.Add("/moves", Move, "RECEIVING", "STORE", 400, "invalid-value");
        data.Add("/moves", Move, "RECEIVING", "NOWHERE", 422, "location-not-found");
        data.Add("/moves", Move, "\"quantity\":1", "\"quantity\":11", 422, "not-enough-stock");
        data.Add("/adjustments", Adjustment, "\"quantity\":1", "\"quantity\":-11", 422, "not-enough-stock");
        data.Add("/adjustments", Adjustment, "\"reason\":\"count\"", "\"reason\":\"\"", 400, "invalid-value");
        data.Add("/adjustments", Adjustment, "}", ",\"isScrap\":true}", 400, "invalid-value");
        data.Add("/reservations", Reservation, "\"quantity\":1", "\"quantity\":21", 422, "not-enough-stock");
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_bad_body_is_refused(string path, string body, string part, string instead, int status, string code)
    {
        var bad = body.Replace(part, instead, StringComparison.Ordinal).Replace("$M", _material, StringComparison.Ordinal);
        await MustBeRefused(HttpMethod.Post, path, bad, status, code);
    }

    [Theory]
    [InlineData("PUT", "/materials/X", """{"name":"X"}""", 400, "malformed-body")]
    [InlineData("PUT", "/materials/X", """{"name":"","unit":"pcs"}""", 400, "invalid-value")]
    [InlineData("PUT", "/materials/X", """{"name":"X","unit":"furlong"}""", 422, "unit-not-found")]
    [InlineData("PUT", "/materials/%20X", """{"name":"X","unit":"pcs"}""", 400, "invalid-code")]
    [InlineData("PUT", "/materials/a%00b", """{"name":"X","unit":"pcs"}""", 400, null)]
    [InlineData("PUT", "/locations/X", """{"name":"X","kind":"Supplier"}""", 400, "invalid-value")]
    [InlineData("PUT", "/locations/X", """{"name":"X","kind":"Moon"}""", 400, "malformed-body")]
    [InlineData("PUT", "/locations/X", """{"name":"X","kind":0}""", 400, "malformed-body")]
    [InlineData("PUT", "/locations/STORE", """{"name":"X","kind":"LineSide"}""", 422, "location-kind-fixed")]
    [InlineData("POST", "/movements/11111111-1111-1111-1111-111111111111/reversal", """{"reason":"x"}""", 404,
        "movement-not-found")]
    [InlineData("POST", "/discrepancies/11111111-1111-1111-1111-111111111111/settle", """{"settlement":"x"}""", 404,
        "discrepancy-not-found")]
    [InlineData("POST", "/discrepancies/11111111-1111-1111-1111-111111111111/settle", """{"settlement":""}""", 400,
        "invalid-value")]
    [InlineData("POST", "/reservations/11111111-1111-1111-1111-111111111111/release", """{"reason":"x"}""", 404,
        "reservation-not-found")]
    [InlineData("POST", "/nothing", "{}", 404, null)]
    [InlineData("GET", "/materials/nothing", null, 404, "material-not-found")]
    [InlineData("GET", "/locations/nothing", null, 404, "location-not-found")]
    [InlineData("GET", "/discrepancies?from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z", null, 400, "window-wrong")]
    [InlineData("GET", "/audit?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", null, 400, "window-wrong")]
    [InlineData("GET", "/parked-messages?to=1989-03-02T00:00:00Z", null, 400, "window-wrong")]
    [InlineData("GET", "/lots/nothing/nothing", null, 404, "lot-not-found")]
    [InlineData("GET", "/movements/11111111-1111-1111-1111-111111111111", null, 404, "movement-not-found")]
    [InlineData("GET", "/stock?size=0", null, 400, "invalid-value")]
    [InlineData("GET", "/stock?size=1001", null, 400, "invalid-value")]
    [InlineData("GET", "/stock?size=x", null, 400, "malformed-request")]
    [InlineData("GET", "/stock?after=x", null, 400, "page-key-wrong")]
    [InlineData("GET", "/stock?after=%5B%22a%22%5D", null, 400, "page-key-wrong")]
    [InlineData("GET", "/stock?after=%5B%22a%22%2C%22%5Cu0000%22%2C%22c%22%5D", null, 400, "page-key-wrong")]
    [InlineData("GET", "/reservations?after=x", null, 400, "page-key-wrong")]
    [InlineData("GET", "/discrepancies?after=x", null, 400, "page-key-wrong")]
    [InlineData("GET", "/stock?material=a%00b", null, 400, "malformed-text")]
    [InlineData("GET", "/discrepancies?status=Lost", null, 400, "malformed-request")]
    [InlineData("GET", "/discrepancies?status=99", null, 400, "invalid-value")]
    [InlineData("GET", "/discrepancies?status=0", null, 400, "invalid-value")]
    [InlineData("PUT", "/materials/X", "{\"name\":\"a\\u202eb\",\"unit\":\"pcs\"}", 400, "invalid-value")]
    public async Task A_bad_request_is_refused(string method, string path, string? body, int status, string? code) =>
        await MustBeRefused(new HttpMethod(method), path, body, status, code);

    [Theory]
    [InlineData("/locations/X", """{"name":"X","kind":"Moon"}""", "$.kind", "\"Moon\"", "Give one of Storage,")]
    [InlineData("/locations/X", """{"Name":"X","Kind":"Moon"}""", "$.Kind", "\"Moon\"", "Give one of Storage,")]
    [InlineData("/locations/X", """{"name":7,"kind":"Storage"}""", "$.name", "7", "Give a text in quotes.")]
    [InlineData("/locations/X", """{"kind":"Storage"}""", "$.name", null, "$.name is missing. Give a text in quotes.")]
    [InlineData("/locations/X", """{"name":"X","kind":"Storage","hue":1}""", "$.hue", "1", "Give one of name, kind")]
    [InlineData("/materials/X", """{"name":null,"unit":"pcs"}""", "$.name", "null", "Give a text in quotes.")]
    [InlineData("/materials/X", """{"name":"X",}""", "$", null, "$ is not JSON at line 1, byte 13.")]
    public async Task A_malformed_body_is_told_with_place_value_and_what_belongs_there(
        string path, string body, string field, string? value, string hint)
    {
        using var response = await service.Send(HttpMethod.Put, path, body);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)problem["code"]).ShouldBe("malformed-body");
        ((string?)problem["field"], (string?)problem["value"]).ShouldBe((field, value));
        ((string?)problem["hint"])!.ShouldContain(hint);
    }

    [Theory]
    [InlineData("POST", "/receipts", Receipt, "inventory.read")]
    [InlineData("POST", "/adjustments", Adjustment, "inventory.move")]
    [InlineData("PUT", "/materials/X", """{"name":"X","unit":"pcs"}""", "inventory.move")]
    [InlineData("GET", "/stock", null, "inventory.move")]
    public async Task What_is_not_permitted_is_refused(string method, string path, string? body, string permission)
    {
        using var request = service.Request(new HttpMethod(method), path, null, permission);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task A_command_without_an_id_is_refused()
    {
        using var request = service.Request(HttpMethod.Post, "/issues");
        request.Headers.Remove("Idempotency-Key");
        request.Content = new StringContent(Issue.Replace("$M", _material, StringComparison.Ordinal),
            System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused_by_its_header()
    {
        using var request = service.Request(HttpMethod.Post, "/issues");
        request.Content = new StringContent(Issue);
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-7");
        using var response = await service.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(415);
        (await response.Content.ReadAsStringAsync()).ShouldContain("not-utf8");
    }

    [Fact]
    public async Task Strange_facts_are_recorded_and_never_parked()
    {
        var product = $"ODD-{Guid.NewGuid():n}"[..12];
        var huge = Report(product, "L", 999_999_999.999999m);
        await service.Report(
            huge, huge.Counter(), huge.Counter(), Report(product, "L", -5), Report(product, "", 1), Report("", "L", 0),
            Report(product, "L", 0.0000004m), Report(product, "L", 2, consumed: [Used(product, "L", 2), Used(product, "L", -1)]),
            Report(product, new string('l', 300), 1, unit: ""), Report($"{product} ü/%", "L'; --", 1));
        await service.BooksMustBalance();
    }

    const string SendABody = "Send the command as a JSON body with Content-Type application/json; one without values is {}.";

    async Task MustBeRefused(HttpMethod method, string path, string? body, int status, string? code)
    {
        var before = await Everything();
        using var response = await service.Send(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        if (code is not null)
        {
            var problem = JsonNode.Parse(text)!;
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            ((string?)problem["code"]).ShouldBe(code, text);
            ((string?)problem["hint"]).ShouldNotBeNullOrWhiteSpace();
            if (code == "body-missing") ((string?)problem["hint"]).ShouldBe(SendABody);
        }
        (await Everything()).ShouldBe(before);
    }

    Task<string> Everything() => service.Scalar<string>(
        """
        SELECT concat_ws(' ', (SELECT count(*) FROM material), (SELECT count(*) FROM location), (SELECT count(*) FROM lot),
            (SELECT count(*) FROM movement), (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM reservation),
            (SELECT sum(on_hand) FROM stock WHERE NOT is_virtual), (SELECT sum(reserved) FROM stock),
            (SELECT count(*) FROM audit), (SELECT count(*) FROM command_log), (SELECT count(*) FROM discrepancy))
        """);
}
