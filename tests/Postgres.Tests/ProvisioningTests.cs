using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Postgres.Tests;

/// <summary>Databases and roles, on a server given by its administrator's connection string.</summary>
public sealed class ProvisioningTests
{
    static readonly string[] Installed = ["identity", "workorders", "scheduling", "quality", "inventory", "equipment"];

    [Fact]
    public async Task Every_service_gets_its_database_and_both_its_roles_can_connect()
    {
        await using var server = await PostgresServer.StartAsync();
        var made = await ProvisionAsync(server.AdminConnectionString);
        made.Keys.ShouldBe(Installed, ignoreOrder: true);
        foreach (var access in made.Values)
        {
            (await WhoAsync(access.AppConnectionString)).ShouldBe((access.Database, $"mes_{access.Service}_app"));
            (await WhoAsync(access.OwnerConnectionString)).ShouldBe((access.Database, $"mes_{access.Service}_owner"));
        }
    }

    [Fact]
    public async Task Doing_it_again_and_at_once_changes_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        var first = await ProvisionAsync(server.AdminConnectionString);
        await Facts.WriteAsync(first["inventory"].OwnerConnectionString, 1);
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ProvisionAsync(server.AdminConnectionString)));
        foreach (var made in again) made.ShouldBe(first, ignoreOrder: true);
        (await Facts.ReadAsync(first["inventory"].OwnerConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task Together_the_pools_stay_below_the_servers_connections()
    {
        await using var server = await PostgresServer.StartAsync();
        var made = await ProvisionAsync(server.AdminConnectionString);
        made.Values.ShouldAllBe(access => new NpgsqlConnectionStringBuilder(access.AppConnectionString).MaxPoolSize == 20);
        // a service has two pools of its own role: one for its contexts, one beside them
        made.Values.SelectMany(access => new[]
            {
                access.AppConnectionString, access.AppConnectionString, access.OwnerConnectionString
            })
            .Sum(connection => new NpgsqlConnectionStringBuilder(connection).MaxPoolSize)
            .ShouldBeLessThan(new EmbeddedPostgresOptions { DataFolder = "" }.MaxConnections);
    }

    [Theory]
    [InlineData("CREATE TABLE t (n int)")]
    [InlineData("CREATE SCHEMA s")]
    [InlineData("CREATE TEMPORARY TABLE t (n int)")]
    [InlineData("CREATE DATABASE d")]
    [InlineData("CREATE ROLE r")]
    [InlineData("SELECT * FROM fact")]
    [InlineData("DROP TABLE fact")]
    public async Task The_running_service_may_nothing_that_no_migration_granted(string statement)
    {
        var server = await PostgresServer.SharedAsync();
        await using var database = await server.CreateDatabaseAsync("inventory");
        await Facts.WriteAsync(database.OwnerConnectionString, 1);
        (await RefusalAsync(database.AppConnectionString, statement)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_a_migration_grants_the_running_service_may()
    {
        var server = await PostgresServer.SharedAsync();
        await using var database = await server.CreateDatabaseAsync("inventory");
        await Facts.WriteAsync(database.OwnerConnectionString, 1);
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var grant = owner.CreateCommand("GRANT SELECT ON fact TO mes_inventory_app");
        await grant.ExecuteNonQueryAsync();
        (await Facts.ReadAsync(database.AppConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task No_service_can_connect_to_the_database_of_another()
    {
        var server = await PostgresServer.SharedAsync();
        await using var inventory = await server.CreateDatabaseAsync("inventory");
        await using var quality = await server.CreateDatabaseAsync("quality");
        foreach (var own in new[] { quality.AppConnectionString, quality.OwnerConnectionString })
        {
            var foreign = new NpgsqlConnectionStringBuilder(own) { Database = inventory.Name }.ConnectionString;
            (await RefusalAsync(foreign, "SELECT 1")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    public async Task An_administrator_who_is_no_superuser_can_do_it()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var source = NpgsqlDataSource.Create(server.AdminConnectionString);
        await using var make = source.CreateCommand("CREATE ROLE dba LOGIN CREATEDB CREATEROLE PASSWORD 'chosen'");
        await make.ExecuteNonQueryAsync();
        var dba = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Username = "dba", Password = "chosen" };
        var made = await ProvisionAsync(dba.ConnectionString);
        await ProvisionAsync(dba.ConnectionString);
        (await WhoAsync(made["quality"].AppConnectionString)).ShouldBe(("mes_quality", "mes_quality_app"));
    }

    [Fact]
    public async Task One_that_was_refused_holds_up_no_other()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var source = NpgsqlDataSource.Create(server.AdminConnectionString);
        await using var make = source.CreateCommand("CREATE ROLE guest LOGIN PASSWORD 'chosen'");
        await make.ExecuteNonQueryAsync();
        var guest = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Username = "guest", Password = "chosen" };
        await Should.ThrowAsync<PostgresUnavailableException>(ProvisionAsync(guest.ConnectionString));
        (await ProvisionAsync(server.AdminConnectionString).WaitAsync(TimeSpan.FromMinutes(2))).Count.ShouldBe(Installed.Length);
    }

    [Fact]
    public async Task A_new_secret_sets_new_passwords()
    {
        await using var server = await PostgresServer.StartAsync();
        var old = await ProvisionAsync(server.AdminConnectionString);
        var made = await PostgresProvisioner.ProvisionAsync(
            server.AdminConnectionString, PostgresSecret.From("another"), DatabaseSpec.Installation);
        (await WhoAsync(made["quality"].AppConnectionString)).ShouldBe(("mes_quality", "mes_quality_app"));
        (await RefusalAsync(old["quality"].AppConnectionString, "SELECT 1")).ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_as_such()
    {
        var refused = await Should.ThrowAsync<PostgresUnavailableException>(
            ProvisionAsync("Host=127.0.0.1;Port=1;Database=postgres;Username=x;Password=x"));
        refused.Message.ShouldContain("127.0.0.1:1");
    }

    [Theory]
    [InlineData("Inventory")]
    [InlineData("inventory; DROP DATABASE postgres")]
    [InlineData("a_name_longer_than_the_sixty_three_characters_that_postgresql_keeps")]
    public void A_name_that_is_no_name_is_refused(string service) =>
        Should.Throw<ArgumentException>(() => new DatabaseSpec(service));

    static Task<IReadOnlyDictionary<string, DatabaseAccess>> ProvisionAsync(string adminConnectionString) =>
        PostgresProvisioner.ProvisionAsync(adminConnectionString, PostgresSecret.From("test"), DatabaseSpec.Installation);

    static async Task<(string Database, string Role)> WhoAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var ask = source.CreateCommand("SELECT current_database()::text, current_user::text");
        await using var answer = await ask.ExecuteReaderAsync();
        await answer.ReadAsync();
        return (answer.GetString(0), answer.GetString(1));
    }

    static async Task<string?> RefusalAsync(string connectionString, string statement)
    {
        await using var source =
            NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(statement);
        return (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync())).SqlState;
    }
}
