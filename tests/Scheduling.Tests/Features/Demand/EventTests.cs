using System.Text.Json;
using Mes.Contracts;
using Mes.Scheduling.Domain;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Demand;

/// <summary>Each kind of event repairs the plan in force at once.</summary>
public sealed class EventTests : IAsyncLifetime
{
    SchedulingHost _host = null!;
    WorkOrderChanged _order = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        _order = Given.Released("1", dueAt: TimeProvider.System.GetUtcNow().AddHours(3));
        await _host.Take(_order);
        await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static EquipmentAvailabilityChanged IsDown(string equipment, long version, DateTimeOffset until) =>
        new(equipment, version, true, DateTimeOffset.UnixEpoch, null, until);

    Guid Id(int operation) => _order.Operations[operation].OperationId;

    async Task<DateTimeOffset> Start(int operation) => StartOf(await _host.Line(Id(operation)));

    static DateTimeOffset StartOf(JsonElement line) => line.GetProperty("startsAt").GetDateTimeOffset();

    [Fact]
    public async Task A_breakdown_shifts_what_is_planned_there()
    {
        var before = await _host.InForce();
        var line = await _host.Line(Id(0));
        var until = line.GetProperty("startsAt").GetDateTimeOffset().AddHours(5);
        await _host.Service.Deliver("scheduling-heed-downtime", IsDown(line.GetProperty("equipment").GetString()!, 1, until));
        var after = await _host.NextAfter(before);
        after.GetProperty("trigger").GetString().ShouldBe("breakdown");
        after.GetProperty("mode").GetString().ShouldBe("Shift");
        StartOf(await _host.Line(after, Id(0))).ShouldBeGreaterThanOrEqualTo(until.AddSeconds(-1));
        // the optimization that follows finds the machine that is up
        await Poll.Until(async () => await Start(0) < until, SchedulingHost.Bound, "the optimized repair goes elsewhere");
    }

    [Fact]
    public async Task Equipment_that_is_retired_gets_no_work_until_it_is_brought_back()
    {
        var equipment = (await _host.Line(Id(0))).GetProperty("equipment").GetString()!;
        var unit = new EquipmentChanged(equipment, 7, "Mill", "WC", EquipmentKind.Production,
            TimeProvider.System.GetUtcNow());
        var before = await _host.InForce();
        await _host.Service.Deliver("scheduling-know-equipment", unit);
        await _host.NextAfter(before);
        (await Equipment()).ShouldNotBe(equipment);
        await _host.Plan();
        (await Equipment()).ShouldNotBe(equipment, "nor in a plan from scratch");

        await _host.Service.Deliver("scheduling-know-equipment", unit with { Version = 6 });
        await _host.Service.Deliver("scheduling-know-equipment", unit with { Version = 8, RetiredAt = null });
        foreach (var other in _order.Operations[0].Equipment.Where(code => code != equipment))
            await _host.Service.Deliver("scheduling-know-equipment", unit with { Code = other });
        await Poll.Until(async () => await Equipment() == equipment, SchedulingHost.Bound, "it is used again");

        async Task<string?> Equipment() =>
            (await _host.Line(Id(0))).GetProperty("equipment").GetString();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_quality_hold_on_an_operation_or_its_order_moves_it_away_and_the_release_is_an_event_too(bool isOrder)
    {
        var before = await _host.InForce();
        var was = await Start(1);
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, _order.OrderId,
            isOrder ? null : _order.Operations[1].OperationId, null, null, "cracks");
        await _host.Service.Deliver("scheduling-heed-hold", hold);
        var after = await _host.NextAfter(before);
        after.GetProperty("trigger").GetString().ShouldBe("quality-hold");
        StartOf(await _host.Line(after, Id(1))).ShouldBeGreaterThan(was.AddHours(20));
        (await _host.Line(after, Id(isOrder ? 0 : 1))).GetProperty("waitsFor").GetString().ShouldBe("QualityHold");
        await _host.Service.Deliver("scheduling-heed-hold", hold with { Version = 2, IsActive = false });
        await Poll.Until(async () => await Start(1) < was.AddHours(20), SchedulingHost.Bound,
            "the released operation comes back");
    }

    [Fact]
    public async Task A_rush_order_is_planned_at_once_and_first()
    {
        var before = await _host.InForce();
        var operation = _order.Operations[0] with { OperationId = Guid.CreateVersion7(), Equipment = ["m1"] };
        var rush = Given.Released("rush", priority: 100) with { Operations = [operation] };
        await _host.Take(rush);
        var after = await _host.NextAfter(before);
        after.GetProperty("trigger").GetString().ShouldBe("rush-order");
        var lines = (await _host.Lines(after)).Where(row => row.GetProperty("equipment").GetString() == "m1")
            .OrderBy(row => row.GetProperty("startsAt").GetDateTimeOffset()).ToList();
        lines[0].GetProperty("order").GetString().ShouldBe("rush");
    }

    [Fact]
    public async Task Late_material_moves_the_order_to_when_it_is_expected()
    {
        var before = await _host.InForce();
        var expected = (await Start(0)).AddHours(6);
        await _host.Service.Deliver("scheduling-heed-shortages",
            new MaterialAvailabilityChanged(_order.OrderId, 1, [new Shortage("steel", 1, "kg", expected)]));
        var after = await _host.NextAfter(before);
        after.GetProperty("trigger").GetString().ShouldBe("late-material");
        var line = await _host.Line(after, Id(0));
        StartOf(line).ShouldBe(expected, TimeSpan.FromSeconds(1));
        line.GetProperty("waitsFor").GetString().ShouldBe("Material");
    }

    [Fact]
    public async Task Work_that_leaves_the_plan_repairs_it_and_runs_where_it_is()
    {
        var before = await _host.InForce();
        var now = (await Start(0)).AddMinutes(1);
        var line = await _host.Line(Id(0));
        var other = line.GetProperty("equipment").GetString() == "m1" ? "spare" : "m1";
        await _host.Service.Deliver("scheduling-track-progress",
            Given.Reported(_order, 4, other, startedAt: now.AddMinutes(-30), endedAt: now.AddMinutes(-2)));
        var after = await _host.NextAfter(before);
        after.GetProperty("trigger").GetString().ShouldBe("progress");
        line = await _host.Line(after, Id(0));
        (line.GetProperty("equipment").GetString(), line.GetProperty("waitsFor").GetString()).ShouldBe((other, "Running"));
    }

    [Fact]
    public async Task What_was_reported_long_ago_repairs_nothing()
    {
        await _host.Service.Deliver("scheduling-track-progress", Given.Reported(_order, 4, "spare"));
        (await _host.Service.Query<long>("SELECT count(*) FROM planning_event")).ShouldBe(0);
    }

    [Fact]
    public async Task A_storm_of_events_is_answered_together_and_queues_one_run()
    {
        await _host.Service.DeliverAll("scheduling-heed-downtime", [.. Enumerable.Range(1, 200).Select(version =>
            IsDown($"m{version % 3 + 1}", version, DateTimeOffset.UnixEpoch.AddYears(57).AddHours(version)))]);
        await Poll.Until(async () => await _host.Service.Query<long>("SELECT count(*) FROM planning_event") == 0,
            SchedulingHost.Bound, "all events are answered");
        (await _host.Service.Query<long>("SELECT count(*) FROM planning_run WHERE mode = 'Shift'")).ShouldBeLessThan(40);
        (await _host.Service.Query<long>("SELECT count(*) FROM planning_run WHERE status = 'Waiting'"))
            .ShouldBeLessThanOrEqualTo(1);
    }
}
