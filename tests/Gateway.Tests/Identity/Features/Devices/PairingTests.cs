using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.Devices;

/// <summary>A terminal shows a code, an administrator takes it by that, and it reports only where it is bound.</summary>
public sealed class PairingTests(Installation plant)
{
    static readonly string[] None = [];

    [Fact]
    public async Task The_terminal_that_shows_the_code_becomes_the_device()
    {
        using var terminal = plant.Gateway.Client();
        var begun = await terminal.PostAsync("device/pairing", new { });
        begun.Status.ShouldBe(200, begun.Text);
        var code = (string)begun.Json["code"]!;
        code.ShouldMatch("^[A-Z2-9]{4}-[A-Z2-9]{4}$");
        (await terminal.GetAsync("device")).Status.ShouldBe(204);
        // A reload shows the same code: the administrator may be typing it
        ((string?)(await terminal.PostAsync("device/pairing", new { })).Json["code"]).ShouldBe(code);

        var typed = code.ToLowerInvariant().Replace("-", " ");
        var taken = await plant.Admin.PostAsync("devices/paired",
            new { pairingCode = typed, name = "Lathes", equipment = new[] { "M1" }, workCenters = None, roles = None });

        taken.Status.ShouldBe(201, taken.Text);
        var device = await terminal.GetAsync("device");
        ((string?)device.Json["id"]).ShouldBe((string?)taken.Json["id"]);
        ((string?)device.Json["equipment"]![0]).ShouldBe("M1");
        (await terminal.PostAsync("device/pairing", new { })).ShouldBeProblem(409, "device-known");
        (await Confirm(code)).ShouldBeProblem(422, "pairing-unknown");
    }

    [Fact]
    public async Task Another_terminal_s_code_gives_this_one_nothing_and_a_code_that_nobody_shows_is_refused()
    {
        using var one = plant.Gateway.Client();
        using var other = plant.Gateway.Client();
        await one.PostAsync("device/pairing", new { });
        var code = (string)(await other.PostAsync("device/pairing", new { })).Json["code"]!;
        (await Confirm(code)).Status.ShouldBe(201);
        (await one.GetAsync("device")).Status.ShouldBe(204);
        (await other.GetAsync("device")).Status.ShouldBe(200);
        (await Confirm("AAAA-AAAA")).ShouldBeProblem(422, "pairing-unknown");
        (await Confirm("AAAA")).ShouldBeProblem(400, "invalid-value");
    }

    [Fact]
    public async Task A_code_ends_after_its_time_and_the_terminal_gets_another()
    {
        using var terminal = plant.Gateway.Client();
        var code = (string)(await terminal.PostAsync("device/pairing", new { })).Json["code"]!;
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        const string Expire = "update pairings set expires_at = timestamptz '2000-01-01' where code = $1";
        await using (var expire = source.CreateCommand(Expire))
        {
            expire.Parameters.Add(new NpgsqlParameter { Value = code });
            (await expire.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }
        (await Confirm(code)).ShouldBeProblem(422, "pairing-unknown");
        ((string?)(await terminal.PostAsync("device/pairing", new { })).Json["code"]).ShouldNotBe(code);
    }

    [Fact]
    public async Task A_device_is_bound_anew_and_one_that_was_revoked_is_not()
    {
        var (id, _) = await plant.CreateDeviceAsync();
        var changed = await plant.Admin.PutAsync($"devices/{id}",
            new { name = "Mills", equipment = new[] { "M2", "M3" }, workCenters = new[] { "WC" }, roles = new[] { "operator" } });
        changed.Status.ShouldBe(200, changed.Text);
        changed.Json["equipment"]!.AsArray().Count.ShouldBe(2);
        ((string?)changed.Json["workCenters"]!.AsArray().ShouldHaveSingleItem()).ShouldBe("WC");
        await plant.Admin.DeleteAsync($"devices/{id}");
        (await plant.Admin.PutAsync($"devices/{id}", new { name = "x", equipment = None, workCenters = None, roles = None }))
            .ShouldBeProblem(404, "device-not-found");
    }

    [Fact]
    public async Task A_device_that_may_do_something_reads_by_its_cookie_and_changes_nothing_by_it()
    {
        using var wall = await Bound("board");
        ((string?)(await wall.GetAsync("me")).Json["kind"]).ShouldBe("device");
        (await wall.GetAsync("/api/equipment/may/equipment.read")).Status.ShouldBe(200);
        (await wall.GetAsync("/api/quality/may/quality.read")).Status.ShouldBe(403);
        using var maintenance = await Bound("maintenance");
        (await maintenance.PostAsync("/api/equipment/echo", new { })).ShouldBeProblem(401, "not-signed-in");
        var seated = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
        seated.Headers.Add("Mes-Seat", "1");
        (await maintenance.SendAsync(seated)).Status.ShouldBe(401);
        using var nothing = await Bound();
        (await nothing.GetAsync("me")).Status.ShouldBe(401);

        async Task<TestClient> Bound(params string[] roles)
        {
            var client = plant.Gateway.Client();
            var bound = await client.PostAsync("device", new { secret = (await plant.CreateDeviceAsync(roles)).Secret });
            bound.Status.ShouldBe(200, bound.Text);
            return client;
        }
    }

    Task<Answer> Confirm(string code) => plant.Admin.PostAsync("devices/paired",
        new { pairingCode = code, name = "T", equipment = new[] { "M1" }, workCenters = None, roles = None });
}
