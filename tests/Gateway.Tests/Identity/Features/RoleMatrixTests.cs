using Mes.Web.Auth;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

/// <summary>Who may do what, written down a second time: a change of the roles has to be made here as well.</summary>
public sealed class RoleMatrixTests(Installation plant)
{
    const string Reads = "work-orders.read scheduling.read quality.read inventory.read equipment.read ";

    static readonly Dictionary<string, string> Allowed = new()
    {
        ["operator"] = Reads + "production.sign-on production.report equipment.report quality.inspect inventory.move",
        ["foreman"] = Reads + "history.read production.sign-on production.report production.act-for-others equipment.report "
            + "equipment.answer quality.inspect inventory.move work-orders.follow-up scheduling.move",
        ["planner"] = Reads + "history.read work-orders.manage work-orders.release work-orders.follow-up scheduling.plan "
            + "scheduling.move equipment.calendars jobs.run",
        ["quality"] = Reads + "history.read quality.manage quality.inspect quality.disposition equipment.answer",
        ["warehouse"] = Reads + "history.read inventory.move inventory.adjust equipment.answer",
        ["maintenance"] = Reads + "history.read equipment.manage equipment.calendars equipment.report equipment.answer",
        ["engineer"] = Reads + "history.read work-orders.manage work-orders.follow-up equipment.manage equipment.calendars",
        ["personnel"] = "people.manage",
        ["board"] = "equipment.read",
        ["erp"] = Reads + "erp.exchange",
        ["administrator"] = string.Join(' ', AllPermissions),
    };

    static string[] AllPermissions =>
    [
        "work-orders.read", "work-orders.manage", "work-orders.release", "work-orders.follow-up", "production.report",
        "production.sign-on",
        "production.act-for-others",
        "erp.exchange", "scheduling.read", "scheduling.plan", "scheduling.move", "quality.read", "quality.manage",
        "quality.inspect", "quality.disposition",
        "inventory.read", "inventory.move", "inventory.adjust", "equipment.read", "equipment.manage",
        "equipment.calendars", "equipment.report", "equipment.answer",
        "jobs.run", "history.read", "audit.read", "messages.replay", "people.manage", "identity.manage",
    ];

    public static IEnumerable<TheoryDataRow<string>> EveryRole => Allowed.Keys.Select(role => new TheoryDataRow<string>(role));

    [Fact]
    public void Every_role_and_every_permission_is_written_down()
    {
        AllPermissions.ShouldBe(Permissions.All, ignoreOrder: true);
        Allowed.Keys.ShouldBe(Roles.PermissionsOf.Keys, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(EveryRole))]
    public async Task A_role_may_do_what_it_says_and_nothing_else(string role)
    {
        var key = await plant.CreateKeyAsync(role);
        using var client = new TestClient(plant.Gateway.Address, key.Secret);
        var allowed = Allowed[role].Split(' ').ToHashSet();

        foreach (var permission in AllPermissions)
        {
            var answer = await client.GetAsync($"/api/quality/may/{permission}");
            answer.Status.ShouldBe(allowed.Contains(permission) ? 200 : 403, $"{role}, {permission}");
            if (answer.Status == 403) ((string?)answer.Json["permission"]).ShouldBe(permission);
        }
    }

    [Fact]
    public async Task Two_roles_add_up_and_no_role_may_nothing()
    {
        var both = await plant.CreateKeyAsync("erp", "quality");
        var none = await plant.CreateKeyAsync();
        using var bothClient = new TestClient(plant.Gateway.Address, both.Secret);
        using var noneClient = new TestClient(plant.Gateway.Address, none.Secret);

        (await bothClient.GetAsync("/api/quality/may/erp.exchange")).Status.ShouldBe(200);
        (await bothClient.GetAsync("/api/quality/may/quality.disposition")).Status.ShouldBe(200);
        foreach (var permission in AllPermissions)
            (await noneClient.GetAsync($"/api/quality/may/{permission}")).Status.ShouldBe(403);
    }

    public static TheoryData<string, string, string?> OfPeople => new()
    {
        { "GET", "people", null },
        { "GET", "people/ID", null },
        { "PUT", "people/ID", "{}" },
        { "PUT", "people/ID/roles", "{}" },
        { "POST", "people/ID/activate", "{}" },
        { "DELETE", "people/ID", null },
        { "GET", "badges", null },
        { "POST", "badges", "{}" },
        { "PUT", "badges/ID/pin", "{}" },
        { "DELETE", "badges/ID", null },
    };

    public static TheoryData<string, string, string?> Management => new()
    {
        { "POST", "people/ID/password-reset", "{}" },
        { "GET", "api-keys", null },
        { "POST", "api-keys", "{}" },
        { "DELETE", "api-keys/ID", null },
        { "GET", "devices", null },
        { "POST", "devices", "{}" },
        { "POST", "devices/paired", "{}" },
        { "PUT", "devices/ID", "{}" },
        { "DELETE", "devices/ID", null },
        { "GET", "sessions", null },
        { "DELETE", "sessions/ID", null },
        { "GET", "audit", null },
        { "GET", "audit/verdict", null },
    };

    [Theory, MemberData(nameof(Management))]
    public Task Identity_is_for_administrators_only(string method, string path, string? body) =>
        IsFor(["administrator"], method, path, body);

    [Theory, MemberData(nameof(OfPeople))]
    public Task People_are_for_administrators_and_who_keeps_them(string method, string path, string? body) =>
        IsFor(["administrator", "personnel"], method, path, body);

    async Task IsFor(string[] roles, string method, string path, string? body)
    {
        path = path.Replace("ID", Guid.NewGuid().ToString());
        using var anonymous = plant.Gateway.Client();
        (await anonymous.SendTextAsync(new(method), path, body)).ShouldBeProblem(401, "not-signed-in");

        foreach (var role in Allowed.Keys)
        {
            var key = await plant.CreateKeyAsync(role);
            using var client = new TestClient(plant.Gateway.Address, key.Secret);
            var answer = await client.SendTextAsync(new(method), path, body);
            if (!roles.Contains(role)) answer.ShouldBeProblem(403, "not-permitted");
            else answer.Status.ShouldBeOneOf(200, 400, 404);
        }
    }

    [Theory]
    [InlineData("/api/work-orders/echo")]
    [InlineData("/api/scheduling/echo")]
    [InlineData("/api/quality/echo")]
    [InlineData("/api/inventory/echo")]
    [InlineData("/api/equipment/echo")]
    [InlineData("/api/erp/echo")]
    [InlineData("/api/live")]
    [InlineData("/api/identity/me")]
    [InlineData("/openapi/gateway.json")]
    [InlineData("/openapi/scalar.js")]
    [InlineData("/api/unheard-of")]
    public async Task Nothing_is_answered_to_strangers(string path)
    {
        using var client = plant.Gateway.Client();

        (await client.GetAsync(path)).ShouldBeProblem(401, "not-signed-in");
    }
}
