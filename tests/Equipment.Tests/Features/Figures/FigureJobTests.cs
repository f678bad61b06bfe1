using System.Text.Json.Nodes;
using Hangfire.Storage;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Equipment.Features.Figures;
using Mes.Jobs;
using Mes.Kernel;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Figures;

/// <summary>When figures are computed: at once after a change, by a job after the end of a shift.</summary>
public class FigureJobTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    const string Writer = "x'46696775726573'::bigint";
    static TimeSpan Bound => TimeSpan.FromSeconds(120);
    readonly TestClock _clock = new();

    [Fact]
    public async Task A_report_is_in_the_figures_without_the_job()
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var held = await Hold(connection, "hashtextextended('mes.job figures', 0)");
        await service.Apply(Report("F9", 0, 60, good: 10));
        Version(await Shift("F9")).ShouldBe(1);
        await service.Apply(CounterOf(Report("F9", 60, 90, good: 2)));      // of a report that has not come yet
        await Written();
    }

    [Fact]
    public async Task A_shift_that_has_ended_is_read_from_its_records_until_the_job_has_stored_its_figures()
    {
        await service.Apply(Report("F10", 0, 120, good: 60));
        await Written();
        await using var connection = await service.Database.OpenConnectionAsync();
        await using (await Hold(connection, Writer))
        {
            // as it is right after the end of a shift in which there were reports
            await service.Count(
                """
                WITH gone AS (DELETE FROM shift_figure WHERE equipment = 'F10' RETURNING equipment, starts_at, ends_at),
                due AS (INSERT INTO figure_due SELECT equipment, starts_at, ends_at FROM gone RETURNING 1)
                SELECT count(*) FROM due
                """);
            var live = await Shift("F10");
            (live["version"] is null, Oee(live)).ShouldBe((true, 60m / 480m));
        }

        Jobs.Enqueue(WriteFigures.Key);

        await Poll.Until(async () => await service.Count("SELECT count(*) FROM figure_due WHERE due_at <= now()") == 0, Bound,
            "the shift is closed");
        var stored = await Shift("F10");
        (Version(stored), Oee(stored)).ShouldBe((1, 60m / 480m));
        ((bool)(await service.Get("/oee/verdict"))["isConsistent"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_shift_that_was_reported_in_after_its_end_is_read_from_its_records_until_its_figures_are_stored()
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using (await Hold(connection, Writer))
        {
            await service.Apply(Report("F12", 0, 120, good: 60));
            var live = await Read("F12");
            (live["version"] is null, Oee(live)).ShouldBe((true, 60m / 480m));
        }
        var stored = await Shift("F12");
        (Version(stored), Oee(stored)).ShouldBe((1, 60m / 480m));
    }

    [Fact]
    public async Task What_a_process_that_died_left_is_computed_by_the_job()
    {
        await service.Apply(Report("F11", 0, 60, good: 10));
        await Written();
        await service.Count(
            """
            WITH gone AS (DELETE FROM shift_figure WHERE equipment = 'F11' RETURNING equipment, starts_at, ends_at),
            left_over AS (INSERT INTO figure_dirty (equipment, from_at, to_at)
                SELECT equipment, starts_at, ends_at FROM gone RETURNING 1)
            SELECT count(*) FROM left_over
            """);

        Jobs.Enqueue(WriteFigures.Key);

        Version(await Shift("F11")).ShouldBe(1);
    }

    [Fact]
    public async Task Shifts_are_closed_every_minute_by_a_schedule()
    {
        await Poll.Until(() =>
        {
            using var connection = Jobs.Storage.GetConnection();
            return Task.FromResult(connection.GetRecurringJobs()
                .Any(known => (known.Id, known.Cron) == (WriteFigures.Key, "* * * * *")));
        }, Bound, "the schedule is stored");
    }

    [Fact]
    public async Task A_job_that_failed_makes_health_bad_for_no_longer_than_figures_cannot_be_computed()
    {
        var writer = service.Services.GetRequiredService<FigureWriter>();
        var health = new FigureHealth(writer, _clock);
        await Written();
        await service.Execute("ALTER TABLE figure_dirty RENAME TO figure_away");
        try
        {
            Jobs.Enqueue(WriteFigures.Key);
            await Poll.Until(() => Task.FromResult(writer.FailsSince is not null), Bound, "the writer tries, too");
            (await health.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Healthy, "it may pass");
            _clock.Advance(TimeSpan.FromMinutes(2));
            (await health.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Unhealthy);
        }
        finally
        {
            await service.Execute("ALTER TABLE figure_away RENAME TO figure_dirty");
        }

        await Poll.Until(async () => (await health.CheckHealthAsync(new HealthCheckContext())).Status == HealthStatus.Healthy,
            Bound, "it ends well, without a change or a job");
    }

    Jobs<EquipmentDb> Jobs => service.Services.GetRequiredService<Jobs<EquipmentDb>>();

    /// <summary>Takes a lock until the transaction ends.</summary>
    static async Task<Npgsql.NpgsqlTransaction> Hold(Npgsql.NpgsqlConnection connection, string key)
    {
        var held = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_xact_lock({key})", connection, held);
        await command.ExecuteNonQueryAsync();
        return held;
    }

    async Task<JsonNode> Shift(string equipment)
    {
        await Written();
        return await Read(equipment);
    }

    async Task<JsonNode> Read(string equipment) =>
        (await service.Get($"/units/{equipment}/oee?from=2026-03-01T22:00:00Z&to=2026-03-02T06:00:00Z"))["shifts"]!
            .AsArray().Single()!;

    Task Written() =>
        Poll.Until(async () => await service.Count("SELECT count(*) FROM figure_dirty") == 0, Bound, "figures are written");

    static int Version(JsonNode shift) => (int)shift["version"]!;

    static decimal? Oee(JsonNode shift) => (decimal?)shift["figures"]!["oee"]!["value"];
}
