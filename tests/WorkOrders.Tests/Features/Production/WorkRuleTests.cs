using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Jobs;
using Mes.Tests.Support;
using Mes.WorkOrders.Features.Production;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.WorkOrders.Tests.Features.Production;

/// <summary>Work that nobody has ended, ended by rule; and what is told of it late.</summary>
public sealed class WorkRuleTests(Plant plant) : WorkOfOrders(plant), IClassFixture<Plant>
{
    [Fact]
    public async Task Work_that_a_sign_off_left_behind_ends_with_it_and_is_marked()
    {
        var order = await Plant.Release();
        var work = await Start(order, 0);
        await Service.Do($"/api/work-orders/sign-ons/{order.SignOn}/sign-off", new { at = At(25) });
        await Forget();
        var over = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        (over.GetProperty("endedBy").GetString(), over.GetProperty("since").GetDateTimeOffset()).ShouldBe(("SignOff", At(25)));
        (await Reports(order)).ShouldBe("Run 0-25 0");

        // a report that a terminal kept from before says when it really ended
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 3, endedAt = At(20), finishesWork = true });
        (await Reports(order)).ShouldBe("Run 0-20 3");
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 1, endedAt = At(26) }), "work-is-over"))
            .ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Work_that_nobody_speaks_of_ends_as_of_the_last_word()
    {
        var order = await Plant.Release();
        var work = await Start(order, 0);
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 1, endedAt = At(90) });
        await Forget();
        var over = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        (over.GetProperty("endedBy").GetString(), over.GetProperty("since").GetDateTimeOffset()).ShouldBe(("Forgotten", At(90)));
        (await Reports(order)).ShouldBe("Run 0-90 1");
    }

    [Fact]
    public async Task Work_whose_shift_is_over_ends_with_it_and_is_marked_but_overtime_goes_on()
    {
        var (order, overtime) = (await Plant.Release(), await Plant.Release());
        var (work, goesOn) = (await Start(order, 0), await Start(overtime, 0));
        await Service.Do($"/api/work-orders/operations/{overtime.Turn}/reports",
            new { workId = goesOn.GetProperty("id").GetGuid(), good = 1, endedAt = At(61) });
        foreach (var one in new[] { work, goesOn, work })       // the last tells again what was told
        {
            await Service.Deliver("workorders-end-work", new WorkShiftEnded(one.GetProperty("id").GetGuid(), "m1", At(60)), 2);
        }
        await Service.Deliver("workorders-end-work", new WorkShiftEnded(Guid.NewGuid(), "m1", At(60)));

        var over = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        (over.GetProperty("endedBy").GetString(), over.GetProperty("since").GetDateTimeOffset()).ShouldBe(("ShiftEnd", At(60)));
        (await Reports(order)).ShouldBe("Run 0-60 0");
        (await Service.Get($"/api/work-orders/work/{goesOn.GetProperty("id").GetGuid()}")).GetProperty("state").GetString()
            .ShouldBe("Running");
        (await Reports(overtime)).ShouldBe("Run 0-61 1");
        (await Service.Query<long>($"SELECT count(*) FROM parked_message")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_told_late_takes_back_what_a_rule_has_assumed()
    {
        var (left, rested, overtime) = (await Plant.Release(), await Plant.Release(), await Plant.Release());
        var works = new[] { await Start(left, 0), await Start(rested, 0), await Start(overtime, 0) };
        foreach (var work in works) await ShiftEnds(work);

        await Do(works[0], "finish", 40);
        (await Reports(left)).ShouldBe("Run 0-40 0");
        (await StateOf(works[0])).ShouldBe(("Ended", "Finished", 40 * 60));

        await Do(works[1], "pause", 20, new { reason = "lunch", at = At(20) });
        await Do(works[1], "resume", 50);
        await ShiftEnds(works[1]);
        (await Reports(rested)).ShouldBe("Run 0-20 0, Run 50-60 0");
        (await StateOf(works[1])).ShouldBe(("Ended", "ShiftEnd", 30 * 60));

        await Service.Do($"/api/work-orders/operations/{overtime.Turn}/reports",
            new { workId = works[2].GetProperty("id").GetGuid(), good = 1, endedAt = At(90) });
        (await Reports(overtime)).ShouldBe("Run 0-90 1");
        (await StateOf(works[2])).ShouldBe(("Running", null, 0));
        (await Service.Query<long>($"SELECT sum(work_under_way) FROM operation WHERE id IN ('{left.Turn}', '{rested.Turn}')"))
            .ShouldBe(0);
        (await Service.Query<int>($"SELECT work_under_way FROM operation WHERE id = '{overtime.Turn}'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_forgotten_or_rested_stands_again_as_it_did_and_counts_until_then()
    {
        var (forgotten, rested) = (await Plant.Release(), await Plant.Release());
        var (work, pausing) = (await Start(forgotten, 0), await Start(rested, 0));
        await Do(pausing, "pause", 10, new { reason = "lunch", at = At(10) });
        await Forget();
        await Do(work, "finish", 120);
        await Do(pausing, "resume", 30);
        await Do(pausing, "finish", 45);
        (await Reports(forgotten)).ShouldBe("Run 0-120 0");
        (await Reports(rested)).ShouldBe("Run 0-10 0, Run 30-45 0");
    }

    [Fact]
    public async Task A_rule_stands_where_the_operator_has_begun_anew_and_a_report_that_was_undone_stays_so()
    {
        var (order, undone) = (await Plant.Release(), await Plant.Release());
        var (work, other) = (await Start(order, 0), await Start(undone, 0));
        await ShiftEnds(work);
        await ShiftEnds(other);
        await Start(order, 100);
        (await Refused(Service.Send($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}/finish", new { at = At(40) }),
            "work-is-over")).ShouldBe(HttpStatusCode.Conflict);
        (await Reports(order)).ShouldBe("Run 0-60 0");

        var report = await Service.Query<Guid>($"SELECT id FROM report WHERE operation_id = '{undone.Turn}'");
        await Service.Do($"/api/work-orders/reports/{report}/undo", new { reason = "wrong" });
        await Do(other, "finish", 40);
        (await Reports(undone)).ShouldBe("Run 0-40 0");
    }

    Task ShiftEnds(JsonElement work) =>
        Service.Deliver("workorders-end-work", new WorkShiftEnded(work.GetProperty("id").GetGuid(), "m1", At(60)));

    async Task<(string? State, string? EndedBy, decimal Seconds)> StateOf(JsonElement work)
    {
        var shown = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        var isOver = shown.GetProperty("state").GetString() == "Ended";
        return (shown.GetProperty("state").GetString(), shown.GetProperty("endedBy").GetString(),
            isOver ? shown.GetProperty("seconds").GetDecimal() : 0);
    }

    async Task Forget()
    {
        await using var scope = Service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EndForgottenWork>()
            .Run(new JobCall("1", null, () => false), TestContext.Current.CancellationToken);
    }
}
