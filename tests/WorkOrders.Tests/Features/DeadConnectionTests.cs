using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>Connections that wait in the pool may die there, as all do when a database is started again.</summary>
public sealed class DeadConnectionTests(Plant plant) : IClassFixture<Plant>
{
    [Fact]
    public async Task A_command_that_gets_a_connection_which_has_died_is_begun_on_another()
    {
        await EndSessions();
        using var answer = await plant.Service.SendDefinition(
            "/api/work-orders/products", new { code = "ALIVE", name = "Part", unit = "pcs" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whoever_reads_sees_nothing_of_connections_that_have_died()
    {
        await EndSessions();
        using var answer = await plant.Service.Http.GetAsync("/api/work-orders/products");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    async Task EndSessions()
    {
        // several in the pool, so that the second one is dead as well
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => plant.Service.Get("/api/work-orders/products")));
        var own = plant.Service.Services.GetRequiredService<IConfiguration>().GetConnectionString("workorders")!;
        var unpooled = new NpgsqlConnectionStringBuilder(own) { Pooling = false };
        await using var session = new NpgsqlConnection(unpooled.ConnectionString);
        await session.OpenAsync();
        await using var end = new NpgsqlCommand("""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
            """, session);
        ((long)(await end.ExecuteScalarAsync())!).ShouldBeGreaterThan(0);
    }
}
