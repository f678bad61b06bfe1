using System.Net;
using System.Text.Json;
using Mes.Persistence;
using Mes.Web.Auth;

namespace Mes.WorkOrders.Tests.Features.Production;

/// <summary>Work that is begun, rests, goes on and ends, and the time that is reported of it.</summary>
public sealed class WorkTests(Plant plant) : WorkOfOrders(plant), IClassFixture<Plant>
{
    [Fact]
    public async Task A_report_takes_its_time_from_the_work_and_what_rests_is_not_worked()
    {
        var order = await Plant.Release();
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
        var order = await Plant.Release();
        await Plant.Know("O2", "m1");
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
        var strict = await Plant.Release(new { sequence = "Block" });
        (await Refused(Pack(strict), "operation-not-ready")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var answer = await Pack(await Plant.Release(new { sequence = "Warn" }));
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
        var order = await Plant.Release(new { qualification = "Block" });
        await Plant.Know("O3");
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
    public async Task What_was_begun_by_mistake_counts_for_nothing()
    {
        var order = await Plant.Release();
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
        var order = await Plant.Release();
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
        var order = await Plant.Release();
        var device = TimeProvider.System.GetUtcNow().AddHours(1);
        var work = await Service.Do($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = order.SignOn, equipment = "m1", at = device.AddMinutes(-20), deviceTime = device });
        (device.AddMinutes(-80) - work.GetProperty("startedAt").GetDateTimeOffset()).Duration()
            .ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }
}
