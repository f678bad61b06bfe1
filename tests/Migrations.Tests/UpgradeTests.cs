using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Postgres;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Mes.Migrations.Tests;

/// <summary>An installation is upgraded with what people have entered: nothing is lost, and what others lack is told.</summary>
public sealed class UpgradeTests
{
    static readonly DateTimeOffset Retired = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    const string Day = """{"code":"day","start":"06:00","end":"24:00","breaks":[{"start":"09:00","end":"09:30"}]}""";
    const string Cycle = $"[[{Day}],[]]";
    const string Own = $$"""{"zone":"Europe/Berlin","patterns":[{"validFrom":"2020-01-01","cycle":{{Cycle}}}]}""";

    [Fact]
    public async Task Equipment_tells_the_calendars_that_are_there_and_which_unit_goes_by_which()
    {
        await using var installation = await Installation.Before("equipment", "202611300010_TellCalendars");
        await installation.Execute(
            $$"""
            INSERT INTO work_center VALUES ('WC', 'WC', 'A', 'S');
            INSERT INTO shift_calendar VALUES ('own', '{{Own}}');
            INSERT INTO equipment_unit (code, name, work_center, kind, calendar, version, retired_at) VALUES
                ('m1', 'Mill', 'WC', 'Production', 'own', 3, NULL),
                ('m2', 'Lathe', 'WC', 'Inspection', 'plant', 1, '2026-03-01 12:00+02'),
                ('m3', 'm3', NULL, 'Production', 'plant', 0, NULL);
            """);
        await installation.Upgrade();

        (await installation.Scalar<string>("SELECT string_agg(code, ',') FROM equipment_unit WHERE own_calendar = calendar"))
            .ShouldBe("m1");
        var calendar = (await installation.Told<CalendarChanged>()).ShouldHaveSingleItem();
        var day = new CalendarShift("day", "06:00", "24:00", [new CalendarBreak("09:00", "09:30")]);
        MessageJson.Write(calendar).ShouldBe(MessageJson.Write(new CalendarChanged(
            "own", 1, "Europe/Berlin", [new CalendarPattern(new DateOnly(2020, 1, 1), [[day], []])], [])));
        (await installation.Told<EquipmentChanged>()).ShouldBe(
        [
            new("m1", 4, "Mill", "WC", EquipmentKind.Production, Calendar: "own"),
            new("m2", 2, "Lathe", "WC", EquipmentKind.Inspection, Retired, "plant"),
        ]);
    }

    [Fact]
    public async Task Equipment_tells_which_unit_goes_by_which_calendar_in_a_way_that_only_who_knows_calendars_takes()
    {
        await using var installation = await Installation.Before("equipment", "202611300500_TellUnitCalendars");
        await installation.Execute(
            """
            INSERT INTO work_center VALUES ('WC', 'WC', 'A', 'S');
            INSERT INTO equipment_unit (code, name, work_center, kind, calendar, version) VALUES
                ('m1', 'Mill', 'WC', 'Production', 'plant', 3), ('m2', 'm2', NULL, 'Production', 'plant', 0);
            """);
        await installation.Upgrade();
        (await installation.Told<UnitCalendarChanged>()).ShouldBe([new("m1", 3, "plant")]);
        (await installation.Told<EquipmentChanged>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Equipment_tells_the_gateway_alone_which_unit_is_in_which_work_center()
    {
        await using var installation = await Installation.Before("equipment", "202612020350_TellWorkCenters");
        await installation.Execute(
            """
            INSERT INTO work_center (code, name, area, site) VALUES ('WC', 'WC', 'A', 'S');
            INSERT INTO equipment_unit (code, name, work_center, kind, calendar, version, retired_at) VALUES
                ('m1', 'Mill', 'WC', 'Production', 'plant', 3, NULL),
                ('m2', 'Lathe', 'WC', 'Inspection', 'plant', 1, '2026-03-01 12:00+02'),
                ('m3', 'm3', NULL, 'Production', 'plant', 0, NULL);
            """);
        await installation.Upgrade();
        (await installation.Told<EquipmentChanged>(queue: "identity-know-equipment")).ShouldBe(
        [
            new("m1", 3, "Mill", "WC", EquipmentKind.Production, Calendar: "plant"),
            new("m2", 1, "Lathe", "WC", EquipmentKind.Inspection, Retired, "plant"),
        ]);
        (await installation.Told<EquipmentChanged>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_terminal_keeps_what_it_is_bound_to_and_is_bound_to_no_work_center()
    {
        await using var installation = await Installation.Before("identity", "202612020350_BindWorkCenters");
        await installation.Execute(
            """
            INSERT INTO devices (id, name, equipment, roles, secret_hash, created_at)
            VALUES (gen_random_uuid(), 'T', '{m1}', '{}', '\x00', now())
            """);
        await installation.Upgrade();
        (await installation.Scalar<string>("SELECT concat_ws(' ', equipment, work_centers) FROM devices")).ShouldBe("{m1} {}");
    }

    [Fact]
    public async Task Scheduling_keeps_by_which_calendar_a_unit_goes_until_it_is_told_again()
    {
        await using var installation = await Installation.Before("scheduling", "202611300500_TakeUnitCalendars");
        await installation.Execute(
            """
            INSERT INTO equipment (code, name, kind, version, calendar)
            VALUES ('m1', 'M', 'Production', 4, 'day'), ('m2', 'M', 'Production', 4, NULL)
            """);
        await installation.Upgrade();
        (await installation.Scalar<string>(
            "SELECT string_agg(concat_ws(' ', equipment, version, calendar), ',') FROM unit_calendar")).ShouldBe("m1 0 day");
    }

    [Fact]
    public async Task A_plant_calendar_that_somebody_has_defined_is_told()
    {
        await using var installation = await Installation.Before("equipment", "202611300010_TellCalendars");
        await installation.Execute($"UPDATE shift_calendar SET definition = '{Own}'");
        await installation.Upgrade();
        var told = (await installation.Told<CalendarChanged>()).ShouldHaveSingleItem();
        (told.Code, told.Version).ShouldBe(("plant", 1));
    }

    [Fact]
    public async Task A_new_installation_has_nothing_to_tell()
    {
        await using var installation = await Installation.Before("equipment", "202611300010_TellCalendars");
        await installation.Upgrade();
        (await installation.Scalar<long>("SELECT count(*) FROM outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Scheduling_keeps_what_was_entered_there()
    {
        await using var installation = await Installation.Before("scheduling", "202611300010_TakeCalendars");
        await installation.Execute(
            """
            INSERT INTO calendar VALUES ('day', 'UTC', '[{"day":"Monday","from":"08:00:00","minutes":480}]', '["2027-06-07"]');
            INSERT INTO equipment_calendar VALUES ('m1', 'day');
            INSERT INTO plant_resource VALUES ('tool', 'Tool', 1, 'day', false, 1);
            """);
        await installation.Upgrade();
        (await installation.Scalar<string>(
            """
            SELECT concat_ws(' ', e.equipment, r.code, c.code, c.version, zone, shifts -> 0 ->> 'minutes',
                closed_days ->> 0, patterns, exceptions)
            FROM calendar c JOIN equipment_calendar e ON e.calendar = c.code JOIN plant_resource r ON r.calendar = c.code
            """)).ShouldBe("m1 tool day 0 UTC 480 2027-06-07 [] []");
    }

    /// <summary>The database of a service as an installation had it before a migration.</summary>
    [Fact]
    public async Task Discrepancies_keep_how_they_were_closed_in_the_new_words()
    {
        await using var installation = await Installation.Before("inventory", "202611301600_SettleDiscrepancies");
        await installation.Execute(
            """
            INSERT INTO discrepancy (id, kind, material, lot, quantity, unit, status, detected_at, closed_at, reason, closed_by)
            VALUES (gen_random_uuid(), 'a', 'M', 'L', 1, 'pcs', 'Open', now(), NULL, NULL, NULL),
                (gen_random_uuid(), 'b', 'M', 'L', 1, 'pcs', 'Settled', now(), now(), NULL, NULL),
                (gen_random_uuid(), 'c', 'M', 'L', 1, 'pcs', 'Resolved', now(), now(), 'counted', 'lead');
            """);
        await installation.Upgrade();
        (await installation.Scalar<string>(
            "SELECT string_agg(concat_ws(' ', kind, status, settlement, settled_by), ',' ORDER BY kind) FROM discrepancy"))
            .ShouldBe("a Open,b Covered,c Settled counted lead");
    }

    [Fact]
    public async Task Figures_keep_what_was_made_in_the_new_words()
    {
        await using var installation = await Installation.Before("equipment", "202611301600_NameProducts");
        await installation.Execute(
            """
            INSERT INTO shift_figure (equipment, shift, starts_at, ends_at, version, planned_busy_seconds, run_seconds,
                setup_seconds, down_seconds, products, computed_at)
            SELECT equipment, 's', now(), now() + interval '1 hour', 1, 1, 1, 1, 1, products::jsonb, now() FROM (VALUES
                ('m1', '[{"productId":"P","plannedRunTimePerItemSeconds":null,"producedQuantity":3,"goodQuantity":2.5,
                    "scrapQuantity":0.5}]'), ('m2', '[]')) AS stored (equipment, products);
            """);
        await installation.Upgrade();
        (await installation.Scalar<string>(
            """
            SELECT concat_ws(' ', p->>'product', p->>'plannedRunTimePerItemSeconds', p->>'produced', p->>'good', p->>'scrap')
            FROM shift_figure, jsonb_array_elements(products) p
            """)).ShouldBe("P 3 2.5 0.5");
        (await installation.Scalar<string>("SELECT products::text FROM shift_figure WHERE equipment = 'm2'")).ShouldBe("[]");
    }

    sealed class Installation(TestDatabase database, MesDbContext db, NpgsqlDataSource source) : IAsyncDisposable
    {
        public static async Task<Installation> Before(string service, string migration)
        {
            var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(service);
            var db = ServiceModel.Of(service).Create(database.OwnerConnectionString);
            var installation = new Installation(database, db, NpgsqlDataSource.Create(database.OwnerConnectionString));
            var (migrations, history) = (db.GetService<IMigrationsAssembly>(), db.GetService<IHistoryRepository>());
            await installation.Execute(history.GetCreateScript());
            foreach (var (id, type) in migrations.Migrations.TakeWhile(known => known.Key != migration))
            {
                // not by the migrator: to go up to one of them, it wants ids of its own pattern
                var steps = migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations;
                foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(steps))
                    await installation.Execute(command.CommandText);
                await installation.Execute(history.GetInsertScript(new HistoryRow(id, "0")));
            }
            return installation;
        }

        public Task Upgrade() => db.Database.MigrateAsync();

        public async Task Execute(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        public async Task<T> Scalar<T>(string sql)
        {
            await using var command = source.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync())!;
        }

        /// <summary>What waits to be told to all who take it, or to one queue.</summary>
        public async Task<IReadOnlyList<T>> Told<T>(string? queue = null)
        {
            var bodies = await Scalar<string[]>(
                $"""
                SELECT coalesce(array_agg(body::text ORDER BY id), ARRAY[]::text[]) FROM outbox
                WHERE type = '{typeof(T).Name}' AND coalesce(queue, '') = '{queue}'
                """);
            return [.. bodies.Select(body => JsonSerializer.Deserialize<T>(body, MessageJson.Options)!)];
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            await db.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
