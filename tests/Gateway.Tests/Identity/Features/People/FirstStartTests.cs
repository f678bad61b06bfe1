using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.People;

public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_start_shows_a_one_time_password_and_no_later_one_does()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var first = await GatewayHost.StartAsync(database, TimeProvider.System);
        await using var second = await GatewayHost.StartAsync(database, TimeProvider.System);

        first.Shown.ShouldHaveSingleItem().Name.ShouldBe("admin");
        second.Shown.ShouldBeEmpty();
        using var client = second.Client();
        var signedIn = await client.PostAsync("sign-in", new { userName = "admin", password = first.Shown[0].Password });
        ((bool)signedIn.Json["mustChangePassword"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_gateways_that_start_at_once_show_one_password()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");

        var started = await Task.WhenAll(
            GatewayHost.StartAsync(database, TimeProvider.System), GatewayHost.StartAsync(database, TimeProvider.System));

        started.SelectMany(gateway => gateway.Shown).Count().ShouldBe(1);
        foreach (var gateway in started) await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_crash_before_the_password_is_seen_costs_nothing()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await Should.ThrowAsync<IOException>(() => GatewayHost.StartAsync(
            database, TimeProvider.System, show: (_, _) => throw new IOException("the console is gone")));

        await using var next = await GatewayHost.StartAsync(database, TimeProvider.System);

        next.Shown.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sessions_outlive_a_restart_and_end_by_themselves()
    {
        var clock = new TestClock();
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var before = await GatewayHost.StartAsync(database, clock);
        using var client = before.Client();
        var signedIn = await client.PostAsync(
            "sign-in", new { userName = "admin", password = before.Shown[0].Password });
        var cookie = signedIn.Message.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await before.DisposeAsync();

        await using var after = await GatewayHost.StartAsync(database, clock);
        (await MeAsync(after, cookie)).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(11.9));
        (await MeAsync(after, cookie)).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(0.2));
        (await MeAsync(after, cookie)).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_lockout_ends_after_five_minutes()
    {
        var clock = new TestClock();
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, clock);
        using var client = gateway.Client();
        for (var i = 0; i < 5; i++) await client.PostAsync("sign-in", new { userName = "admin", password = "wrong" });
        var right = new { userName = "admin", password = gateway.Shown[0].Password };
        (await client.PostAsync("sign-in", right)).ShouldBeProblem(429, "locked-out");

        clock.Advance(TimeSpan.FromMinutes(5.1));

        (await client.PostAsync("sign-in", right)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public async Task Without_a_strong_ticket_key_nothing_starts(string? key)
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");

        var refused = await Should.ThrowAsync<InvalidOperationException>(
            () => GatewayHost.StartAsync(database, TimeProvider.System, ("Mes:TicketKey", key)));

        refused.Message.ShouldContain("Mes:TicketKey");
    }

    static Task<Answer> MeAsync(GatewayHost gateway, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
        request.Headers.Add("Cookie", cookie);
        return gateway.Client().SendAsync(request);
    }
}
