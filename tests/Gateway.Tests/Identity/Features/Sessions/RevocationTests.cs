using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.Sessions;

/// <summary>What is taken away is gone for the very next request of this gateway, and within a second for another.</summary>
public sealed class RevocationTests(Installation plant)
{
    [Fact]
    public async Task A_revoked_user_is_out_at_once()
    {
        var user = await plant.CreateUserAsync("planner");
        using var client = await plant.SignInAsync(user);
        (await client.GetAsync("/api/inventory/echo")).Status.ShouldBe(200);

        (await plant.Admin.DeleteAsync($"people/{user.Name}?reason=left")).Status.ShouldBe(204);

        (await client.GetAsync("/api/inventory/echo")).ShouldBeProblem(401, "not-signed-in");
        (await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password }))
            .ShouldBeProblem(401, "wrong-credentials");
    }

    [Fact]
    public async Task A_role_taken_away_is_gone_at_once()
    {
        var user = await plant.CreateUserAsync("planner", "quality");
        using var client = await plant.SignInAsync(user);
        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).Status.ShouldBe(200);

        (await plant.Admin.PutAsync($"people/{user.Name}/roles", new { roles = new[] { "quality" } })).Status.ShouldBe(204);

        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).ShouldBeProblem(403, "not-permitted");
        (await client.GetAsync("/api/quality/may/quality.inspect")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_role_that_is_no_longer_said_is_gone_at_once()
    {
        var user = await plant.CreateUserAsync("planner", "quality");
        using var client = await plant.SignInAsync(user);
        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).Status.ShouldBe(200);

        await plant.Admin.PutAsync($"people/{user.Name}",
            new { name = "Display of " + user.Name, roles = new[] { "quality" }, userName = user.Name });

        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task A_reset_password_ends_the_sessions_and_the_old_password()
    {
        var user = await plant.CreateUserAsync("planner");
        using var client = await plant.SignInAsync(user);

        var reset = await plant.Admin.PostAsync($"people/{user.Name}/password-reset", new { reason = "forgotten" });

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
        (await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password })).Status.ShouldBe(401);
        var signedIn = await client.PostAsync(
            "sign-in", new { userName = user.Name, password = (string)reset.Json["password"]! });
        ((bool)signedIn.Json["mustChangePassword"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_revoked_badge_is_out_at_once_and_its_code_may_be_printed_again()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var client = plant.Gateway.Client();
        await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" });
        (await client.GetAsync("me")).Status.ShouldBe(200);

        (await plant.Admin.DeleteAsync($"badges/{badge.Id}")).Status.ShouldBe(204);

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
        (await client.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).Status.ShouldBe(401);
        (await plant.Admin.PostAsync("badges", new
        {
            code = badge.Code, person = badge.OperatorCode, pin = "1234",
        })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_revoked_key_is_out_at_once()
    {
        var key = await plant.CreateKeyAsync("erp");
        using var client = new TestClient(plant.Gateway.Address, key.Secret);
        (await client.GetAsync("/api/erp/may/erp.exchange")).Status.ShouldBe(200);

        (await plant.Admin.DeleteAsync($"api-keys/{key.Id}")).Status.ShouldBe(204);

        (await client.GetAsync("/api/erp/may/erp.exchange")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task A_revoked_device_takes_its_sessions_along()
    {
        var device = await plant.CreateDeviceAsync();
        var user = await plant.CreateUserAsync();
        using var client = plant.Gateway.Client();
        await client.PostAsync("device", new { secret = device.Secret });
        await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password });
        (await client.GetAsync("me")).Status.ShouldBe(200);

        (await plant.Admin.DeleteAsync($"devices/{device.Id}")).Status.ShouldBe(204);

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
        (await client.GetAsync("device")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task An_administrator_ends_one_session_of_several()
    {
        var user = await plant.CreateUserAsync();
        using var first = await plant.SignInAsync(user);
        using var second = await plant.SignInAsync(user);
        var sessions = (await plant.Admin.GetAsync("sessions")).Json["items"]!.AsArray();
        var newest = sessions.First(session => (string?)session!["person"] == user.Name)!;

        (await plant.Admin.DeleteAsync($"sessions/{(Guid)newest["id"]!}")).Status.ShouldBe(204);

        (await first.GetAsync("me")).Status.ShouldBe(200);
        (await second.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_removed_or_demoted()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var admin = await gateway.SignInAdministratorAsync();
        var id = (string)(await admin.GetAsync("me")).Json["operator"]!;

        (await admin.DeleteAsync($"people/{id}")).ShouldBeProblem(422, "last-administrator");
        (await admin.PutAsync($"people/{id}/roles", new { roles = new[] { "planner" } }))
            .ShouldBeProblem(422, "last-administrator");
        var badge = new { code = "b", pin = "4711" };
        var other = new { name = "Other", roles = new[] { "administrator" }, userName = "other", badge };
        (await admin.PutAsync("people/other", other)).Status.ShouldBe(200);
        (await admin.DeleteAsync($"people/{id}")).ShouldBeProblem(422, "last-administrator");

        (await admin.PostAsync("people/other/password-reset", new { })).Status.ShouldBe(200);
        (await admin.PutAsync("people/other/roles", new { roles = new[] { "planner" } })).Status.ShouldBe(204);
        (await admin.GetAsync("people")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Another_gateway_follows_within_a_second()
    {
        var clock = new TestClock();
        await using var other = await GatewayHost.StartAsync(plant.Database, clock, plant.Backend.AsServices);
        var key = await plant.CreateKeyAsync("erp");
        using var client = new TestClient(other.Address, key.Secret);
        (await client.GetAsync("me")).Status.ShouldBe(200);

        (await plant.Admin.DeleteAsync($"api-keys/{key.Id}")).Status.ShouldBe(204);

        clock.Advance(TimeSpan.FromSeconds(1));
        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task Under_load_no_request_that_starts_after_a_revocation_gets_through()
    {
        for (var round = 0; round < 5; round++)
        {
            var key = await plant.CreateKeyAsync("erp");
            using var client = new TestClient(plant.Gateway.Address, key.Secret);
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested) await client.GetAsync("me");
            })).ToArray();

            (await plant.Admin.DeleteAsync($"api-keys/{key.Id}")).Status.ShouldBe(204);
            var after = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.GetAsync("me")));

            await stop.CancelAsync();
            await Task.WhenAll(load);
            after.ShouldAllBe(answer => answer.Status == 401);
        }
    }
}
