using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Proxy;

public sealed class ProxyTests(Installation plant)
{
    const int BodyBytesMax = 1_000_000;

    [Fact]
    public async Task A_request_arrives_as_it_was_sent()
    {
        var key = await plant.CreateKeyAsync("warehouse");
        using var client = new TestClient(plant.Gateway.Address, key.Secret);

        var seen = (await client.PostAsync("/api/inventory/echo/lots/L%2F1?after=x%20y", new { quantity = 5 })).Json;

        ((string?)seen["path"]).ShouldBe("/api/inventory/echo/lots/L%2F1");
        ((string?)seen["query"]).ShouldBe("?after=x%20y");
        ((string?)seen["body"]).ShouldBe("""{"quantity":5}""");
    }

    [Theory]
    [InlineData("L%2F1")]
    [InlineData("L%252F1")]
    [InlineData("L%252f1")]
    [InlineData("a%20b%E9%8B%BC")]
    [InlineData("%7Ex")]
    [InlineData("x://y/api/equipment/units")]
    public async Task A_code_in_an_address_arrives_as_it_was_sent(string code)
    {
        var key = await plant.CreateKeyAsync("warehouse");

        var seen = await GetAsSent($"/api/inventory/echo/lots/{code}?after={code}", key.Secret);

        ((string?)seen["target"]).ShouldBe($"/api/inventory/echo/lots/{code}?after={code}");
    }

    [Theory]
    [InlineData("/api/inventory/lots/%2E%2E/x")]
    [InlineData("/api/inventory/lots/../x")]
    [InlineData("/api/identity/people/.")]
    public async Task An_address_that_would_be_swallowed_is_refused(string address)
    {
        var key = await plant.CreateKeyAsync("warehouse");

        ((string?)(await GetAsSent(address, key.Secret))["code"]).ShouldBe("invalid-code");
    }

    // A client that makes a Uri of an address tidies it first
    async Task<JsonNode> GetAsSent(string address, string secret)
    {
        using var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            plant.Gateway.Address.ToString().TrimEnd('/') + address,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Add("X-Api-Key", secret);
        using var answer = await client.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    [Fact]
    public async Task What_signs_a_client_in_stays_at_the_gateway()
    {
        var user = await plant.CreateUserAsync("warehouse");
        using var client = await plant.SignInAsync(user);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/inventory/echo");
        request.Headers.Add(Ticket.Header, "one.ofmyown");
        request.Headers.Add("Authorization", "Basic eDp5");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("Idempotency-Key", "7d444840-9dc0-11d1-b245-5ffdce74fad2");

        var seen = (await client.SendAsync(request)).Json;

        var headers = seen["headers"]!.AsObject();
        headers.ContainsKey("Cookie").ShouldBeFalse();
        headers.ContainsKey("Authorization").ShouldBeFalse();
        headers.ContainsKey("X-Api-Key").ShouldBeFalse();
        ((string?)headers["traceparent"])!.ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        ((string?)headers["Idempotency-Key"]).ShouldBe("7d444840-9dc0-11d1-b245-5ffdce74fad2");
        ((string?)seen["caller"]!["subjectId"]).ShouldBe(user.Id.ToString());
    }

    [Fact]
    public async Task A_ticket_is_used_for_less_than_a_minute_and_is_never_stale()
    {
        var clock = new TestClock();
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var backend = await BackendStub.StartAsync(clock);
        await using var gateway = await GatewayHost.StartAsync(database, clock, backend.AsServices);
        using var admin = await gateway.SignInAdministratorAsync();
        var tickets = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var seen = (await admin.GetAsync("/api/inventory/echo")).Json;
            tickets.Add((string)seen["headers"]![Ticket.Header]!);
            clock.Advance(TimeSpan.FromSeconds(20));
        }

        tickets.Distinct().Count().ShouldBeInRange(4, 5); // 180 s at 50 s and a bit per ticket
    }

    [Theory]
    [InlineData("erp")]
    [InlineData("work-orders")]
    public async Task The_ERP_exchange_is_a_part_of_the_work_orders(string segment)
    {
        await using var workOrders = await BackendStub.StartAsync(plant.Clock);
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:work-orders", workOrders.Address.ToString()));
        var key = await plant.CreateKeyAsync("erp");
        using var client = new TestClient(gateway.Address, key.Secret);

        (await client.GetAsync($"/api/{segment}/echo")).Status.ShouldBe(200);

        workOrders.Requests.ShouldHaveSingleItem().Service.ShouldBe(segment);
    }

    [Fact]
    public async Task A_refusal_of_the_service_comes_through()
    {
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(plant.Gateway.Address, key.Secret);

        var answer = await client.PostAsync("/api/work-orders/rule", new { });

        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe("a-rule");
    }

    [Fact]
    public async Task A_service_that_is_away_or_unknown_is_a_problem_with_a_hint()
    {
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:inventory", $"http://127.0.0.1:{ClosedPort()}"));
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(gateway.Address, key.Secret);

        var away = await client.PostAsync("/api/inventory/echo", new { });
        var unknown = await client.GetAsync("/api/quality/echo");

        away.ShouldBeProblem(503, "service-unavailable");
        away.Message.Headers.RetryAfter.ShouldNotBeNull();
        unknown.ShouldBeProblem(503, "service-unavailable");
    }

    [Fact]
    public async Task A_service_that_comes_back_is_found_again()
    {
        var port = ClosedPort();
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:inventory", $"http://127.0.0.1:{port}"));
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(gateway.Address, key.Secret);
        (await client.GetAsync("/api/inventory/echo")).Status.ShouldBe(503);

        await using var back = await BackendStub.StartAsync(plant.Clock, port: port);

        await Poll.Until(
            async () => (await client.GetAsync("/api/inventory/echo")).Status == 200, TimeSpan.FromSeconds(60), "it answers");
    }

    [Fact]
    public async Task A_service_that_dies_in_the_middle_is_a_problem_too()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:inventory", $"http://127.0.0.1:{port}"));
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(gateway.Address, key.Secret);

        var asked = client.PostAsync("/api/inventory/echo", new { });
        using (var connection = await listener.AcceptTcpClientAsync())
        {
            await connection.GetStream().ReadExactlyAsync(new byte[64]);
        }

        (await asked).ShouldBeProblem(503, "service-unavailable");
    }

    [Theory]
    [InlineData(BodyBytesMax, false, 200)]
    [InlineData(BodyBytesMax - 1000, true, 200)] // the frames of chunks count
    [InlineData(BodyBytesMax + 1, false, 413)]
    [InlineData(BodyBytesMax + 1, true, 413)]
    [InlineData(BodyBytesMax * 3, false, 413)]
    public async Task A_body_of_more_than_a_megabyte_is_refused(int bytes, bool chunked, int status)
    {
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(plant.Gateway.Address, key.Secret);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/echo")
        {
            Content = new ByteArrayContent(new byte[bytes])
        };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        var answer = await client.SendAsync(request);

        if (status == 413) answer.ShouldBeProblem(413, "body-too-large");
        else answer.Status.ShouldBe(status, answer.Text.Length > 300 ? "" : answer.Text);
    }

    [Theory]
    [InlineData("POST", "/api/work-orders/orders/7/attachments", 28_000_000, 200)]
    [InlineData("POST", "/api/work-orders/orders/7/attachments", 60_000_000, 413)]
    [InlineData("PUT", "/api/work-orders/products/A%2FB/picture", 3_000_000, 200)]
    [InlineData("PUT", "/api/work-orders/products/A%2FB/picture", 28_000_000, 413)]
    [InlineData("PUT", "/api/work-orders/products/A/B/picture", 3_000_000, 413)]
    [InlineData("PUT", "/api/work-orders/orders/7/attachments", 3_000_000, 413)]
    public async Task Files_get_through_where_they_belong_and_the_refusal_of_others_is_heard(
        string method, string path, int bytes, int status)
    {
        var key = await plant.CreateKeyAsync("planner");
        using var client = new TestClient(plant.Gateway.Address, key.Secret);

        var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new ByteArrayContent(new byte[bytes])
        });

        if (status == 413)
        {
            answer.ShouldBeProblem(413, "body-too-large");
            return;
        }
        (answer.Status, answer.Text).ShouldBe((status, $"{bytes}"));
        answer.Message.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox"]); // the service's, alone
        answer.Message.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
