using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Features.Production;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.WorkOrders.Tests.Features.Production;

/// <summary>Work that is begun, rests, goes on and ends, and the time that is reported of it.</summary>
public sealed class WorkTests(Plant plant) : IClassFixture<Plant>
{
    static readonly DateTimeOffset Day = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static DateTimeOffset At(int minute) => Day.AddMinutes(minute);

    Task<JsonElement> Start(Plant.Order order, int minute, string activity = "Run", Guid? signOn = null, Guid? id = null) =>
        Service.Do($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = signOn ?? order.SignOn, equipment = "m1", activity, at = At(minute) }, id);

    Task<JsonElement> Do(JsonElement work, string verb, int minute, object? more = null) => Service.Do(
        $"/api/work-orders/work/{work.GetProperty("id").GetGuid()}/{verb}", more ?? new { at = At(minute) });

    async Task<HttpStatusCode> Refused(Task<HttpResponseMessage> sent, string code)
    {
        using var answer = await sent;
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
        return answer.StatusCode;
    }

    async Task<string> Reports(Plant.Order order) => await Service.Query<string>(
        $"""
        SELECT coalesce(string_agg(concat(activity, ' ', extract(epoch FROM started_at - '{Day:O}')::int / 60, '-',
            extract(epoch FROM ended_at - '{Day:O}')::int / 60, ' ', good::int), ', ' ORDER BY started_at, ended_at), '')
        FROM report WHERE operation_id = '{order.Turn}'
        """);

    [Fact]
    public async Task A_report_takes_its_time_from_the_work_and_what_rests_is_not_worked()
    {
        var order = await plant.Release();
        await Start(order, 0, "Setup");
        var work = await Start(order, 10);
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 5, endedAt = At(30) });
        var paused = await Do(work, "pause", 40, new { reason = "lunch", at = At(40) });
        paused.GetProperty("seconds").GetDecimal().ShouldBe(30 * 60);
        await Do(work, "resume", 60);
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 3, endedAt = At(70), finishesWork = true });
        (await Reports(order)).ShouldBe("Setup 0-10 0, Run 10-30 5, Run 30-40 0, Run 60-70 3");
        var over = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        (over.GetProperty("state").GetString(), over.GetProperty("endedBy").GetString(), over.GetProperty("seconds").GetDecimal())
            .ShouldBe(("Ended", "Finished", 40 * 60));
        (await Service.Query<int>($"SELECT work_under_way FROM operation WHERE id = '{order.Turn}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Several_work_on_one_operation_but_nobody_twice()
    {
        var order = await plant.Release();
        await plant.Know("O2", "m1");
        var other = await Service.Do("/api/work-orders/sign-ons",
            new { @operator = "O2", station = "T", at = "2026-01-01T00:00:00Z" });
        var id = Guid.NewGuid();
        var first = await Start(order, 0, id: id);
        (await Start(order, 0, id: id)).GetRawText().ShouldBe(first.GetRawText());      // a repeat is the first answer
        await Start(order, 5, signOn: other.GetProperty("id").GetGuid());
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = order.SignOn, equipment = "m1", at = At(6) }), "work-under-way")).ShouldBe(HttpStatusCode.Conflict);
        var card = (await Service.Get("/api/work-orders/dispatch?equipment=m1&limit=1000")).GetProperty("items").EnumerateArray()
            .Single(c => c.GetProperty("operationId").GetGuid() == order.Turn);
        card.GetProperty("work").EnumerateArray().Select(w => w.GetProperty("name").GetString())
            .ShouldBe(["Name of O", "Name of O2"]);
        card.GetProperty("status").GetString().ShouldBe("Started");
        var listed = await Service.Get($"/api/work-orders/work?orderId={order.Id}&status=Open");
        listed.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_an_operation_waits_for_is_said_or_keeps_it_from_being_begun_as_the_routing_says()
    {
        var strict = await plant.Release(new { sequence = "Block" });
        (await Refused(Pack(strict), "operation-not-ready")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var answer = await Pack(await plant.Release(new { sequence = "Warn" }));
        using var begun = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        begun.RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).ShouldBe(["predecessor"]);
        await Service.Do($"/api/work-orders/orders/{strict.Id}/hold", new { reason = "wait" });
        (await Refused(Service.Send($"/api/work-orders/operations/{strict.Turn}/work",
            new { signOnId = strict.SignOn, equipment = "m1", at = At(0) }), "order-on-hold"))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);

        Task<HttpResponseMessage> Pack(Plant.Order order) => Service.Send($"/api/work-orders/operations/{order.Pack}/work",
            new { signOnId = order.SignOn, equipment = "m2", at = At(0) });
    }

    [Fact]
    public async Task A_skill_that_has_expired_is_none()
    {
        var order = await plant.Release(new { qualification = "Block" });
        await plant.Know("O3");
        using (var set = await Service.Send("/api/work-orders/operators/O3/skills",
            new { skills = new[] { "m1" }, expiries = new[] { new { equipment = "m1", expiresAt = At(30) } } },
            method: HttpMethod.Put))
        {
            set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
        }
        var signOn = (await Service.Do("/api/work-orders/sign-ons",
            new { @operator = "O3", station = "T", at = "2026-01-01T00:00:00Z" })).GetProperty("id").GetGuid();
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = signOn, equipment = "m1", at = At(30) }), "skill")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/reports", new
        {
            signOnId = signOn, equipment = "m1", activity = "Run", good = 1, startedAt = At(40), endedAt = At(50)
        }), "operator-not-qualified")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Start(order, 29, signOn: signOn);
    }

    [Fact]
    public async Task Work_that_a_sign_off_left_behind_ends_with_it_and_is_marked()
    {
        var order = await plant.Release();
        var work = await Start(order, 0);
        await Service.Do($"/api/work-orders/sign-ons/{order.SignOn}/sign-off", new { at = At(25) });
        await Forget();
        var over = await Service.Get($"/api/work-orders/work/{work.GetProperty("id").GetGuid()}");
        (over.GetProperty("endedBy").GetString(), over.GetProperty("since").GetDateTimeOffset()).ShouldBe(("SignOff", At(25)));
        (await Reports(order)).ShouldBe("Run 0-25 0");

        // a report that a terminal kept from before counts its pieces; the time is there already
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 3, endedAt = At(20), finishesWork = true });
        (await Reports(order)).ShouldBe("Run 0-25 0, Run 20-20 3");
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work.GetProperty("id").GetGuid(), good = 1, endedAt = At(26) }), "work-is-over"))
            .ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Work_that_nobody_speaks_of_ends_as_of_the_last_word()
    {
        var order = await plant.Release();
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
        var (order, overtime) = (await plant.Release(), await plant.Release());
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
    public async Task A_report_after_the_end_of_its_shift_finds_the_work_over()
    {
        var order = await plant.Release();
        var work = (await Start(order, 0)).GetProperty("id").GetGuid();
        await Service.Deliver("workorders-end-work", new WorkShiftEnded(work, "m1", At(60)));
        (await Refused(Service.Send($"/api/work-orders/operations/{order.Turn}/reports",
            new { workId = work, good = 1, endedAt = At(90) }), "work-is-over")).ShouldBe(HttpStatusCode.Conflict);
    }

    async Task Forget()
    {
        await using var scope = Service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EndForgottenWork>()
            .Run(new JobCall("1", null, () => false), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_begun_by_mistake_counts_for_nothing()
    {
        var order = await plant.Release();
        var work = await Start(order, 0);
        (await Refused(Service.Send($"/api/work-orders/orders/{order.Id}/cancel", new { reason = "no" }), "work-under-way"))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Do(work, "withdraw", 3)).GetProperty("endedBy").GetString().ShouldBe("Withdrawn");
        (await Service.Query<string>($"SELECT status FROM operation WHERE id = '{order.Turn}'")).ShouldBe("Waiting");
        (await Reports(order)).ShouldBe("");
        var again = await Start(order, 5);
        await Do(again, "pause", 8, new { reason = "wait", at = At(8) });
        (await Refused(Service.Send($"/api/work-orders/work/{again.GetProperty("id").GetGuid()}/withdraw", new { }),
            "work-was-reported")).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Work_is_its_operators_own_and_what_is_over_stays_so()
    {
        var order = await plant.Release();
        var work = (await Start(order, 0)).GetProperty("id").GetGuid();
        var other = new Caller("X", "Other", ActorKind.Operator, null, Roles.PermissionsOf[Roles.Operator]) { Operator = "X" };
        (await Refused(Service.Send($"/api/work-orders/work/{work}/finish", new { }, caller: other), "acts-for-another"))
            .ShouldBe(HttpStatusCode.Forbidden);
        await Service.Do($"/api/work-orders/work/{work}/finish", new { at = At(10) });
        (await Refused(Service.Send($"/api/work-orders/work/{work}/finish", new { at = At(11) }), "work-is-over"))
            .ShouldBe(HttpStatusCode.Conflict);
        (await Refused(Service.Send($"/api/work-orders/work/{work}/resume", new { at = At(11) }), "wrong-work-state"))
            .ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_device_whose_clock_is_wrong_by_an_hour_is_put_right()
    {
        var order = await plant.Release();
        var device = TimeProvider.System.GetUtcNow().AddHours(1);
        var work = await Service.Do($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = order.SignOn, equipment = "m1", at = device.AddMinutes(-20), deviceTime = device });
        (device.AddMinutes(-80) - work.GetProperty("startedAt").GetDateTimeOffset()).Duration()
            .ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }
}
