using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features.Stops;

/// <summary>What stops and retirement of equipment mean for reports, labour and the dispatch list.</summary>
public sealed class EquipmentStopTests(Plant plant) : IClassFixture<Plant>
{
    static readonly object Policies =
        new { sequence = "Warn", overQuantity = "Warn", qualification = "Warn", completesByQuantity = false };

    static readonly DateTimeOffset Eight = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_during_a_stop_is_a_discrepancy_whichever_is_known_first(bool stopFirst)
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        var stop = Stop(equipment, 0.25, 2);
        if (stopFirst)
            await Record(stop);
        var during = await Report(order, equipment, 8);        // 08:00 to 08:30
        var after = await Report(order, equipment, 10);        // begins as the stop ends
        if (!stopFirst)
            await Record(stop);
        (await Found()).ShouldBe([during]);
        await Withdraw(stop);
        (await Found()).ShouldBeEmpty();
        (await Report(order, equipment, 9)).ShouldNotBe(after);
        (await Found()).ShouldBeEmpty("a withdrawn stop is none");
    }

    [Fact]
    public async Task A_stop_that_is_withdrawn_before_it_is_known_counts_for_nothing()
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        var before = await Breakdown();
        var stop = Stop(equipment, 0, 1) with { Operator = "O" };
        await Withdraw(stop);
        await Record(stop);
        await Report(order, equipment, 8);
        (await Found()).ShouldBeEmpty();
        (await Breakdown()).ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_that_goes_on_is_judged_by_when_it_began(bool stopFirst)
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        var down = new EquipmentAvailabilityChanged(equipment, 1, true, Eight.AddHours(2), null, null);
        if (stopFirst)
            await Tell(down);
        await Report(order, equipment, 9);
        var during = await Report(order, equipment, 11);
        if (!stopFirst)
            await Tell(down);
        (await Found()).ShouldBe([during]);

        // it ends, and what it was is known: the same, whichever of both comes first
        var ended = Stop(equipment, 2, 4);
        var up = new EquipmentAvailabilityChanged(equipment, 2, false, Eight.AddHours(4), null, null);
        await (stopFirst ? Record(ended) : Tell(up));
        await (stopFirst ? Tell(up) : Record(ended));
        await Report(order, equipment, 13);
        (await Found()).ShouldBe([during]);
    }

    [Fact]
    public async Task A_late_message_of_the_past_does_not_change_what_is()
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        await Tell(new(equipment, 4, false, Eight.AddHours(1), null, null));
        await Tell(new(equipment, 3, true, Eight, null, null));
        await Report(order, equipment, 12);
        (await Found()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_undone_report_is_no_discrepancy_however_late_the_stop_is_known()
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        var report = await Report(order, equipment, 8);
        await Record(Stop(equipment, 0, 1));
        (await Found()).ShouldBe([report]);
        await Service.Do($"/api/work-orders/reports/{report}/undo", new { reason = "typo" });
        (await Found()).ShouldBeEmpty();
        await Record(Stop(equipment, 0, 2));
        (await Found()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_without_an_operator_is_nobodys_labour()
    {
        var equipment = await Define();
        var before = await Breakdown();
        await Record(Stop(equipment, 0, 10));
        (await Breakdown()).ShouldBe(before);
        await Record(Stop(equipment, 0, 1) with { Operator = "O" });
        (await Breakdown()).ShouldBe(before + 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_on_equipment_that_is_retired_is_recorded_and_a_discrepancy(bool retiredFirst)
    {
        var order = await plant.Release(Policies);
        var equipment = await Define();
        var retired = new EquipmentChanged(equipment, 2, "Mill", "WC", EquipmentKind.Production, Eight.AddHours(2));
        if (retiredFirst)
            await Service.Deliver("workorders-know-equipment", retired);
        await Report(order, equipment, 8);
        var after = await Report(order, equipment, 11);
        if (!retiredFirst)
            await Service.Deliver("workorders-know-equipment", retired);
        (await Found()).ShouldBe([after]);
        (await Dispatchable()).ShouldNotContain(equipment);

        await Service.Deliver("workorders-know-equipment", retired with { Version = 3, RetiredAt = null });
        (await Found()).ShouldBeEmpty();
        (await Dispatchable()).ShouldContain(equipment);
    }

    [Fact]
    public async Task What_is_planned_on_retired_equipment_is_not_ready()
    {
        var order = await plant.Release(Policies);
        await Service.Deliver("workorders-know-equipment",
            new EquipmentChanged("m1", 1_000, "Mill", "WC", EquipmentKind.Production, Eight));
        var card = (await Service.Get("/api/work-orders/dispatch?equipment=m1&size=1000")).GetProperty("items")
            .EnumerateArray().Single(each => each.GetProperty("order").GetString() == order.Number);
        card.GetProperty("isReady").GetBoolean().ShouldBeFalse();
        card.GetProperty("waitsFor").EnumerateArray().Select(reason => reason.GetString()).ShouldContain("equipment");
        await Service.Deliver("workorders-know-equipment",
            new EquipmentChanged("m1", 1_001, "Mill", "WC", EquipmentKind.Production));
    }

    string _equipment = "";

    async Task<string> Define()
    {
        _equipment = $"e{Guid.NewGuid():N}"[..10];
        await Service.Deliver("workorders-know-equipment",
            new EquipmentChanged(_equipment, 1, "Mill", "WC", EquipmentKind.Production));
        return _equipment;
    }

    async Task<Guid> Report(Plant.Order order, string equipment, int hour) =>
        (await Service.Do($"/api/work-orders/operations/{order.Turn}/reports", order.Report(1, hour, equipment)))
        .GetProperty("reportId").GetGuid();

    /// <summary>The reports on the equipment of the test that are a discrepancy for it.</summary>
    async Task<Guid[]> Found() => await Service.Query<Guid[]>($"""
        SELECT coalesce(array_agg(d.subject_id), array[]::uuid[]) FROM discrepancy d JOIN report r ON r.id = d.subject_id
        WHERE d.kind = 'equipment-down' AND r.equipment = '{_equipment}'
        """);

    async Task<IEnumerable<string?>> Dispatchable() =>
        (await Service.Get("/api/work-orders/dispatch/equipment?size=1000")).GetProperty("items").EnumerateArray()
            .Select(code => code.GetString());

    async Task<decimal> Breakdown() => (await Service.Get(
        "/api/work-orders/summary?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"))
        .GetProperty("labourMinutes").GetProperty("breakdown").GetDecimal();

    static DowntimeRecorded Stop(string equipment, double from, double to) =>
        new(Guid.NewGuid(), equipment, null, null, null, null, Eight.AddHours(from), Eight.AddHours(to));

    Task Record(DowntimeRecorded stop) => Service.Deliver("workorders-book-downtime-labour", stop);

    Task Withdraw(DowntimeRecorded stop) => Service.Deliver("workorders-withdraw-downtime",
        new DowntimeWithdrawn(stop.DowntimeId, stop.Equipment, stop.StartedAt, stop.EndedAt, Eight.AddDays(1)));

    Task Tell(EquipmentAvailabilityChanged state) => Service.Deliver("workorders-heed-downtime", state);
}
