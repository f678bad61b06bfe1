using System.Text.Json.Nodes;
using Mes.Equipment.Features.MasterData;
using Mes.Tests.Support;
using static Mes.Equipment.Tests.Given;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Figures;

public class FigureTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    const string Night = "?from=2026-03-01T22:00:00Z&to=2026-03-02T06:00:00Z";

    [Fact]
    public async Task A_shift_has_its_figures_with_their_inputs()
    {
        await service.DefineUnit("F1");
        await service.Apply(Report("F1", 0, 120, good: 90) with { Scrap = 10 });        // 60 s planned per piece
        await service.Post("/units/F1/downtimes", new { startedAt = At(120), endedAt = At(150) });

        var shift = (await Shifts("F1")).Single();
        ((string)shift["shift"]!).ShouldBe("2026-03-01/night");
        Value(shift, "availability").ShouldBe(120m / 480m);
        Value(shift, "effectiveness").ShouldBe(100m / 120m);
        Value(shift, "quality").ShouldBe(0.9m);
        Value(shift, "oee").ShouldBe(90m / 480m);
        ((decimal)shift["figures"]!["inputs"]!["actualDowntimeSeconds"]!).ShouldBe(1800);
    }

    [Fact]
    public async Task A_late_report_makes_a_new_version_and_a_repeated_one_does_not()
    {
        var first = Report("F2", 0, 60, good: 10);
        await service.Apply(first);
        Version((await Shifts("F2")).Single()).ShouldBe(1);
        await service.Apply(Report("F2", 60, 120, good: 5));
        Version((await Shifts("F2")).Single()).ShouldBe(2);
        await service.Apply(first);
        var shift = (await Shifts("F2")).Single();
        Version(shift).ShouldBe(2);
        Value(shift, "oee").ShouldBe(15m / 480m);
        (await service.Count("SELECT count(*) FROM shift_figure WHERE equipment = 'F2'")).ShouldBe(2, "the old version stays");
    }

    [Fact]
    public async Task A_counter_report_takes_its_pieces_from_the_shift_of_the_report_it_undoes()
    {
        var wrong = Report("F3", 0, 60, good: 10);
        var counter = CounterOf(wrong) with { StartedAt = At(600), EndedAt = At(660) };
        await service.Apply(counter);
        await Written();
        await service.Apply(wrong);
        var shifts = await Shifts("F3", "?from=2026-03-01T22:00:00Z&to=2026-03-02T14:00:00Z");
        shifts.Count.ShouldBe(2);
        shifts.ShouldAllBe(shift => (decimal)shift["figures"]!["inputs"]!["good"]! == 0);
        shifts.ShouldAllBe(shift => (decimal)shift["figures"]!["inputs"]!["actualProductionTimeSeconds"]! == 0);
        await Consistent();
    }

    [Theory]
    [InlineData("C1", "2026-03-02T02:00:00Z")]     // cuts the night shift in the middle of a run, a stop and the pieces
    [InlineData("C2", "2026-03-02T00:30:00Z")]
    [InlineData("C3", "2026-03-02T06:00:00Z")]     // lies between two shifts
    public async Task Two_times_that_follow_each_other_add_up_to_both_together(string unit, string cut)
    {
        await service.DefineUnit(unit);
        await service.Apply(Report(unit, 0, 60, good: 10), Report(unit, 90, 180, good: 20), Report(unit, 360, 420, good: 5));
        await service.Post($"/units/{unit}/downtimes", new { startedAt = At(100), endedAt = At(140) });
        var whole = await Inputs(unit, "2026-03-01T22:00:00Z", "2026-03-02T14:00:00Z");
        var (one, other) = (await Inputs(unit, "2026-03-01T22:00:00Z", cut), await Inputs(unit, cut, "2026-03-02T14:00:00Z"));
        whole.ShouldBe((16 * 3600, 60 * 60 + 50 * 60 + 60 * 60, 40 * 60, 35));
        (one.Busy + other.Busy, one.Run + other.Run, one.Down + other.Down, one.Good + other.Good).ShouldBe(whole);
        var plant = await PlantInputs("2026-03-01T22:00:00Z", cut, unit);
        plant.ShouldBe(one);
    }

    [Fact]
    public async Task A_shift_that_is_counted_in_part_says_which_part()
    {
        await service.DefineUnit("C4");
        await service.Apply(Report("C4", 0, 60, good: 10));
        var shift = (await Shifts("C4", "?from=2026-03-01T22:00:00Z&to=2026-03-02T00:30:00Z")).Single();
        ((DateTimeOffset)shift["endsAt"]!).ShouldBe(Utc("2026-03-02 06:00"));
        ((DateTimeOffset)shift["countedFrom"]!).ShouldBe(Utc("2026-03-01 22:00"));
        ((DateTimeOffset)shift["countedTo"]!).ShouldBe(At(30));
        shift["version"].ShouldBeNull();
        Value(shift, "availability").ShouldBe(30m / 150m);
        ((decimal)shift["figures"]!["inputs"]!["good"]!).ShouldBe(0, "the report ended later");
    }

    [Fact]
    public async Task A_product_nobody_planned_is_flagged_and_takes_the_figure_from_no_other()
    {
        await service.DefineUnit("C5");
        await service.Apply(
            Report("C5", 0, 120, good: 60), Report("C5", 120, 180, good: 7) with { Product = "new", RunSecondsPerUnit = null });
        var shift = (await Shifts("C5")).Single();
        Value(shift, "oee").ShouldBe(60m / 480m);
        ((string)shift["figures"]!["flags"]!).ShouldBe("PlannedTimeUnknown");
        await Consistent();
    }

    [Fact]
    public async Task A_window_of_too_many_units_and_days_is_refused_with_the_days_that_are_possible()
    {
        await using (var many = service.Database.CreateCommand("""
            INSERT INTO equipment_unit (code, name, kind, calendar, version)
            SELECT 'many-' || i, 'n', 'Production', 'plant', 0 FROM generate_series(1, 100) i
            """))
            await many.ExecuteNonQueryAsync();
        using var response = await service.Send(HttpMethod.Get, "/oee?from=2025-01-01T00:00:00Z&to=2025-12-31T00:00:00Z");
        ((int)response.StatusCode).ShouldBe(400);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string)problem["code"]!).ShouldBe("window-too-long");
        ((int)problem["daysMax"]!).ShouldBeInRange(100, 200);
        await using var clean = service.Database.CreateCommand("DELETE FROM equipment_unit WHERE code LIKE 'many-%'");
        await clean.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task A_shift_nobody_reported_in_has_its_planned_time_and_no_version()
    {
        await service.DefineUnit("F4");
        var shift = (await Shifts("F4")).Single();
        shift["version"].ShouldBeNull();
        Value(shift, "oee").ShouldBe(0);
        ((decimal)shift["figures"]!["inputs"]!["plannedBusyTimeSeconds"]!).ShouldBe(8 * 3600);
    }

    [Fact]
    public async Task Another_calendar_puts_other_shifts_in_the_place_of_the_old_ones()
    {
        await service.Put("/calendars/day", new
        {
            zone = "Europe/Berlin",
            patterns = new[]
            {
                new { validFrom = "2020-01-01",
                    cycle = new[] { new[] { new { code = "day", start = "00:00", end = "12:00" } } } },
            },
        });
        await service.DefineUnit("F5");
        await service.Apply(Report("F5", 0, 60, good: 30));
        (await Shifts("F5")).Count.ShouldBe(1);

        await service.DefineUnit("F5", "day");
        var shift = (await Shifts("F5", "?from=2026-03-01T22:00:00Z&to=2026-03-02T12:00:00Z")).Single();
        ((string)shift["shift"]!).ShouldBe("2026-03-02/day");
        Value(shift, "oee").ShouldBe(30m / 720m);
        await Consistent();
    }

    [Fact]
    public async Task An_ongoing_downtime_is_in_every_shift_up_to_now()
    {
        await service.DefineUnit("F6");
        var start = TimeProvider.System.GetUtcNow().AddDays(-2);
        await service.Post("/units/F6/downtimes", new { startedAt = start });
        var shifts = await Shifts("F6", $"?from={start.UtcDateTime:O}&to={start.AddDays(2).UtcDateTime:O}");
        shifts.Count.ShouldBeInRange(6, 8);
        foreach (var shift in shifts.Skip(1).SkipLast(1))
            ((decimal)shift["figures"]!["inputs"]!["actualDowntimeSeconds"]!).ShouldBe(8 * 3600);
        var down = shifts.Sum(shift => (decimal)shift["figures"]!["inputs"]!["actualDowntimeSeconds"]!);
        down.ShouldBe(2 * 86_400, 120);
        await Consistent();
    }

    [Fact]
    public async Task A_downtime_that_begins_while_no_shift_is_on_is_in_the_next_one()
    {
        var now = TimeProvider.System.GetUtcNow();
        var next = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(3);
        await service.Put("/calendars/gap", new
        {
            zone = "UTC",
            patterns = new[]
            {
                new { validFrom = "2020-01-01",
                    cycle = new[] { new[] { new { code = "short", start = $"{next:HH}:00", end = $"{next:HH}:30" } } } },
            },
        });
        await service.DefineUnit("FG", "gap");

        await service.Post("/units/FG/downtimes", new { startedAt = now });

        await Written();
        (await service.Count($"SELECT count(*) FROM figure_due WHERE equipment = 'FG' AND starts_at = '{next:O}'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("UPDATE shift_figure SET run_seconds = run_seconds + 1 WHERE equipment = 'F7'", "figure-differs")]
    [InlineData("UPDATE shift_figure SET oee = 0.5 WHERE equipment = 'F7' AND superseded_at IS NULL", "figure-differs")]
    [InlineData("UPDATE shift_figure SET superseded_at = now() WHERE equipment = 'F7' AND superseded_at IS NULL",
        "figure-missing")]
    [InlineData("UPDATE production_report SET good = good + 1 WHERE equipment = 'F7'", "figure-differs")]
    [InlineData("DELETE FROM state_tile WHERE equipment = 'F7' AND state = 'NotReported'", "gap")]
    [InlineData("UPDATE state_tile SET record_ids = ARRAY[gen_random_uuid()] WHERE equipment = 'F7' AND state = 'Run'",
        "tile-extra")]
    public async Task The_verdict_sees_what_is_not_what_the_reports_give(string defect, string kind)
    {
        await service.Apply(Report("F7", 0, 60, good: 10), Report("F7", 90, 120, good: 5));
        await Written();
        await Consistent();
        await using (var seed = service.Database.CreateCommand(defect))
            (await seed.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);

        var verdict = await service.Get("/oee/verdict");
        ((bool)verdict["isConsistent"]!).ShouldBeFalse();
        verdict["mismatches"]!.AsArray().ShouldContain(m => (string)m!["kind"]! == kind && (string)m["equipment"]! == "F7");
        await using var clean = service.Database.CreateCommand(
            """
            DELETE FROM state_tile WHERE equipment = 'F7';
            DELETE FROM production_report WHERE equipment = 'F7';
            DELETE FROM shift_figure WHERE equipment = 'F7'
            """);
        await clean.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task The_database_itself_refuses_tiles_that_overlap()
    {
        await service.Apply(Report("F8", 0, 60));
        await using var overlap = service.Database.CreateCommand(
            """
            INSERT INTO state_tile SELECT equipment, starts_at + interval '1 minute', ends_at, state, record_ids
            FROM state_tile WHERE equipment = 'F8'
            """);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => overlap.ExecuteNonQueryAsync()))
            .ConstraintName.ShouldBe("state_tiles_do_not_overlap");
    }

    async Task<List<JsonNode>> Shifts(string equipment, string window = Night)
    {
        await Written();
        return [.. (await service.Get($"/units/{equipment}/oee{window}"))["shifts"]!.AsArray().OfType<JsonNode>()];
    }

    async Task<(decimal Busy, decimal Run, decimal Down, decimal Good)> Inputs(string unit, string from, string to)
    {
        await Written();
        return Of((await service.Get($"/units/{unit}/oee?from={from}&to={to}"))["figures"]!);
    }

    async Task<(decimal Busy, decimal Run, decimal Down, decimal Good)> PlantInputs(string from, string to, string unit) =>
        Of((await service.Get($"/oee?from={from}&to={to}"))["units"]!.AsArray()
            .Single(row => (string)row!["equipment"]! == unit)!["figures"]!);

    static (decimal Busy, decimal Run, decimal Down, decimal Good) Of(JsonNode figures)
    {
        var inputs = figures["inputs"]!;
        return ((decimal)inputs["plannedBusyTimeSeconds"]!, (decimal)inputs["actualProductionTimeSeconds"]!,
            (decimal)inputs["actualDowntimeSeconds"]!, (decimal)inputs["good"]!);
    }

    Task Written() => Poll.Until(
        async () => await service.Count("SELECT count(*) FROM figure_dirty") == 0, TimeSpan.FromSeconds(120),
            "figures are written");

    async Task Consistent()
    {
        await Written();
        var verdict = await service.Get("/oee/verdict");
        ((bool)verdict["isConsistent"]!).ShouldBeTrue(verdict.ToJsonString());
    }

    static int Version(JsonNode shift) => (int)shift["version"]!;

    static decimal? Value(JsonNode shift, string figure) => (decimal?)shift["figures"]![figure]!["value"];
}
