using System.Text.Json.Nodes;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

public sealed class AuditTests(Installation plant)
{
    [Fact]
    public async Task Every_identity_change_leaves_who_what_when_and_why()
    {
        var user = await plant.CreateUserAsync("planner");
        await plant.Admin.PutAsync($"people/{user.Name}/roles", new { roles = new[] { "quality" }, reason = "moved to the lab" });
        var entries = await EntriesAsync(user.Id.ToString());

        var change = entries.Single(entry => (string?)entry["action"] == "PUT /api/identity/people/{code}/roles");
        ((string?)change["actorName"]).ShouldBe("Administrator");
        ((string?)change["reason"]).ShouldBe("moved to the lab");
        var changed = JsonNode.Parse((string)change["changes"]!)!.AsArray().Single()!;
        changed["old"]!["Roles"]!.ToJsonString().ShouldBe("""["planner"]""");
        changed["new"]!["Roles"]!.ToJsonString().ShouldBe("""["quality"]""");
        entries.Select(entry => (string?)entry["action"])
            .ShouldBe(["PUT /api/identity/people/{code}/roles",
                "POST /api/identity/password", "sign-in", "PUT /api/identity/people/{code}",
                "POST /api/identity/people/{code}/password-reset"], ignoreOrder: true);
    }

    [Fact]
    public async Task No_secret_gets_into_the_trail_or_the_tables()
    {
        var user = await plant.CreateUserAsync();
        var key = await plant.CreateKeyAsync();
        var device = await plant.CreateDeviceAsync();
        var reset = (string)(await plant.Admin.PostAsync($"people/{user.Name}/password-reset", new { })).Json["password"]!;
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var command = source.CreateCommand("""
            select string_agg(row, '|') from (
                select people::text as row from people union all select api_keys::text from api_keys
                union all select devices::text from devices union all select changes::text from audit
                union all select answer::text from command_log union all select body::text from outbox) everything
            """);

        var everything = (string)(await command.ExecuteScalarAsync())!;

        everything.ShouldContain(key.Secret[..14]);
        everything.ShouldNotContain(key.Secret);
        everything.ShouldNotContain(device.Secret);
        everything.ShouldNotContain(user.Password);
        everything.ShouldNotContain(reset);
        everything.ShouldContain("\"PasswordHash\": \"***\"");
    }

    [Fact]
    public async Task The_gateway_itself_cannot_change_the_trail()
    {
        await using var source = NpgsqlDataSource.Create(plant.Database.AppConnectionString);
        foreach (var sql in new[] { "delete from audit", "update audit set reason = 'x'", "truncate audit", "drop table audit" })
        {
            await using var command = source.CreateCommand(sql);
            var refused = await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    public async Task The_chain_of_the_trail_is_closed_and_holds()
    {
        await plant.CreateKeyAsync();
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var newest = source.CreateCommand("select id from audit order by id desc limit 1");
        var entry = (Guid)(await newest.ExecuteScalarAsync())!;     // this one alone: others go on to write
        await using var open = source.CreateCommand($"select count(*) from audit_unchained where audit_id = '{entry}'");
        await Poll.Until(async () => (long)(await open.ExecuteScalarAsync())! == 0, TimeSpan.FromSeconds(60), "it is chained");

        ((bool)(await plant.Admin.GetAsync("audit/verdict")).Json["isIntact"]!).ShouldBeTrue();
    }

    async Task<List<JsonNode>> EntriesAsync(string containing)
    {
        var page = (await plant.Admin.GetAsync("audit?size=1000")).Json;
        return [.. page["items"]!.AsArray().Where(entry => entry!.ToJsonString().Contains(containing)).Select(entry => entry!)];
    }
}
