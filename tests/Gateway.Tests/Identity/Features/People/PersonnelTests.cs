using Mes.Web.Auth;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.People;

/// <summary>Who keeps people keeps those of the floor, and nobody above.</summary>
public sealed class PersonnelTests(Installation plant)
{
    public static IEnumerable<TheoryDataRow<string>> EveryRole =>
        Roles.PermissionsOf.Keys.Select(role => new TheoryDataRow<string>(role));

    [Theory, MemberData(nameof(EveryRole))]
    public async Task A_role_is_given_and_its_people_are_kept_if_it_is_of_the_floor(string role)
    {
        using var personnel = await Personnel();
        var isOfFloor = role is "operator" or "foreman" or "quality" or "warehouse" or "maintenance";
        var (code, badge, has) = (plant.Name("person"), plant.Name("B"), plant.Name("person"));
        await plant.Admin.PutAsync($"people/{has}", new { name = has, roles = new[] { role } });
        var given = await plant.Admin.PostAsync("badges", new { code = badge, person = has, pin = "4711" });
        var badgeId = (Guid)given.Json["id"]!;
        var roles = new[] { role };

        var answers = new[]
        {
            await personnel.PutAsync($"people/{code}", new { name = code, roles }),
            await personnel.PutAsync($"people/{has}", new { name = has, roles = Array.Empty<string>() }),
            await personnel.PutAsync($"people/{has}/roles", new { roles }),
            await personnel.PostAsync("badges", new { code = plant.Name("B"), person = has }),
            await personnel.PutAsync($"badges/{badgeId}/pin", new { pin = "4712" }),
            await personnel.DeleteAsync($"badges/{badgeId}"),
            await personnel.DeleteAsync($"people/{has}"),
            await personnel.PostAsync($"people/{has}/activate", new { }),
        };

        foreach (var answer in answers)
        {
            if (isOfFloor) answer.Status.ShouldBeInRange(200, 204, answer.Text);
            else answer.ShouldBeProblem(403, "roles-beyond-the-floor");
        }
    }

    [Fact]
    public async Task A_badge_with_more_than_its_person_is_not_theirs_to_open()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        await plant.Admin.PutAsync($"people/{code}", new { name = code, roles = new[] { "operator", "planner" } });
        var made = await plant.Admin.PostAsync("badges", new { code = badge, person = code, roles = new[] { "planner" } });
        await using (var source = Npgsql.NpgsqlDataSource.Create(plant.Database.OwnerConnectionString))
        {
            // As an upgrade leaves it: the badge keeps roles that its person has not
            await using var less = source.CreateCommand("update people set roles = '{operator}' where code = $1");
            less.Parameters.Add(new() { Value = code });
            await less.ExecuteNonQueryAsync();
        }
        using var personnel = await Personnel();

        (await personnel.PutAsync($"badges/{(Guid)made.Json["id"]!}/pin", new { pin = "4712" }))
            .ShouldBeProblem(403, "roles-beyond-the-floor");
    }

    [Fact]
    public async Task By_a_badge_nobody_keeps_people()
    {
        var (code, badge) = (plant.Name("person"), plant.Name("B"));
        await plant.Admin.PutAsync($"people/{code}", new { name = code, roles = new[] { "personnel" } });
        await plant.Admin.PostAsync(
            "badges", new { code = badge, person = code, pin = "4711", roles = new[] { "personnel" } });
        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).Status.ShouldBe(200);

        (await client.GetAsync("people")).ShouldBeProblem(403, "not-permitted");
    }

    async Task<TestClient> Personnel() => new(plant.Gateway.Address, (await plant.CreateKeyAsync("personnel")).Secret);
}
