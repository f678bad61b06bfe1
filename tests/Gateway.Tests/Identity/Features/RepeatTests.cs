using System.Security.Cryptography;
using System.Text.Json;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Features.Badges;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

/// <summary>A command that is sent again gets the first answer and makes nothing twice.</summary>
public sealed class RepeatTests(Installation plant)
{
    public static TheoryData<string, string> Commands => new()
    {
        { "badges", """{"code":"NAME","person":"admin","pin":"4711"}""" },
        { "api-keys", """{"name":"NAME","roles":["erp"],"expiresAt":"2199-01-01T00:00:00.1234567+02:00"}""" },
        { "devices", """{"name":"NAME","equipment":["M1"],"workCenters":["WC"],"roles":[]}""" },
    };

    [Theory, MemberData(nameof(Commands))]
    public async Task Sent_again_under_its_id_it_gets_the_first_answer_also_at_once(string path, string body)
    {
        body = body.Replace("NAME", plant.Name("again"));
        var id = Guid.NewGuid();
        var both = await Task.WhenAll(Send(path, body, id), Send(path, body, id));
        var later = await Send(path, body, id);

        foreach (var answer in both.Append(later)) answer.Status.ShouldBe(201, answer.Text);
        both.Append(later).Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Without_an_id_it_is_refused(string path, string body)
    {
        using var client = new TestClient(plant.Gateway.Address, (await plant.CreateKeyAsync("administrator")).Secret);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/identity/{path}")
        {
            Content = new StringContent(body.Replace("NAME", plant.Name("none")), System.Text.Encoding.UTF8, "application/json"),
            Headers = { { CommandHeader.Name, "none" } },
        };

        (await client.SendAsync(request)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Another_pin_under_its_id_is_other_content_though_no_hash_of_it_can_be_guessed()
    {
        var (id, name) = (Guid.NewGuid(), plant.Name("again"));
        var body = $$"""{"code":"{{name}}","person":"admin","pin":"4711"}""";
        (await Send("badges", body, id)).Status.ShouldBe(201);

        (await Send("badges", body.Replace("4711", "4712"), id)).ShouldBeProblem(409, "command-id-reused");

        var request = new CreateBadge(name, "admin", "4711");
        var options = plant.Gateway.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using var command = source.CreateCommand("select content_hash from command_log where command_id = $1");
        command.Parameters.Add(new() { Value = id });
        ((byte[])(await command.ExecuteScalarAsync())!).ShouldNotBe(SHA256.HashData([
            .. JsonSerializer.SerializeToUtf8Bytes("POST /api/identity/badges"),
            .. JsonSerializer.SerializeToUtf8Bytes(request, options)]));
    }

    [Fact]
    public async Task A_command_is_known_again_while_the_key_of_the_deployment_is_changed()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        var (id, body) = (Guid.NewGuid(), """{"code":"B1","person":"admin","pin":"4711"}""");
        await using (var before = await GatewayHost.StartAsync(database, TimeProvider.System))
        {
            using var client = await before.SignInAdministratorAsync();
            (await Send("badges", body, id, client)).Status.ShouldBe(201);
        }
        var next = Convert.ToBase64String(SHA256.HashData("the next key"u8));

        await using var after = await GatewayHost.StartAsync(
            database, TimeProvider.System, ("Mes:TicketKey", $"{next},{GatewayHost.TicketKey}"));
        using var admin = await after.SignInAdministratorAsync();

        (await Send("badges", body, id, admin)).Status.ShouldBe(201);
        (await Send("badges", body.Replace("4711", "4712"), id, admin)).ShouldBeProblem(409, "command-id-reused");
    }

    [Fact]
    public async Task A_password_reset_that_is_sent_again_makes_no_second_password()
    {
        var user = await plant.CreateUserAsync();
        var id = Guid.NewGuid();
        var path = $"people/{user.Name}/password-reset";
        var both = await Task.WhenAll(Send(path, "{}", id), Send(path, "{}", id));
        var later = await Send(path, "{}", id);

        foreach (var answer in both.Append(later)) answer.Status.ShouldBe(200, answer.Text);
        var password = both.Append(later).Select(answer => (string)answer.Json["password"]!).Distinct().ShouldHaveSingleItem();
        using var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in", new { userName = user.Name, password })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_that_is_revoked_is_not_told_again()
    {
        var id = Guid.NewGuid();
        var body = $$"""{"name":"{{plant.Name("again")}}","roles":[]}""";
        (await Send("api-keys", body, id)).Status.ShouldBe(201);
        await plant.Admin.DeleteAsync($"api-keys/{id}");

        var again = await Send("api-keys", body, id);

        again.Status.ShouldBe(201);
        ((string?)again.Json["secret"]).ShouldBeNull();
        ((string?)again.Json["code"]).ShouldBe("secret-not-told-again");
        ((string?)again.Json["hint"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Other_content_under_its_id_is_a_conflict_that_names_the_id(string path, string body)
    {
        var id = Guid.NewGuid();
        (await Send(path, body.Replace("NAME", plant.Name("again")), id)).Status.ShouldBe(201);

        var other = await Send(path, body.Replace("NAME", plant.Name("other")), id);

        other.ShouldBeProblem(409, "command-id-reused");
        ((string?)other.Json["commandId"]).ShouldBe(id.ToString());
    }

    [Fact]
    public void A_secret_is_told_again_for_a_quarter_of_an_hour()
    {
        var clock = new TestClock();
        var secrets = new IssuedSecrets(plant.Gateway.Services.GetRequiredService<TicketKeys>(), clock);
        var (id, made) = (Guid.NewGuid(), clock.GetUtcNow());
        var secret = secrets.Make(Secrets.ApiKeyPrefix, id, made);

        clock.Advance(TimeSpan.FromMinutes(14));
        secrets.Again(Secrets.ApiKeyPrefix, id, made, Secrets.Hash(secret)).ShouldBe(secret);
        clock.Advance(TimeSpan.FromMinutes(1.1));
        secrets.Again(Secrets.ApiKeyPrefix, id, made, Secrets.Hash(secret)).ShouldBeNull();
    }

    [Fact]
    public async Task The_password_that_is_told_again_signs_in()
    {
        var name = plant.Name("again");
        var id = Guid.NewGuid();
        await plant.CreatePersonAsync(name);
        await Send($"people/{name}/password-reset", "{}", id);
        var again = await Send($"people/{name}/password-reset", "{}", id);
        using var client = plant.Gateway.Client();

        (await client.PostAsync("sign-in", new { userName = name, password = (string)again.Json["password"]! }))
            .Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_password_that_its_owner_has_changed_is_not_told_again()
    {
        var name = plant.Name("again");
        var id = Guid.NewGuid();
        await plant.CreatePersonAsync(name);
        var oneTime = (string)(await Send($"people/{name}/password-reset", "{}", id)).Json["password"]!;
        using var client = plant.Gateway.Client();
        await client.PostAsync("sign-in", new { userName = name, password = oneTime });
        await client.PostAsync("password", new { current = oneTime, @new = "a password of my own" });

        var again = await Send($"people/{name}/password-reset", "{}", id);
        again.Status.ShouldBe(200);
        ((string?)again.Json["password"]).ShouldBeNull();
        ((string?)again.Json["code"]).ShouldBe("secret-not-told-again");
    }

    [Fact]
    public async Task What_is_revoked_may_be_revoked_again()
    {
        var user = await plant.CreateUserAsync();
        var badge = await plant.CreateBadgeAsync("4711");
        var key = await plant.CreateKeyAsync();
        var device = await plant.CreateDeviceAsync();
        foreach (var path in new[] { $"people/{user.Name}", $"badges/{badge.Id}", $"api-keys/{key.Id}", $"devices/{device.Id}" })
        {
            (await plant.Admin.DeleteAsync(path)).Status.ShouldBe(204);
            (await plant.Admin.DeleteAsync(path)).Status.ShouldBe(204, path);
        }
    }

    [Fact]
    public async Task A_new_key_of_a_client_goes_on_in_its_scope()
    {
        var name = plant.Name("erp");
        var scopes = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            var made = await plant.Admin.PostAsync("api-keys", new { name, roles = new[] { "erp" } });
            using var client = new TestClient(plant.Gateway.Address, (string)made.Json["secret"]!);
            scopes.Add((string?)(await client.GetAsync("/api/erp/echo")).Json["scope"]);
        }

        scopes[1].ShouldBe(scopes[0]);
        (await plant.CreateKeyAsync("erp")).Secret.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keys_made_before_there_were_clients_go_on_in_the_scope_of_the_newest_in_force()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await MigrateFirst(database.OwnerConnectionString);
        var (older, newer, revoked) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var insert = source.CreateCommand($"""
            insert into api_keys (id, name, prefix, secret_hash, roles, created_at, revoked_at) values
                ('{older}', 'ERP', 'x', sha256('mes_key_older'), array['erp'], now() - interval '2 days', null),
                ('{newer}', 'ERP', 'x', sha256('mes_key_newer'), array['erp'], now() - interval '1 day', null),
                ('{revoked}', 'ERP', 'x', sha256('mes_key_revoked'), array['erp'], now(), now())
            """);
        await insert.ExecuteNonQueryAsync();

        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System, plant.Backend.AsServices);

        foreach (var secret in new[] { "mes_key_older", "mes_key_newer" })
        {
            using var client = new TestClient(gateway.Address, secret);
            ((string?)(await client.GetAsync("/api/erp/echo")).Json["scope"]).ShouldBe(newer.ToString());
        }
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        foreach (var list in new[] { "people", "badges", "api-keys", "devices" })
        {
            await plant.CreateUserAsync();
            await plant.CreateUserAsync();
            await plant.CreateBadgeAsync("4711");
            await plant.CreateBadgeAsync("4711");
            await plant.CreateDeviceAsync();
            await plant.CreateDeviceAsync();
            await plant.CreateKeyAsync();
            await plant.CreateKeyAsync();
            var first = (await plant.Admin.GetAsync($"{list}?size=1")).Json;
            var next = (await plant.Admin.GetAsync($"{list}?size=1&after={(string?)first["next"]}")).Json;
            first["items"]!.AsArray().ShouldHaveSingleItem();
            ((Guid)next["items"]!.AsArray().Single()!["id"]!).ShouldNotBe((Guid)first["items"]![0]!["id"]!);
        }
    }

    [Fact]
    public async Task A_password_reset_that_meets_another_change_shows_no_password_that_is_not_stored()
    {
        var user = await plant.CreateUserAsync();
        var resets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            plant.Admin.PostAsync($"people/{user.Name}/password-reset", new { })));

        resets.ShouldAllBe(reset => reset.Status == 200 || reset.Status == 409);
        using var client = plant.Gateway.Client();
        var shown = resets.Where(reset => reset.Status == 200).Select(reset => (string)reset.Json["password"]!);
        var right = 0;
        foreach (var password in shown)
            if ((await client.PostAsync("sign-in", new { userName = user.Name, password })).Status == 200) right++;
        right.ShouldBe(1);
    }

    static async Task MigrateFirst(string owner)
    {
        await using var db = new IdentityDb(new DbContextOptionsBuilder<IdentityDb>().UseNpgsql(owner).Options);
        var migrations = db.GetService<IMigrationsAssembly>();
        var (id, type) = migrations.Migrations.OrderBy(known => known.Key, StringComparer.Ordinal).First();
        var history = db.GetService<IHistoryRepository>();
        var operations = migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations.Cast<SqlOperation>();
        foreach (var sql in operations.Select(operation => operation.Sql)
            .Append(history.GetCreateScript()).Append(history.GetInsertScript(new HistoryRow(id, "10.0.0"))))
        {
            await using var source = NpgsqlDataSource.Create(owner);
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    Task<Answer> Send(string path, string body, Guid id, TestClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/identity/{path}")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", id.ToString());
        return (client ?? plant.Admin).SendAsync(request);
    }
}
