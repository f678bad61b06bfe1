using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.MasterData;

/// <summary>Plans stand on the calendars that Equipment tells.</summary>
public sealed class CalendarTests : IAsyncLifetime
{
    static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    readonly WorkOrderChanged _order = Given.Released("1");
    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SchedulingHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    string[] Units => [.. _order.Operations.SelectMany(operation => operation.Equipment).Distinct()];

    async Task<JsonElement> PlanOn(CalendarChanged calendar)
    {
        await _host.Tell(calendar, Units);
        await _host.Take(_order);
        return await _host.Plan();
    }

    async Task<DateOnly> FirstDay() => (await _host.Lines(await _host.InForce()))
        .Min(line => DateOnly.FromDateTime(line.GetProperty("setupStartsAt").GetDateTimeOffset().UtcDateTime));

    async Task<string[]> PlannedBy(string calendar) =>
        [.. (await _host.Service.Get("/api/scheduling/calendars")).GetProperty("items").EnumerateArray()
            .Where(view => view.GetProperty("code").GetString() == calendar)
            .SelectMany(view => view.GetProperty("equipment").EnumerateArray()).Select(unit => unit.GetString()!)];

    static CalendarChanged AllDay(long version, params IEnumerable<DateOnly> closed) =>
        Given.Calendar("all", version, "00:00", "24:00", closed: closed);

    static IEnumerable<DateOnly> Closed(int days) => Enumerable.Range(-1, days + 1).Select(Today.AddDays);

    [Fact]
    public async Task What_lies_in_time_that_closes_moves_at_once_and_nobody_has_to_ask()
    {
        var before = await PlanOn(AllDay(1));
        (await FirstDay()).ShouldBeLessThan(Today.AddDays(2));
        await _host.Tell(AllDay(2, Closed(5)));
        var after = await _host.NextAfter(before);
        (after.GetProperty("trigger").GetString(), after.GetProperty("mode").GetString()).ShouldBe(("calendar", "Shift"));
        (await FirstDay()).ShouldBe(Today.AddDays(5));
        await Poll.Until(async () => await _host.Service.Query<long>(
            "SELECT count(*) FROM planning_run WHERE mode = 'Repair' AND status IN ('Done', 'Unchanged')") > 0,
            SchedulingHost.Bound, "the repair that follows ends");
        (await FirstDay()).ShouldBe(Today.AddDays(5));
    }

    [Fact]
    public async Task Another_calendar_of_a_unit_is_an_event_too()
    {
        var before = await PlanOn(AllDay(1));
        await _host.Tell(AllDay(1, Closed(3)) with { Code = "later" });
        foreach (var unit in Units)
        {
            await _host.TellUnit(unit, 2, "later");
        }
        await Poll.Until(async () => await FirstDay() == Today.AddDays(3), SchedulingHost.Bound, "the plan stands on it");
        (await _host.InForce()).GetProperty("version").GetInt64()
            .ShouldBeGreaterThan(before.GetProperty("version").GetInt64());
        (await PlannedBy("later")).ShouldBe(Units, ignoreOrder: true);
    }

    [Fact]
    public async Task An_older_state_changes_nothing()
    {
        await _host.Tell(AllDay(3, Closed(4)));
        await _host.TellUnit("m1", 2, "all");
        await _host.Tell(AllDay(2));
        await _host.TellUnit("m1", 1, "other");
        (await PlannedBy("all")).ShouldBe(["m1"]);
        (await _host.Service.Get("/api/scheduling/calendars")).GetProperty("items")[0].GetProperty("exceptions")
            .GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_version_of_a_unit_that_came_without_its_calendar_does_not_cost_it()
    {
        // as by an older consumer, which keeps the version and knows of no calendar
        await _host.Service.Deliver("scheduling-know-equipment",
            new EquipmentChanged("m1", 4, "M1", "C", EquipmentKind.Production));
        await _host.Tell(AllDay(1));
        await _host.TellUnit("m1", 4, "all");
        (await PlannedBy("all")).ShouldBe(["m1"]);
    }

    [Fact]
    public async Task Equipment_with_a_calendar_without_shifts_is_never_planned()
    {
        var none = new CalendarPattern(new DateOnly(2020, 1, 1), [[]]);
        await _host.Tell(new CalendarChanged("none", 1, "UTC", [none], []), "m1", "spare");
        await _host.Take(_order);
        var plan = await _host.Plan();
        var unplanned = await _host.Service.Get($"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/unplanned");
        unplanned.GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("no-calendar-time");
    }

    [Fact]
    public async Task What_was_entered_before_holds_until_Equipment_tells_its_own()
    {
        await Enter("entered", Closed(5));
        foreach (var unit in Units)     // as Equipment tells after the upgrade, where nobody has defined its plant's calendar
        {
            await _host.TellUnit(unit, 2, "plant");
        }
        await _host.Take(_order);
        var plan = await _host.Plan();
        (await FirstDay()).ShouldBe(Today.AddDays(5));
        (await PlannedBy("entered")).ShouldBe(Units, ignoreOrder: true);
        plan.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString())
            .ShouldBe(Enumerable.Repeat("calendar-not-in-equipment", Units.Length));

        await _host.Tell(AllDay(1) with { Code = "plant" });
        (await _host.Plan()).GetProperty("warnings").GetArrayLength().ShouldBe(0);
        (await FirstDay()).ShouldBeLessThan(Today.AddDays(2));
        (await PlannedBy("plant")).ShouldBe(Units, ignoreOrder: true);
        (await PlannedBy("entered")).ShouldBeEmpty();
        (await Entered()).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_entered_for_equipment_that_nobody_has_defined_is_warned_of_until_it_is_told()
    {
        await Enter("entered", Closed(5));
        await _host.Take(_order);
        (await _host.Plan()).GetProperty("warnings").EnumerateArray()
            .Where(warning => warning.GetProperty("code").GetString() == "calendar-not-in-equipment")
            .Select(warning => warning.GetProperty("subject").GetString()).ShouldBe(Units, ignoreOrder: true);

        await _host.Tell(AllDay(1), Units);
        (await Entered()).ShouldBe(0);
        (await _host.Service.Query<long>("SELECT count(*) FROM audit WHERE changes::text LIKE '%equipment_calendar%'"))
            .ShouldBe(Units.Length);
        (await _host.Plan()).GetProperty("warnings").GetArrayLength().ShouldBe(0);
    }

    Task<long> Entered() => _host.Service.Query<long>("SELECT count(*) FROM equipment_calendar");

    [Fact]
    public async Task Equipment_that_nobody_has_defined_goes_by_the_plant_s_calendar_once_it_is_told()
    {
        await _host.Take(_order);
        var before = await _host.Plan();
        (await FirstDay()).ShouldBeLessThan(Today.AddDays(2));
        await _host.Tell(AllDay(1, Closed(5)) with { Code = "plant" });
        await _host.NextAfter(before);
        (await FirstDay()).ShouldBe(Today.AddDays(5));
        (await PlannedBy("plant")).ShouldBe(Units, ignoreOrder: true);
    }

    [Fact]
    public async Task What_moves_no_open_time_is_no_event()
    {
        await PlanOn(AllDay(1));
        await _host.Tell(AllDay(1, Closed(5)) with { Code = "unused" });
        CalendarShift[] halves = [new("early", "00:00", "12:00"), new("late", "12:00", "24:00")];
        await _host.Tell(AllDay(2) with { Patterns = [new CalendarPattern(new DateOnly(2020, 1, 1), [halves])] });
        await _host.Tell(AllDay(1) with { Code = "same" });
        foreach (var unit in Units) await _host.TellUnit(unit, 2, "same");
        (await PlannedBy("same")).ShouldBe(Units, ignoreOrder: true);
        (await _host.Service.Query<long>(
            """
            SELECT (SELECT count(*) FROM planning_event)
                + (SELECT count(*) FROM planning_run WHERE trigger = 'calendar' OR mode = 'Repair')
            """)).ShouldBe(0);
    }

    [Fact]
    public async Task A_change_of_the_calendar_of_a_resource_is_an_event()
    {
        await _host.Tell(AllDay(1) with { Code = "people" });
        await _host.Service.Define("/api/scheduling/resources",
            new { code = "welders", name = "Welders", capacity = 1, calendar = "people" });
        await _host.Take(_order with { Operations = [_order.Operations[0] with { Resources = [new ResourceNeed("welders")] }] });
        var before = await _host.Plan();
        await _host.Tell(AllDay(2, Closed(5)) with { Code = "people" });
        await _host.NextAfter(before);
        (await FirstDay()).ShouldBe(Today.AddDays(5));
    }

    [Fact]
    public async Task What_is_taken_of_calendars_and_units_is_in_the_audit()
    {
        await _host.Tell(AllDay(1), "m1");
        await _host.Tell(AllDay(2, Closed(1)));
        await _host.TellUnit("m1", 2, "other");
        (await Audited("calendar", "all")).ShouldBe(2);
        (await Audited("equipment", "m1")).ShouldBe(2);
        (await Audited("unit_calendar", "m1")).ShouldBe(2);
        await _host.TellUnit("m1", 1, "all");
        (await Audited("unit_calendar", "m1")).ShouldBe(2);
    }

    Task<long> Audited(string table, string key) => _host.Service.Query<long>(
        $"""
        SELECT count(*) FROM audit CROSS JOIN jsonb_array_elements(changes) change
        WHERE change ->> 'table' = '{table}' AND change ->> 'key' = '{key}'
        """);

    /// <summary>What a former version has left: a calendar that every unit of the order follows.</summary>
    async Task Enter(string code, IEnumerable<DateOnly> closed)
    {
        var shifts = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00:00", minutes = 1_440 });
        (await _host.Service.Query<long>(
            $"""
            WITH entered AS (INSERT INTO calendar (code, version, zone, patterns, exceptions, shifts, closed_days)
                VALUES ('{code}', 0, 'UTC', '[]', '[]', '{MessageJson.Write(shifts)}', '{MessageJson.Write(closed)}')
                RETURNING code),
            assigned AS (INSERT INTO equipment_calendar SELECT unit, code
                FROM unnest(ARRAY['{string.Join("','", Units)}']) unit CROSS JOIN entered RETURNING 1)
            SELECT count(*) FROM assigned
            """)).ShouldBe(Units.Length);
    }
}
