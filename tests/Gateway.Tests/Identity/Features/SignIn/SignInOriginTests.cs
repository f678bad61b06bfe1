using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.SignIn;

/// <summary>Whoever guesses keeps nobody else out, and learns nothing by the answers.</summary>
public sealed class SignInOriginTests(Installation plant)
{
    static readonly (string, string?)[] BehindProxy = [("Gateway:TrustedProxies", "127.0.0.1")];

    [Fact]
    public async Task Guesses_from_elsewhere_keep_nobody_from_signing_in()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, BehindProxy);
        var user = await plant.CreateUserAsync();
        using var client = gateway.Client();
        for (var i = 0; i < 6; i++) await SignInFrom(client, "198.51.100.7", user.Name, "wrong");

        (await SignInFrom(client, "198.51.100.7", user.Name, user.Password)).ShouldBeProblem(429, "locked-out");
        (await SignInFrom(client, "198.51.100.8", user.Name, user.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Guesses_from_its_own_address_do_not_lock_a_registered_device()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        var device = await plant.CreateDeviceAsync();
        using var attacker = plant.Gateway.Client();
        using var terminal = plant.Gateway.Client();
        (await terminal.PostAsync("device", new { secret = device.Secret })).Status.ShouldBe(200);
        for (var i = 0; i < 6; i++) await attacker.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "0000" });

        (await attacker.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).ShouldBeProblem(429, "locked-out");
        (await terminal.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_badge_without_PIN_cannot_be_locked()
    {
        var badge = await plant.CreateBadgeAsync(null, "operator");
        var device = await plant.CreateDeviceAsync();
        using var terminal = plant.Gateway.Client();
        (await terminal.PostAsync("device", new { secret = device.Secret })).Status.ShouldBe(200);
        for (var i = 0; i < 11; i++) await terminal.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "0000" });

        (await terminal.PostAsync("sign-in/badge", new { badge = badge.Code })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Sixty_questions_which_device_this_is_keep_nobody_from_signing_in()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, ("Gateway:SignInsPerMinute", "5"));
        var user = await plant.CreateUserAsync();
        using var client = gateway.Client();
        for (var i = 0; i < 10; i++) await client.GetAsync("device");

        (await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_that_exist_and_names_that_do_not_get_the_same_answers(bool byBadge)
    {
        var known = byBadge
            ? (await plant.CreateBadgeAsync("4711", "operator")).Code
            : (await plant.CreateUserAsync()).Name;
        using var client = plant.Gateway.Client();

        (await SevenGuesses(client, byBadge, known)).ShouldBe(await SevenGuesses(client, byBadge, plant.Name("nobody")));
    }

    [Fact]
    public async Task An_unknown_badge_takes_as_long_as_a_wrong_PIN()
    {
        using var client = plant.Gateway.Client();
        var (unknown, wrong) = (new List<double>(), new List<double>());
        for (var i = 0; i < 5; i++)
        {
            var badge = await plant.CreateBadgeAsync("4711", "operator");
            wrong.Add(await Milliseconds(client, badge.Code));
            unknown.Add(await Milliseconds(client, plant.Name("nobody")));
        }

        unknown.Order().ElementAt(2).ShouldBeGreaterThan(wrong.Order().ElementAt(2) / 4); // a hash or none is 30-fold
    }

    [Fact]
    public async Task A_failed_sign_in_is_in_the_trail_with_its_address()
    {
        using var client = plant.Gateway.Client();
        var name = plant.Name("nobody");
        await client.PostAsync("sign-in", new { userName = name, password = "wrong" });

        var items = (await plant.Admin.GetAsync("audit?size=1000")).Json["items"]!.AsArray();
        var entry = items.Single(item => ((string)item!["changes"]!).Contains(name, StringComparison.OrdinalIgnoreCase))!;
        ((string?)entry["action"]).ShouldBe("sign-in failed");
        ((string)entry["changes"]!).ShouldContain("127.0.0.1");
    }

    [Fact]
    public async Task A_new_PIN_unlocks_a_badge_everywhere()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();
        for (var i = 0; i < 5; i++) await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "0000" });
        (await LockedUntil(badge)).ShouldNotBeNull();

        await plant.Admin.PutAsync($"badges/{badge.Id}/pin", new { pin = "8150" });

        (await LockedUntil(badge)).ShouldBeNull();
    }

    [Fact]
    public async Task Only_a_trusted_proxy_is_believed_about_who_calls()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();
        for (var i = 0; i < 5; i++) await SignInFrom(client, $"198.51.100.{i}", user.Name, "wrong");

        (await SignInFrom(client, "198.51.100.9", user.Name, user.Password)).ShouldBeProblem(429, "locked-out");
    }

    [Fact]
    public async Task Behind_a_TLS_proxy_the_cookie_is_for_TLS_only()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, BehindProxy);
        var user = await plant.CreateUserAsync();
        using var client = gateway.Client();

        var answer = await SignInFrom(client, "198.51.100.20", user.Name, user.Password);

        answer.Message.Headers.GetValues("Set-Cookie").Single().ShouldContain("secure");
    }

    [Fact]
    public async Task Each_client_behind_a_proxy_has_limits_of_its_own()
    {
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, [.. BehindProxy, ("Gateway:SignInsPerMinute", "2")]);
        using var client = gateway.Client();
        for (var i = 0; i < 3; i++) await SignInFrom(client, "198.51.100.30", plant.Name("nobody"), "x");

        (await SignInFrom(client, "198.51.100.30", "nobody", "x")).ShouldBeProblem(429, "too-many-requests");
        (await SignInFrom(client, "198.51.100.31", "nobody", "x")).Status.ShouldBe(401);
    }

    static Task<Answer> SignInFrom(TestClient client, string address, string userName, string password)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/sign-in")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { userName, password }),
        };
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return client.SendAsync(request);
    }

    static async Task<List<string>> SevenGuesses(TestClient client, bool byBadge, string name)
    {
        var answers = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var answer = await (byBadge
                ? client.PostAsync("sign-in/badge", new { badge = name, pin = "0000" })
                : client.PostAsync("sign-in", new { userName = name, password = "wrong" }));
            answers.Add($"{answer.Status} {answer.Code} {answer.Json["hint"]}");
        }

        return answers;
    }

    static async Task<double> Milliseconds(TestClient client, string badge)
    {
        var watch = Stopwatch.StartNew();
        await client.PostAsync("sign-in/badge", new { badge, pin = "0000" });
        return watch.Elapsed.TotalMilliseconds;
    }

    async Task<DateTimeOffset?> LockedUntil(TestBadge badge)
    {
        var page = (await plant.Admin.GetAsync("badges?size=1000")).Json["items"]!.AsArray();
        return (DateTimeOffset?)page.Single(item => (Guid)item!["id"]! == badge.Id)!["lockedUntil"];
    }
}
