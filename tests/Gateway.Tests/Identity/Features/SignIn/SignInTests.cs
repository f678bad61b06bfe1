using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.SignIn;

public sealed class SignInTests(Installation plant)
{
    [Fact]
    public async Task A_user_signs_in_and_is_known_by_the_cookie()
    {
        var user = await plant.CreateUserAsync("planner");
        using var client = await plant.SignInAsync(user);

        var me = (await client.GetAsync("me")).Json;

        ((Guid)me["subjectId"]!).ShouldBe(user.Id);
        ((string?)me["kind"]).ShouldBe("user");
        me["permissions"]!.AsArray().Select(p => (string)p!).ShouldContain("scheduling.plan");
    }

    [Fact]
    public async Task The_cookie_is_hidden_from_scripts_and_other_sites()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();

        var answer = await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password });

        var cookie = answer.Message.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
    }

    [Fact]
    public async Task Names_do_not_distinguish_case()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();

        (await client.PostAsync("sign-in", new { userName = user.Name.ToUpperInvariant(), password = user.Password }))
            .Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();

        var wrong = await client.PostAsync("sign-in", new { userName = user.Name, password = "wrong" });
        var unknown = await client.PostAsync("sign-in", new { userName = plant.Name("nobody"), password = "wrong" });

        wrong.ShouldBeProblem(401, "wrong-credentials");
        unknown.ShouldBeProblem(401, "wrong-credentials");
        ((string?)unknown.Json["hint"]).ShouldBe((string?)wrong.Json["hint"]);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_here_even_for_the_right_password()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();
        for (var i = 0; i < 5; i++)
            (await client.PostAsync("sign-in", new { userName = user.Name, password = "wrong" })).Status.ShouldBe(401);

        var right = await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password });

        right.ShouldBeProblem(429, "locked-out");
        right.Message.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Failures_in_parallel_are_counted_one_by_one()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            client.PostAsync("sign-in", new { userName = user.Name, password = "wrong" })));

        answers.Count(answer => answer.Code == "wrong-credentials").ShouldBe(5);
        answers.Count(answer => answer.Code == "locked-out").ShouldBe(3);
    }

    [Fact]
    public async Task A_password_set_by_others_allows_nothing_but_changing_it()
    {
        var name = plant.Name("user");
        var (_, oneTime) = await plant.CreatePersonAsync(name, "administrator");
        using var client = plant.Gateway.Client();

        var signedIn = await client.PostAsync("sign-in", new { userName = name, password = oneTime });

        ((bool)signedIn.Json["mustChangePassword"]!).ShouldBeTrue();
        (await client.GetAsync("people")).ShouldBeProblem(403, "not-permitted");
        (await client.GetAsync("/api/inventory/echo")).ShouldBeProblem(403, "password-change-required");
        (await client.PostAsync("password", new { current = oneTime, @new = "now one of my own" })).Status.ShouldBe(204);
        (await client.GetAsync("people")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("a long enough password")] // the one before
    public async Task A_weak_password_is_refused(string weak)
    {
        var user = await plant.CreateUserAsync();
        using var client = await plant.SignInAsync(user);

        (await client.PostAsync("password", new { current = user.Password, @new = weak }))
            .ShouldBeProblem(422, "weak-password");

        using var again = await plant.SignInAsync(user);
    }

    [Fact]
    public async Task Changing_the_password_needs_the_current_one_and_ends_the_other_sessions()
    {
        var user = await plant.CreateUserAsync();
        using var here = await plant.SignInAsync(user);
        using var elsewhere = await plant.SignInAsync(user);

        (await here.PostAsync("password", new { current = "wrong", @new = "another long password" }))
            .ShouldBeProblem(422, "wrong-credentials");
        (await here.PostAsync("password", new { current = user.Password, @new = "another long password" }))
            .Status.ShouldBe(204);

        (await here.GetAsync("me")).Status.ShouldBe(200);
        (await elsewhere.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_even_if_the_cookie_is_kept()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();
        var answer = await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password });
        var cookie = answer.Message.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        (await client.PostAsync("sign-out", new { })).Status.ShouldBe(204);

        using var thief = plant.Gateway.Client();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
        request.Headers.Add("Cookie", cookie);
        (await thief.SendAsync(request)).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_session_that_is_named_as_a_key_is_signed_out_as_well()
    {
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();
        var answer = await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password });
        var secret = answer.Message.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
        using var other = plant.Gateway.Client();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/sign-out");
        request.Headers.Add("Authorization", "Bearer " + secret);

        (await other.SendAsync(request)).Status.ShouldBe(204);

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_session_is_of_no_use_to_another_site()
    {
        var user = await plant.CreateUserAsync();
        using var client = await plant.SignInAsync(user);
        var forged = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/echo");
        forged.Headers.Add("Sec-Fetch-Site", "same-site");

        (await client.SendAsync(forged)).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_badge_with_its_PIN_signs_an_operator_in()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();

        var signedIn = await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" });

        signedIn.Status.ShouldBe(200, signedIn.Text);
        ((string?)signedIn.Json["kind"]).ShouldBe("operator");
        ((string?)signedIn.Json["subjectId"]).ShouldBe(badge.OperatorCode);
        (await client.GetAsync("/api/work-orders/may/production.report")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_badge_with_a_wrong_PIN_does_not()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();

        (await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4712" }))
            .ShouldBeProblem(401, "wrong-credentials");
    }

    [Fact]
    public async Task A_scan_alone_asks_for_the_PIN_and_is_no_failure()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();
        for (var i = 0; i < 6; i++)
            (await client.PostAsync("sign-in/badge", new { badge = badge.Code })).ShouldBeProblem(401, "pin-required");
        (await client.PostAsync("sign-in/badge", new { badge = plant.Name("unknown") })).ShouldBeProblem(401, "pin-required");

        (await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Five_wrong_PINs_lock_the_badge_until_a_new_PIN_is_set()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();
        for (var i = 0; i < 5; i++) await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "0000" });

        (await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).ShouldBeProblem(429, "locked-out");

        (await plant.Admin.PutAsync($"badges/{badge.Id}/pin", new { pin = "8150" })).Status.ShouldBe(204);
        (await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "8150" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_badge_without_PIN_signs_in_on_a_registered_device_only()
    {
        var badge = await plant.CreateBadgeAsync(null, "operator");
        var device = await plant.CreateDeviceAsync();
        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge = badge.Code })).ShouldBeProblem(401, "pin-required");

        (await client.PostAsync("device", new { secret = device.Secret })).Status.ShouldBe(200);
        var signedIn = await client.PostAsync("sign-in/badge", new { badge = badge.Code });

        signedIn.Status.ShouldBe(200, signedIn.Text);
        ((Guid)signedIn.Json["deviceId"]!).ShouldBe(device.Id);
        var seen = (await client.GetAsync("/api/work-orders/echo")).Json;
        ((string?)seen["scope"]).ShouldBe(device.Id.ToString());
    }

    [Fact]
    public async Task A_ticket_says_which_operator_a_person_is_and_what_the_terminal_is_bound_to()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        var device = await plant.CreateDeviceAsync();
        using var terminal = plant.Gateway.Client();
        await terminal.PostAsync("device", new { secret = device.Secret });
        var signedIn = await terminal.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" });
        ((string?)signedIn.Json["operator"]).ShouldBe(badge.OperatorCode);
        await ShouldBeAsync(terminal, badge.OperatorCode, ["M1"]);

        var user = await plant.CreateUserAsync("operator");
        using var desk = await plant.SignInAsync(user);
        await ShouldBeAsync(desk, user.Name);

        using var program = new TestClient(plant.Gateway.Address, (await plant.CreateKeyAsync("operator")).Secret);
        await ShouldBeAsync(program, null);

        async Task ShouldBeAsync(TestClient client, string? @operator, string[]? equipment = null)
        {
            var seen = (await client.GetAsync("/api/work-orders/echo")).Json["caller"]!;
            ((string?)seen["operator"]).ShouldBe(@operator);
            (seen["equipment"]?.AsArray().Select(code => (string?)code).ToArray()).ShouldBe(equipment);
        }
    }

    [Fact]
    public async Task A_device_may_act_for_itself_by_its_key()
    {
        var device = await plant.CreateDeviceAsync("maintenance");
        using var client = new TestClient(plant.Gateway.Address, device.Secret);

        ((string?)(await client.GetAsync("me")).Json["kind"]).ShouldBe("device");
        (await client.GetAsync("/api/equipment/may/equipment.report")).Status.ShouldBe(200);
        (await client.GetAsync("/api/work-orders/may/production.report")).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("mes_key_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("mes_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; drop table users; --")]
    [InlineData("mes_key_")]
    public async Task An_unknown_key_signs_nobody_in(string key)
    {
        using var client = new TestClient(plant.Gateway.Address, key);

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_key_ends_when_it_should()
    {
        var expiresAt = plant.Clock.GetUtcNow().AddSeconds(-1);
        var created = await plant.Admin.PostAsync(
            "api-keys", new { name = "ended", roles = new[] { "erp" }, expiresAt });
        using var client = new TestClient(plant.Gateway.Address, (string)created.Json["secret"]!);

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }
}
