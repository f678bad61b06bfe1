using Mes.Contracts;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>What is kept of other services' events, and work is judged by, is in the trail with what it was before.</summary>
public sealed class TrailTests(Plant plant) : IClassFixture<Plant>
{
    static readonly DateTimeOffset Eight = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_hold_on_an_operation()
    {
        var order = await plant.Release();
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, order.Pack, "P", order.Number, "crack");
        await plant.Service.Deliver("workorders-heed-hold", hold);
        await plant.Service.Deliver("workorders-heed-hold", hold with { Version = 2, IsActive = false, Reason = "dirt" });
        await plant.Service.Deliver("workorders-heed-hold", hold);

        (await Changes("quality_hold", KeyOf(hold.HoldId, order.Pack), "IsActive")).ShouldBe([" -> true", "true -> false"]);
        (await Changes("quality_hold", KeyOf(hold.HoldId, order.Pack), "Reason")).ShouldBe([" -> crack", "crack -> dirt"]);
    }

    [Fact]
    public async Task A_hold_on_an_order_at_each_of_its_operations()
    {
        var order = await plant.Release();
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, null, null, null, "crack");
        await plant.Service.Deliver("workorders-heed-hold", hold);

        (await Changes("quality_hold", KeyOf(hold.HoldId, order.Turn), "Reason")).ShouldBe([" -> crack"]);
        (await Changes("quality_hold", KeyOf(hold.HoldId, order.Pack), "Reason")).ShouldBe([" -> crack"]);
    }

    [Fact]
    public async Task Equipment_that_is_down()
    {
        var down = new EquipmentAvailabilityChanged($"E{Guid.NewGuid():N}"[..9], 1, true, Eight, "jam", null);
        await plant.Service.Deliver("workorders-heed-downtime", down);
        await plant.Service.Deliver("workorders-heed-downtime", down with { Version = 2, IsDown = false, Reason = null });
        await plant.Service.Deliver("workorders-heed-downtime", down);

        (await Changes("equipment_availability", $"'{down.Equipment}'", "IsDown")).ShouldBe([" -> true", "true -> false"]);
        (await Changes("equipment_availability", $"'{down.Equipment}'", "Reason")).ShouldBe([" -> jam", "jam -> "]);
    }

    [Fact]
    public async Task A_stop_and_its_withdrawal()
    {
        var stop = new DowntimeRecorded(Guid.NewGuid(), "m1", "O", null, null, null, Eight, Eight.AddHours(1));
        await plant.Service.Deliver("workorders-book-downtime-labour", stop);
        await plant.Service.Deliver("workorders-book-downtime-labour", stop);
        var withdrawn = new DowntimeWithdrawn(stop.DowntimeId, "m1", Eight, stop.EndedAt, Eight.AddHours(2));
        await plant.Service.Deliver("workorders-withdraw-downtime", withdrawn);
        await plant.Service.Deliver("workorders-withdraw-downtime", withdrawn);

        (await Changes("downtime_labour", $"'{stop.DowntimeId}'", "Operator")).ShouldBe([" -> O"]);
        (await Changes("downtime_withdrawn", $"'{stop.DowntimeId}'", "WithdrawnAt")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_comes_into_force()
    {
        await plant.Service.Deliver("workorders-take-plan", new SchedulePublished(Guid.NewGuid(), 7, 0, 1, []));
        await plant.Service.Deliver("workorders-take-plan", new SchedulePublished(Guid.NewGuid(), 9, 0, 1, []));

        (await Changes("plan_taken", "'plan'", "PlanVersion")).ShouldBe(["0 -> 7", "7 -> 9"]);
    }

    static string KeyOf(Guid hold, Guid operation) => $$"""'{"HoldId":"{{hold}}","OperationId":"{{operation}}"}'""";

    /// <summary>Old and new value of a member at a path, in the order of the changes.</summary>
    async Task<IReadOnlyList<string>> Changes(string table, string key, params string[] path) =>
        (await plant.Service.Query<string>($$"""
            SELECT coalesce(string_agg(concat(c #>> '{old,{{string.Join(',', path)}}}', ' -> ',
                c #>> '{new,{{string.Join(',', path)}}}'), '|' ORDER BY a.id), '')
            FROM audit a, jsonb_array_elements(a.changes) c WHERE c ->> 'table' = '{{table}}' AND c ->> 'key' = {{key}}
            """)).Split('|');
}
