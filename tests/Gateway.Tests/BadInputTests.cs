using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>Whatever is sent, the answer is a problem that names what is wrong, and nothing has changed.</summary>
public sealed class BadInputTests(Installation plant)
{
    const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    public static TheoryData<string, string, string?, string> Table => new()
    {
        { "POST", "users", null, "body-missing" },
        { "POST", "users", "", "body-missing" },
        { "POST", "users", "{", "malformed-body" },
        { "POST", "users", "[]", "malformed-body" },
        { "POST", "users", "null", "body-missing" },
        { "POST", "users", "{}", "malformed-body" },
        { "POST", "users", """{"userName":null,"displayName":"x","roles":[]}""", "malformed-body" },
        { "POST", "users", """{"userName":5,"displayName":"x","roles":[]}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[],"isAdmin":true}""", "malformed-body" },
        { "POST", "users", """{"userName":"","displayName":"x","roles":[]}""", "invalid-value" },
        { "POST", "users", """{"userName":"a b","displayName":"x","roles":[]}""", "invalid-value" },
        { "POST", "users", """{"userName":"a\u0000b","displayName":"x","roles":[]}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"a\u0000b","roles":[]}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"   ","roles":[]}""", "invalid-value" },
        { "POST", "users", """{"userName":"ok","displayName":"LONG","roles":[]}""", "invalid-value" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":["god"]}""", "invalid-value" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[null]}""", "invalid-value" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":"planner"}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[],"why":"a\u0000b"}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[],"id":"7"}""", "malformed-body" },
        { "POST", "users", """{"userName":"\ud800","displayName":"x","roles":[]}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[],"id":"\ud800"}""", "malformed-body" },
        { "POST", "api-keys", """{"name":"n","roles":[],"expiresAt":"\ud800"}""", "malformed-body" },
        { "POST", "users", """{"userName":"ok","displayName":"x","roles":[],"\ud800":1}""", "malformed-body" },
        { "PUT", "users/not-an-id/roles", """{"roles":[]}""", "no-such-address" },
        { "PUT", "users/ID/roles", """{"roles":[]}""", "user-not-found" },
        { "PUT", "users/ID/roles", """{"roles":["god"]}""", "invalid-value" },
        { "POST", "users/ID/password-reset", "{}", "user-not-found" },
        { "DELETE", "users/ID", null, "user-not-found" },
        { "DELETE", "users/ID?why=a%00b", null, "malformed-text" },
        { "POST", "badges", """{"code":"","operatorCode":"o","name":"n","roles":[]}""", "invalid-value" },
        { "POST", "badges", """{"code":"a\u200bb","operatorCode":"o","name":"n","roles":[]}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","operatorCode":"o","name":"n","roles":[],"pin":"12"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","operatorCode":"o","name":"n","roles":[],"pin":"12ab"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","operatorCode":"o","name":"n","roles":[],"pin":"123456789"}""", "invalid-value" },
        { "POST", "badges", """{"code":"c","operatorCode":"o","name":"n","roles":[],"pin":"１２３４"}""", "invalid-value" },
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
        { "POST", "devices", """{"name":"n","equipment":null,"roles":[]}""", "malformed-body" },
        { "POST", "devices", """{"name":"n","equipment":[""],"roles":[]}""", "invalid-value" },
        { "POST", "devices", """{"name":"n","equipment":["a\u0000"],"roles":[]}""", "malformed-body" },
        { "DELETE", "devices/ID", null, "device-not-found" },
        { "DELETE", "sessions/ID", null, "session-not-found" },
        { "GET", "sessions?limit=-1", null, "invalid-value" },
        { "GET", "audit?limit=0", null, "invalid-value" },
        { "GET", "audit?limit=1001", null, "invalid-value" },
        { "GET", "audit?limit=99999999999", null, "malformed-request" },
        { "GET", "audit?after=x", null, "malformed-request" },
        { "POST", "sign-in", """{"userName":"a\u0000","password":"x"}""", "malformed-body" },
        { "POST", "sign-in", """{"userName":"a"}""", "malformed-body" },
        { "POST", "sign-in", """{"userName":"a","password":"LONGLONG"}""", "invalid-value" },
        { "POST", "sign-in/badge", """{"badge":"a\u0000"}""", "malformed-body" },
        { "POST", "sign-in/badge", """{"badge":"a","pin":"x"}""", "invalid-value" },
        { "POST", "device", """{"secret":"LONGLONG"}""", "invalid-value" },
        { "POST", "device", """{"secret":"mes_device_\u0000"}""", "malformed-body" },
        { "POST", "password", """{"current":"","new":"LONGLONG"}""", "invalid-value" },
        { "PATCH", "users", "{}", "method-not-allowed" },
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
        foreach (var path in new[] { "users", "/api/inventory/echo", "/nowhere" })
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

        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe("HTTP/1.1 405 Method Not Allowed");
    }

    [Theory]
    [InlineData("users", """{"userName":"NAME","displayName":"x","roles":[]}""")]
    [InlineData("badges", """{"code":"NAME","operatorCode":"o","name":"n","roles":[]}""")]
    public async Task The_same_name_under_another_id_is_a_conflict_not_a_second_one(string path, string body)
    {
        body = body.Replace("NAME", plant.Name("twice"));
        (await plant.Admin.SendTextAsync(HttpMethod.Post, path, body)).Status.ShouldBe(201);

        var both = await Task.WhenAll(
            plant.Admin.SendTextAsync(HttpMethod.Post, path, body), plant.Admin.SendTextAsync(HttpMethod.Post, path, body));

        foreach (var again in both) again.ShouldBeProblem(409, "already-exists");
    }

    // Rows of what the tests here could make; other tests at the same time make users, keys and badges of other names
    async Task<long> CountRowsAsync()
    {
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var command = source.CreateCommand("""
            select (select count(*) from users where user_name in ('ok', 'a b', ''))
                 + (select count(*) from badges where code in ('c', 'a b', ''))
                 + (select count(*) from api_clients where name in ('n', ''))
                 + (select count(*) from devices where name in ('n', ''))
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
