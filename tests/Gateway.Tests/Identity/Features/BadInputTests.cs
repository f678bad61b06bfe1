using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

/// <summary>Whatever is sent, the answer is a problem that names what is wrong, and nothing has changed.</summary>
public sealed class BadInputTests(Installation plant)
{
    static readonly string Long = new('x', 106);

    public static TheoryData<string, string, string?, string> Table => new()
    {
        { "PUT", "people/ok", null, "body-missing" },
        { "PUT", "people/ok", "", "body-missing" },
        { "PUT", "people/ok", "{", "malformed-body" },
        { "PUT", "people/ok", "[]", "malformed-body" },
        { "PUT", "people/ok", "null", "body-missing" },
        { "PUT", "people/ok", "{}", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":null,"roles":[]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":5,"name":"x","roles":[]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[],"isAdmin":true}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"","name":"x","roles":[]}""", "invalid-value" },
        { "PUT", "people/ok", """{"userName":"a b","name":"x","roles":[]}""", "invalid-value" },
        { "PUT", "people/ok", """{"userName":"a\u0000b","name":"x","roles":[]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"a\u0000b","roles":[]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"   ","roles":[]}""", "invalid-value" },
        { "PUT", "people/ok", """{"userName":"ok","name":"LONGLONG","roles":[]}""", "invalid-value" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":["god"]}""", "invalid-value" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[null]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":"planner"}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[],"reason":"a\u0000b"}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[],"badge":"7"}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"\ud800","name":"x","roles":[]}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[],"reason":"\ud800"}""", "malformed-body" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"\ud800"}""", "malformed-body" },
        { "PUT", "people/ok", """{"userName":"ok","name":"x","roles":[],"\ud800":1}""", "malformed-body" },
        { "PUT", "people/%20x/roles", """{"roles":[]}""", "invalid-code" },
        { "PUT", "people/ID/roles", """{"roles":[]}""", "person-not-found" },
        { "PUT", "people/ID/roles", """{"roles":["god"]}""", "invalid-value" },
        { "POST", "people/ID/password-reset", "{}", "person-not-found" },
        { "GET", "people/ID", null, "person-not-found" },
        { "DELETE", "people/ID", null, "person-not-found" },
        { "DELETE", "people/ID?reason=a%00b", null, "malformed-text" },
        { "POST", "badges", """{"code":"","person":"o"}""", "invalid-code" },
        { "POST", "badges", """{"code":"a\u200bb","person":"o"}""", "invalid-code" },
        { "POST", "badges", """{"code":"c","person":"o","pin":"12"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","person":"o","pin":"12ab"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","person":"o","pin":"123456789"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","person":"o","pin":"１２３４"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","person":"nobody"}""", "person-not-found" },
        { "PUT", "badges/ID/pin", """{"pin":"1234"}""", "badge-not-found" },
        { "PUT", "badges/ID/pin", """{"pin":""}""", "invalid-value" },
        { "DELETE", "badges/ID", null, "badge-not-found" },
        { "POST", "api-keys", """{"name":"","roles":[]}""", "invalid-value" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"tomorrow"}""", "malformed-body" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"9999-12-31T23:59:59-14:00"}""", "malformed-body" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"2199-12-31T23:59:59"}""", "malformed-body" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"2199-12-31"}""", "malformed-body" },
        { "POST", "api-keys", """{"roles":[]}""", "malformed-body" },
        { "DELETE", "api-keys/ID", null, "api-key-not-found" },
        { "POST", "devices", """{"name":"n","equipment":null,"workCenters":[],"roles":[]}""", "malformed-body" },
        { "POST", "devices", """{"name":"n","equipment":[""],"workCenters":[],"roles":[]}""", "invalid-value" },
        { "POST", "devices", """{"name":"n","equipment":["a\u0000"],"workCenters":[],"roles":[]}""", "malformed-body" },
        { "POST", "devices/paired",
            """{"pairingCode":"ABC","name":"n","equipment":[],"workCenters":[],"roles":[]}""", "invalid-value" },
        { "POST", "devices/paired",
            """{"pairingCode":"ABCDEFGH","name":"","equipment":[],"workCenters":[],"roles":[]}""", "invalid-value" },
        { "PUT", "devices/ID", """{"name":"n","equipment":[""],"workCenters":[],"roles":[]}""", "invalid-value" },
        { "PUT", "devices/ID", """{"name":"n","equipment":[],"workCenters":[""],"roles":[]}""", "invalid-value" },
        { "PUT", "devices/ID", """{"name":"n","equipment":[],"workCenters":[],"roles":[]}""", "device-not-found" },
        { "DELETE", "devices/ID", null, "device-not-found" },
        { "DELETE", "sessions/ID", null, "session-not-found" },
        { "GET", "sessions?size=-1", null, "invalid-value" },
        { "GET", "audit?size=0", null, "invalid-value" },
        { "GET", "audit?size=1001", null, "invalid-value" },
        { "GET", "audit?size=99999999999", null, "malformed-request" },
        { "GET", "audit?after=x", null, "page-key-wrong" },
        { "POST", "sign-in", """{"userName":"a\u0000","password":"x"}""", "malformed-body" },
        { "POST", "sign-in", """{"userName":"a"}""", "malformed-body" },
        { "POST", "sign-in", """{"userName":"a","password":"LONGLONG"}""", "invalid-value" },
        { "POST", "sign-in/badge", """{"badge":"a\u0000"}""", "malformed-body" },
        { "POST", "sign-in/badge", """{"badge":"a","pin":"x"}""", "invalid-value" },
        { "POST", "device", """{"secret":"LONGLONG"}""", "invalid-value" },
        { "POST", "device", """{"secret":"mes_device_\u0000"}""", "malformed-body" },
        { "POST", "password", """{"current":"","new":"LONGLONG"}""", "invalid-value" },
        { "PATCH", "people", "{}", "method-not-allowed" },
        { "GET", "nothing-here", null, "no-such-address" },
    };

    [Theory, MemberData(nameof(Table))]
    public async Task Bad_input_is_a_problem_and_changes_nothing(string method, string path, string? body, string code)
    {
        path = path.Replace("ID", Guid.NewGuid().ToString());
        body = body?.Replace("LONG", Long);
        var before = await CountRowsAsync();

        var answer = await plant.Admin.SendTextAsync(new(method), path, body);

        answer.Status.ShouldBeInRange(400, 499, answer.Text);
        answer.Code.ShouldBe(code, answer.Text);
        ((string?)answer.Json["hint"]).ShouldNotBeNullOrWhiteSpace();
        if (code == "body-missing")
        {
            ((string?)answer.Json["hint"]).ShouldBe(
                "Send the command as a JSON body with Content-Type application/json; one without values is {}.");
        }
        if (code == "invalid-value") ((string?)answer.Json["field"]).ShouldNotBeNullOrWhiteSpace(answer.Text);
        (await CountRowsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("POST", "sign-in", """{"userName":"","password":"SECRET-LONGLONG"}""")]
    [InlineData("POST", "sign-in", """{"userName":"a","password":["SECRET"]}""")]
    [InlineData("POST", "sign-in", """{"userName":"a","passwd":"SECRET"}""")]
    [InlineData("POST", "sign-in/badge", """{"badge":"a","pin":"SECRET"}""")]
    [InlineData("POST", "device", """{"secret":"SECRET-LONGLONG"}""")]
    [InlineData("POST", "device", """["SECRET"]""")]
    [InlineData("POST", "password", """{"current":"x","new":"SECRET-LONGLONG"}""")]
    [InlineData("PUT", "people/ok", """{"name":"x","roles":[],"badge":{"code":"c","pin":"SECRET"}}""")]
    [InlineData("PUT", "badges/ID/pin", """{"pin":"SECRET"}""")]
    [InlineData("PUT", "badges/ID/pin", """{"pin":{"is":"SECRET"}}""")]
    [InlineData("POST", "badges", """{"code":"c","person":"o","pin":"SECRET"}""")]
    public async Task No_refusal_shows_a_secret(string method, string path, string body)
    {
        var answer = await plant.Admin.SendTextAsync(
            new(method), path.Replace("ID", Guid.NewGuid().ToString()), body.Replace("LONG", Long));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Text.ShouldNotContain("SECRET", Case.Sensitive);
        answer.Text.ShouldContain("***");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Only_JSON_is_read(string mediaType)
    {
        var content = new StringContent("""{"userName":"a","password":"b"}""");
        content.Headers.ContentType = new(mediaType);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/sign-in") { Content = content };

        (await plant.Admin.SendAsync(request)).ShouldBeProblem(415, "not-json");
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("\"UTF-16\"")]
    [InlineData("no-such-charset")]
    public async Task Only_UTF_8_is_read(string charset)
    {
        var content = new StringContent("""{"userName":"a","password":"b"}""");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=" + charset);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/sign-in") { Content = content };

        (await plant.Admin.SendAsync(request)).ShouldBeProblem(415, "not-utf8");
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    [InlineData("PROPFIND")]
    public async Task Methods_that_no_address_has_are_refused(string method)
    {
        foreach (var path in new[] { "people", "/api/inventory/echo", "/nowhere" })
            (await plant.Admin.SendTextAsync(new HttpMethod(method), path, null)).ShouldBeProblem(405, "method-not-allowed");
    }

    [Fact]
    public async Task CONNECT_is_refused()
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(plant.Gateway.Address.Host, plant.Gateway.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe("HTTP/1.1 405 Method Not Allowed");
    }

    [Theory]
    [InlineData("PUT", "people/NAME", """{"userName":"FIRST","name":"x","roles":[]}""")]
    [InlineData("POST", "badges", """{"code":"FIRST","person":"admin"}""")]
    public async Task The_same_name_under_another_id_is_a_conflict_not_a_second_one(string method, string path, string body)
    {
        body = body.Replace("FIRST", plant.Name("twice"));
        Task<Answer> Send() =>
            plant.Admin.SendTextAsync(new HttpMethod(method), path.Replace("NAME", plant.Name("person")), body);
        (await Send()).Status.ShouldBeInRange(200, 201);

        var both = await Task.WhenAll(Send(), Send());

        foreach (var again in both) again.ShouldBeProblem(409, "already-exists");
    }

    // Rows of what the tests here could make; other tests at the same time make users, keys and badges of other names
    async Task<long> CountRowsAsync()
    {
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var command = source.CreateCommand("""
            select (select count(*) from people where code in ('ok', ' x') or user_name in ('ok', 'a b', ''))
                 + (select count(*) from badges where code in ('c', 'a b', ''))
                 + (select count(*) from api_clients where name in ('n', ''))
                 + (select count(*) from devices where name in ('n', ''))
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
