using Mes.Gateway.Identity.Features.Sessions;
using Mes.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.Sessions;

/// <summary>What ended long ago is removed, and the trail says how much.</summary>
public sealed class SweepTests(Installation plant)
{
    [Fact]
    public async Task What_ended_long_ago_is_removed_and_told_of()
    {
        var user = await plant.CreateUserAsync();
        await using var source = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await using (var old = source.CreateCommand("""
            insert into sessions (id, secret_hash, person_id, created_at, expires_at)
                select gen_random_uuid(), convert_to('old ' || n, 'UTF8'), $1, '2020-01-01', '2020-01-02'
                from generate_series(1, 2) n;
            """))
        {
            old.Parameters.Add(new() { Value = user.Id });
            await old.ExecuteNonQueryAsync();
        }

        await Sweep();
        await Sweep();

        await using var told = source.CreateCommand("""
            select count(*), min(actor_kind || ' ' || action || ' ' || (c -> 'old' ->> 'Count') || ' ' || (c -> 'new')::text)
            from audit, jsonb_array_elements(changes) c where c ->> 'table' = 'sessions' and action = 'sweep-sessions'
            """);
        await using var reader = await told.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        (reader.GetInt64(0), reader.GetString(1)).ShouldBe((1, "system sweep-sessions 2 null"));
    }

    async Task Sweep()
    {
        await using var scope = plant.Gateway.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<SweepSessions>(scope.ServiceProvider)
            .Run(new JobCall("1", null, () => false), CancellationToken.None);
    }
}
