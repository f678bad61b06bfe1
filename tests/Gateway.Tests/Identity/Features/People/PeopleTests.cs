using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.People;

/// <summary>A person is entered once, under the code that names them everywhere.</summary>
public sealed class PeopleTests(Installation plant)
{
    [Fact]
    public async Task A_person_with_account_and_badge_is_one_operator_however_they_sign_in()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        var body = new
        {
            name = "Somebody", roles = new[] { "operator" }, userName = plant.Name("user"),
            badge = new { code = badge, pin = "4711" },
        };
        (await Put(code, body)).Status.ShouldBe(200);
        var reset = await plant.Admin.PostAsync($"people/{code}/password-reset", new { });
        using var byBadge = plant.Gateway.Client();
        using var byPassword = plant.Gateway.Client();

        var first = await byBadge.PostAsync("sign-in/badge", new { badge, pin = "4711" });
        var second = await byPassword.PostAsync("sign-in", new { body.userName, password = (string)reset.Json["password"]! });

        foreach (var signedIn in new[] { first, second })
        {
            ((string?)signedIn.Json["operator"]).ShouldBe(code, signedIn.Text);
            ((string?)signedIn.Json["name"]).ShouldBe("Somebody");
        }
        (await Put(code, body)).Status.ShouldBe(200, "the badge is there already");
    }

    [Fact]
    public async Task People_are_found_by_what_code_and_name_begin_with()
    {
        foreach (var code in SearchedList.Codes)
            (await Put(Uri.EscapeDataString(code), new { name = $"Name of {code}", roles = new[] { "operator" } }))
                .Status.ShouldBe(200);
        var searched = new SearchedList(
            async path => JsonSerializer.Deserialize<JsonElement>((await plant.Admin.GetAsync(path)).Text), "people?", "code");
        await searched.ShouldBeSearchedByCode();
        await searched.ShouldFind("NAME OF FIND_", "find_2");
    }

    [Fact]
    public async Task Each_change_is_told_once_and_a_repeat_of_what_is_said_already_tells_nothing()
    {
        var code = plant.Name("person");
        await Put(code, new { name = "First", roles = new[] { "operator" } });
        await Put(code, new { name = "First", roles = new[] { "operator" } });
        await Put(code, new { name = "Second", roles = new[] { "planner" } });
        await plant.Admin.DeleteAsync($"people/{code}");
        await plant.Admin.DeleteAsync($"people/{code}");
        await plant.Admin.PostAsync($"people/{code}/activate", new { });
        await Put(code, new { name = "Second", roles = new[] { "operator" } });

        var told = await ToldAsync(code);

        told.Select(person => (string?)person["name"]).ShouldBe(["First", "Second", "Second", "Second", "Second"]);
        told.Select(person => (bool)person["isActive"]!).ShouldBe([true, true, false, true, true]);
        told.Select(person => person["offFloorSince"] is null).ShouldBe([true, false, false, false, true]);
        told.Select(person => (long)person["version"]!).ShouldBeInOrder();
        told.Select(person => (long)person["version"]!).ShouldBeUnique();
    }

    [Fact]
    public async Task Who_is_deactivated_signs_in_by_nothing_until_they_are_activated()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        await Put(code, new { name = "Somebody", roles = new[] { "operator" }, badge = new { code = badge, pin = "4711" } });
        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).Status.ShouldBe(200);

        var shown = (await plant.Admin.GetAsync($"people/{code}")).Json;
        ((string?)shown["name"], (string?)shown["deactivatedAt"]).ShouldBe(("Somebody", null));
        (await plant.Admin.DeleteAsync($"people/{code}?reason=left")).Status.ShouldBe(204);
        ((string?)(await plant.Admin.GetAsync($"people/{code}")).Json["deactivatedAt"]).ShouldNotBeNull();

        (await client.GetAsync("me")).ShouldBeProblem(401, "not-signed-in");
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).ShouldBeProblem(401, "wrong-credentials");
        (await plant.Admin.PostAsync($"people/{code}/password-reset", new { })).ShouldBeProblem(404, "person-not-found");
        (await plant.Admin.PostAsync($"people/{code}/activate", new { reason = "back" })).Status.ShouldBe(204);
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_badge_gives_no_more_than_its_person_has_also_when_the_person_has_less()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        await Put(code, new { name = "Somebody", roles = new[] { "operator", "planner" } });
        (await plant.Admin.PostAsync("badges", new { code = badge, person = code, roles = new[] { "administrator" } }))
            .ShouldBeProblem(422, "badge-beyond-person");
        (await plant.Admin.PostAsync("badges", new { code = badge, person = code, pin = "4711", roles = new[] { "planner" } }))
            .Status.ShouldBe(201);

        await plant.Admin.PutAsync($"people/{code}/roles", new { roles = new[] { "operator" } });

        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).Json["roles"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_badge_comes_back_only_where_somebody_gives_it_again()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        var body = new { name = "Somebody", roles = new[] { "operator" }, badge = new { code = badge, pin = "4711" } };
        (await Put(code, body)).Json["warning"].ShouldBeNull();
        var made = (await plant.Admin.GetAsync("badges?size=1000")).Json["items"]!.AsArray()
            .Single(one => (string?)one!["code"] == badge)!;
        (await plant.Admin.DeleteAsync($"badges/{(Guid)made["id"]!}?reason=lost")).Status.ShouldBe(204);

        var again = await Put(code, body);

        again.Status.ShouldBe(200, "a program that says it every night goes on");
        ((string?)again.Json["warning"]!["code"]).ShouldBe("badge-revoked");
        ((string?)again.Json["warning"]!["badge"]).ShouldBe(badge);
        ((string?)again.Json["warning"]!["hint"]).ShouldNotBeNullOrWhiteSpace();
        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).ShouldBeProblem(401, "wrong-credentials");
        (await plant.Admin.PostAsync("badges", new { code = badge, person = code, pin = "4712" })).Status.ShouldBe(201);
        (await Put(code, body)).Json["warning"].ShouldBeNull();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4712" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_badge_gives_roles_of_the_floor_unless_others_are_named()
    {
        var (code, plain, named) = (plant.Name("person"), plant.Name("B"), plant.Name("B"));
        var roles = new[] { "operator", "planner", "administrator" };
        await Put(code, new { name = "Somebody", roles, badge = new { code = plain, pin = "4711" } });
        await plant.Admin.PostAsync("badges", new { code = named, person = code, pin = "4711", roles });
        using var client = plant.Gateway.Client();

        var byPlain = await client.PostAsync("sign-in/badge", new { badge = plain, pin = "4711" });
        byPlain.Json["roles"]!.AsArray().Select(role => (string?)role).ShouldBe(["operator"]);
        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).ShouldBeProblem(403, "not-permitted");
        var byNamed = await client.PostAsync("sign-in/badge", new { badge = named, pin = "4711" });
        byNamed.Json["roles"]!.AsArray().Select(role => (string?)role).ShouldBe(roles);
        (await client.GetAsync("/api/scheduling/may/scheduling.plan")).Status.ShouldBe(200);
        (await client.GetAsync("people")).ShouldBeProblem(403, "not-permitted");
        (await client.GetAsync("devices")).ShouldBeProblem(403, "not-permitted");
        var shown = (await plant.Admin.GetAsync("badges?size=1000")).Json["items"]!.AsArray();
        shown.Single(badge => (string?)badge!["code"] == plain)!["roles"]!.ToJsonString().ShouldBe("""["operator"]""");
    }

    [Fact]
    public async Task Nobody_signs_in_by_password_without_one_or_gets_one_without_a_user_name()
    {
        var (code, name) = (plant.Name("person"), plant.Name("user"));
        await Put(code, new { name = "Somebody", roles = Array.Empty<string>() });
        (await plant.Admin.PostAsync($"people/{code}/password-reset", new { })).ShouldBeProblem(422, "no-user-name");
        await Put(code, new { name = "Somebody", roles = Array.Empty<string>(), userName = name });
        using var client = plant.Gateway.Client();

        (await client.PostAsync("sign-in", new { userName = name, password = "" })).ShouldBeProblem(401, "wrong-credentials");
    }

    Task<Answer> Put(string code, object body) => plant.Admin.PutAsync($"people/{code}", body);

    // No service is there to hear of it: what is told waits in the outbox
    async Task<List<JsonNode>> ToldAsync(string code)
    {
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var command = source.CreateCommand(
            "select body::text from outbox where type = 'PersonChanged' and body->>'code' = $1 order by id");
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync();
        var told = new List<JsonNode>();
        while (await reader.ReadAsync()) told.Add(JsonNode.Parse(reader.GetString(0))!);
        return told;
    }
}
