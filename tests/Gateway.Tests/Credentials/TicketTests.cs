using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Credentials;

/// <summary>A service believes a ticket of this deployment, in its two minutes, and nothing else.</summary>
public sealed class TicketTests(Installation plant)
{
    static readonly Caller Someone = new("42", "张三", ActorKind.User, null, FrozenSet.Create("quality.read"));

    [Fact]
    public async Task A_ticket_tells_who_calls()
    {
        var ticket = Issuer().Issue(Someone);

        var seen = await CallAsync(ticket);

        seen.Status.ShouldBe(200, seen.Text);
        ((string?)seen.Json["caller"]!["name"]).ShouldBe("张三");
        ((string?)seen.Json["scope"]).ShouldBe("42");
        (await CallAsync(ticket)).Status.ShouldBe(200); // now from the cache
    }

    [Fact]
    public async Task Without_a_ticket_nobody_is_answered() =>
        (await CallAsync()).ShouldBeProblem(401, "not-signed-in");

    [Fact]
    public async Task A_ticket_ends_on_the_second_even_when_it_is_cached()
    {
        var clock = new TestClock();
        await using var backend = await BackendStub.StartAsync(clock);
        var ticket = new TicketIssuer(TicketKeys.Parse(GatewayHost.TicketKey), clock).Issue(Someone);
        (await CallAsync(backend, ticket)).Status.ShouldBe(200);

        clock.Advance(TimeSpan.FromSeconds(60));
        (await CallAsync(backend, ticket)).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(61));

        (await CallAsync(backend, ticket)).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task An_expired_ticket_is_refused() =>
        (await CallAsync(Issuer().Issue(Someone, TimeSpan.FromSeconds(-1)))).ShouldBeProblem(401, "not-signed-in");

    [Fact]
    public async Task A_ticket_of_another_deployment_is_refused()
    {
        var foreign = TicketKeys.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        (await CallAsync(new TicketIssuer(foreign, plant.Clock).Issue(Someone))).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_ticket_changed_in_any_place_is_refused()
    {
        var ticket = Issuer().Issue(Someone);
        for (var place = 0; place < ticket.Length - 1; place += 7) // the last character has bits to spare
        {
            var changed = ticket[..place] + (ticket[place] == 'A' ? 'B' : 'A') + ticket[(place + 1)..];
            (await CallAsync(changed)).Status.ShouldBe(401, $"changed at {place}");
        }
    }

    [Theory]
    [InlineData("sub", "\"0\"")]
    [InlineData("permissions", "[\"identity.manage\"]")]
    public async Task Rights_written_in_by_hand_are_refused(string member, string value)
    {
        var parts = Issuer().Issue(Someone).Split('.');
        var json = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0]));
        var forged = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        forged[member] = System.Text.Json.Nodes.JsonNode.Parse(value);

        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged.ToJsonString()));

        (await CallAsync($"{payload}.{parts[1]}")).ShouldBeProblem(401, "not-signed-in");
    }

    [Theory]
    [InlineData(0, 121)] // lives too long
    [InlineData(60, 60)] // issued in the future
    [InlineData(-300, 100)] // over
    public async Task Even_a_signed_ticket_must_keep_to_its_times(int issuedIn, int lifetime)
    {
        var issued = plant.Clock.GetUtcNow().ToUnixTimeSeconds() + issuedIn;
        var signed = Sign($$"""
            {"sub":"42","name":"x","kind":"user","permissions":[],"iat":{{issued}},"exp":{{issued + lifetime}}}
            """);

        (await CallAsync(signed)).ShouldBeProblem(401, "not-signed-in");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"sub\":null,\"name\":\"x\",\"kind\":\"user\",\"permissions\":[],\"iat\":0,\"exp\":99999999999}")]
    [InlineData("{\"sub\":\"x\",\"name\":\"x\",\"kind\":\"god\",\"permissions\":[],\"iat\":0,\"exp\":99999999999}")]
    public async Task A_signed_payload_that_is_no_ticket_is_refused(string payload) =>
        (await CallAsync(Sign(payload))).ShouldBeProblem(401, "not-signed-in");

    [Theory]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("..............................................")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.")]
    public async Task What_looks_like_no_ticket_is_refused(string text) =>
        (await CallAsync(text)).ShouldBeProblem(401, "not-signed-in");

    [Fact]
    public async Task Two_tickets_are_none()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/quality/echo");
        request.Headers.Add(Ticket.Header, [Issuer().Issue(Someone), Issuer().Issue(Someone with { SubjectId = "43" })]);
        using var client = new TestClient(plant.Backend.Address);

        (await client.SendAsync(request)).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task Keys_are_changed_without_a_gap()
    {
        var newKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var updated = await BackendStub.StartAsync(plant.Clock, $"{GatewayHost.TicketKey}, {newKey}");
        var withNew = new TicketIssuer(TicketKeys.Parse($"{newKey},{GatewayHost.TicketKey}"), plant.Clock).Issue(Someone);

        (await CallAsync(updated, Issuer().Issue(Someone))).Status.ShouldBe(200);
        (await CallAsync(updated, withNew)).Status.ShouldBe(200);
        (await CallAsync(plant.Backend, withNew)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Many_tickets_do_not_fill_the_memory_or_stop_the_service()
    {
        for (var i = 0; i < 5_000; i += 500)
        {
            var answers = await Task.WhenAll(Enumerable.Range(i, 500)
                .Select(n => CallAsync(Issuer().Issue(Someone with { SubjectId = n.ToString() }))));
            answers.ShouldAllBe(answer => answer.Status == 200);
        }
    }

    TicketIssuer Issuer() => new(TicketKeys.Parse(GatewayHost.TicketKey), plant.Clock);

    static string Sign(string payload)
    {
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        var key = Convert.FromBase64String(GatewayHost.TicketKey);
        return $"{encoded}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(encoded)))}";
    }

    Task<Answer> CallAsync(string? ticket = null) => CallAsync(plant.Backend, ticket);

    static async Task<Answer> CallAsync(BackendStub backend, string? ticket)
    {
        using var client = new TestClient(backend.Address);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/quality/echo");
        if (ticket is not null) request.Headers.TryAddWithoutValidation(Ticket.Header, ticket);
        return await client.SendAsync(request);
    }
}
