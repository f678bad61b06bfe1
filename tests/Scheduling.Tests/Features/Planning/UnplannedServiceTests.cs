using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Planning;

/// <summary>Orders that cannot be planned, reports that were undone, orders that change: on the running service.</summary>
public sealed class UnplannedServiceTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        await _host.Tell(Given.Calendar("day", 1, "08:00", "16:00", days: 5), "m1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static WorkOrderChanged Order(string number, decimal quantity = 10, int setup = 0, int run = 60,
        bool isSplittable = true, string[]? equipment = null) => Given.Released(number) with
        {
            Quantity = quantity,
            Operations = [new PlannedOperation(Guid.CreateVersion7(), 10, "op1",
                equipment ?? ["m1"], null, setup, run, quantity, false, false, IsSplittable: isSplittable)]
        };

    async Task<bool> IsPlanned(WorkOrderChanged order) =>
        (await _host.Lines(await _host.InForce(), $"&orderId={order.OrderId}")).Count > 0;

    [Fact]
    public async Task What_cannot_be_planned_is_listed_and_every_run_plans_the_rest()
    {
        var bad = new Dictionary<string, WorkOrderChanged>
        {
            ["release-beyond-horizon"] = Order("late") with { ReleaseAt = Now.AddDays(800) },
            ["no-calendar-time"] = Order("many", quantity: 200_000),
            ["longer-than-every-window"] = Order("long", run: 3_060, isSplittable: false)
        };
        foreach (var order in bad.Values) await _host.Take(order);
        foreach (var mode in new[] { "Full", "Incremental", "Repair" })
        {
            var good = Order(mode);
            await _host.Take(good);
            await _host.Plan(mode);
            (await IsPlanned(good)).ShouldBeTrue(mode);
            await RequireListed(await _host.InForce(), bad);
            await RequireFound(await _host.InForce(), good, bad.Values.First());
        }
        var (before, rush) = (await _host.InForce(), Order("rush") with { Priority = 100 });
        await _host.Take(rush);
        await RequireListed(await _host.NextAfter(before), bad);
        (await IsPlanned(rush)).ShouldBeTrue("shifted in");
    }

    /// <summary>By the number of an order as by its id.</summary>
    async Task RequireFound(JsonElement plan, WorkOrderChanged planned, WorkOrderChanged unplanned)
    {
        (await _host.Lines(plan, $"&order={planned.Number}")).Select(line => line.GetProperty("orderId").GetGuid())
            .ShouldBe([planned.OrderId]);
        (await _host.Lines(plan, $"&order={planned.OrderId}")).ShouldBeEmpty("an id is no number");
        var path = $"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/unplanned";
        foreach (var filter in new[] { $"order={unplanned.Number}", $"orderId={unplanned.OrderId}" })
        {
            (await _host.Service.Get($"{path}?{filter}")).GetProperty("items").EnumerateArray()
                .Select(step => step.GetProperty("order").GetString()).ShouldBe([unplanned.Number]);
        }
    }

    async Task RequireListed(JsonElement plan, Dictionary<string, WorkOrderChanged> bad)
    {
        plan.GetProperty("unplannedSteps").GetInt32().ShouldBe(bad.Count);
        var id = plan.GetProperty("id").GetGuid();
        var first = await _host.Service.Get($"/api/scheduling/plans/{id}/unplanned?size=2");
        var rest = await _host.Service.Get($"/api/scheduling/plans/{id}/unplanned?after={first.GetProperty("next").GetString()}");
        List<JsonElement> steps = [.. first.GetProperty("items").EnumerateArray(), .. rest.GetProperty("items").EnumerateArray()];
        steps.Count.ShouldBe(bad.Count);
        foreach (var (code, order) in bad)
        {
            var step = steps.Single(item => item.GetProperty("order").GetString() == order.Number);
            (step.GetProperty("operation").GetString(), step.GetProperty("code").GetString()).ShouldBe(("op1", code));
            step.GetProperty("hint").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Promises_and_scenarios_go_on_beside_an_order_that_cannot_be_planned()
    {
        await _host.Take(Order("late") with { ReleaseAt = Now.AddDays(800) });
        await _host.Take(Order("good"));
        await _host.Plan();
        var promise = await _host.Service.Do("/api/scheduling/promises", Asked(10));
        promise.GetProperty("unplanned")[0].GetProperty("order").GetString().ShouldBe("late");
        using var refused = await _host.Service.Send("/api/scheduling/promises", Asked(200_000));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("no-calendar-time");
        var scenario = (await _host.Service.Do("/api/scheduling/scenarios", new { name = "what if" }))
            .GetProperty("id").GetGuid();
        var run = (await _host.Service.Do($"/api/scheduling/scenarios/{scenario}/plan", null))
            .GetProperty("runId").GetGuid();
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBeOneOf("Done", "Unchanged");
        var plan = (await _host.Service.Get($"/api/scheduling/scenarios/{scenario}")).GetProperty("plan");
        plan.GetProperty("unplannedSteps").GetInt32().ShouldBe(1);
        await _host.Service.Do($"/api/scheduling/scenarios/{scenario}/promote", new { });
        (await _host.InForce()).GetProperty("unplannedSteps").GetInt32().ShouldBe(1);

        static object Asked(int quantity) => new
        {
            quantity, operations = new[]
            {
                new
                {
                    code = "op1",
                    equipment = new[] { "m1" },
                    setupFamily = (string?)null,
                    setupSeconds = 0,
                    runSecondsPerUnit = 60
                }
            }
        };
    }

    [Fact]
    public async Task What_waits_behind_a_cancelled_order_begins_at_once_when_it_is_planned_anew()
    {
        var (a, b) = (Order("A", 1, run: 36_000, equipment: ["u"]), Order("B", 1, run: 3_600, equipment: ["u"]));
        await _host.Take(a);
        await _host.Take(b);
        await _host.Take(Order("later", equipment: ["v"]) with { ReleaseAt = Now.AddDays(2) });
        await _host.Plan();
        var isFirst = await Start(a) < await Start(b);
        var (gone, left) = isFirst ? (a, b) : (b, a);
        await _host.Take(gone with { Version = 2, Status = WorkOrderStatus.Cancelled });
        await _host.Plan();
        (await Start(left)).ShouldBeLessThan(TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    async Task<DateTimeOffset> Start(WorkOrderChanged order) =>
        (await _host.Line(order.Operations[0].OperationId)).GetProperty("startsAt").GetDateTimeOffset();

    [Fact]
    public async Task Work_that_was_begun_long_ago_stays_where_it_is_set_up()
    {
        var order = Order("begun", setup: 7_200, run: 600, equipment: ["B", "A"]);
        await _host.Take(order);
        await Report(order, 1, "A", hoursAgo: 13);
        await _host.Plan();
        var line = await _host.Line(order.Operations[0].OperationId);
        line.GetProperty("equipment").GetString().ShouldBe("A");
        (line.GetProperty("endsAt").GetDateTimeOffset() - line.GetProperty("startsAt").GetDateTimeOffset())
            .ShouldBe(TimeSpan.FromSeconds(9 * 600));
    }

    async Task<ProductionReported> Report(WorkOrderChanged order, decimal good, string equipment, double hoursAgo)
    {
        var report = Given.Reported(
            order, good, equipment, startedAt: Now.AddHours(-hoursAgo - 1), endedAt: Now.AddHours(-hoursAgo));
        await _host.Service.Deliver("scheduling-track-progress", report);
        return report;
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_report_that_was_undone_leaves_no_trace_in_whatever_order_it_arrives(bool isInOrder)
    {
        var order = Order("undone", setup: 7_200, run: 600, equipment: ["A"]);
        await _host.Take(order);
        var report = Given.Reported(order, 1, "A", startedAt: Now.AddHours(-2), endedAt: Now.AddHours(-1));
        var undo = report with { ReportId = Guid.NewGuid(), Reverses = report.ReportId, Good = -1 };
        foreach (var message in isInOrder ? new[] { report, undo } : [undo, report])
        {
            await _host.Service.Deliver("scheduling-track-progress", message);
        }
        await _host.Plan();
        var line = await _host.Line(order.Operations[0].OperationId);
        line.GetProperty("waitsFor").GetString().ShouldNotBe("Running");
        (line.GetProperty("endsAt").GetDateTimeOffset() - line.GetProperty("startsAt").GetDateTimeOffset())
            .ShouldBe(TimeSpan.FromSeconds(7_200 + (10 * 600)));
    }

    [Fact]
    public async Task After_an_undo_the_report_before_it_stands()
    {
        var (one, two) = (Order("one", equipment: ["A"]), Order("two", setup: 7_200, run: 600, equipment: ["A"]));
        await _host.Take(one);
        await _host.Take(two);
        await Report(one, 1, "A", hoursAgo: 3);
        var report = await Report(two, 1, "A", hoursAgo: 1);
        await _host.Service.Deliver("scheduling-track-progress",
            report with { ReportId = Guid.NewGuid(), Reverses = report.ReportId, Good = -1 });
        await _host.Plan();
        (await _host.Line(one.Operations[0].OperationId)).GetProperty("waitsFor").GetString().ShouldBe("Running");
    }

    [Theory, InlineData("quantity"), InlineData("due"), InlineData("release"), InlineData("priority")]
    public async Task An_order_that_changes_is_planned_anew_at_once(string what)
    {
        var order = Order("1", equipment: ["A"]) with { DueAt = Now.AddDays(3) };
        await _host.Take(order);
        var before = await _host.Plan();
        await _host.Take(order with
        {
            Version = 2,
            Quantity = what == "quantity" ? 30 : 10,
            DueAt = what == "due" ? Now.AddDays(1) : order.DueAt,
            ReleaseAt = what == "release" ? Now.AddHours(5) : null,
            Priority = what == "priority" ? 7 : 0
        });
        await Poll.Until(async () => await _host.Service.Query<long>(
            """
            SELECT count(*) FROM planning_run WHERE mode = 'Shift' AND trigger = 'order-changed' AND status <> 'Running'
            """) == 1, SchedulingHost.Bound, "the change is answered");
        if (what is "quantity" or "release")
        {
            var line = await _host.Line(order.Operations[0].OperationId);
            (await _host.InForce()).GetProperty("version").GetInt64()
                .ShouldBeGreaterThan(before.GetProperty("version").GetInt64());
            line.GetProperty("endsAt").GetDateTimeOffset().ShouldBeGreaterThan(Now.AddMinutes(20));
        }
    }

    [Fact]
    public async Task The_plan_in_force_tells_what_is_late_and_doubtful_though_no_operation_moves()
    {
        await _host.Service.Deliver("scheduling-know-equipment",
            new EquipmentChanged("m1", 1, "M1", "C", EquipmentKind.Production));
        await _host.Service.Define("/api/scheduling/setup-times", new { equipment = "new", defaultSeconds = 60 });
        var order = Order("1") with { ReleaseAt = Now.AddHours(1), DueAt = Now.AddDays(30) };
        await _host.Take(order);
        var before = await _host.Plan();
        before.GetProperty("lateOrders").GetInt32().ShouldBe(0);
        before.GetProperty("warnings").GetArrayLength().ShouldBe(1);

        await _host.Take(order with { Version = 2, DueAt = Now.AddMinutes(61) });
        await Poll.Until(async () => (await _host.InForce()).GetProperty("lateOrders").GetInt32() == 1,
            SchedulingHost.Bound, "the order is told as late");
        var late = await _host.Service.Get(
            $"/api/scheduling/plans/{(await _host.InForce()).GetProperty("id").GetGuid()}/late-orders");
        late.GetProperty("items")[0].GetProperty("order").GetString().ShouldBe(order.Number);

        await _host.Service.Deliver("scheduling-know-equipment",
            new EquipmentChanged("new", 1, "New", "C", EquipmentKind.Production));
        (await _host.Plan("Incremental")).GetProperty("warnings").GetArrayLength().ShouldBe(0);
        (await _host.InForce()).GetProperty("warnings").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Codes_that_name_nothing_are_warned_of_in_the_answer_and_on_the_plan()
    {
        var setup = await _host.Service.Define("/api/scheduling/setup-times", new { equipment = "typo", defaultSeconds = 60 });
        setup.GetProperty("warnings")[0].GetProperty("subject").GetString().ShouldBe("typo");
        (await _host.Service.Get("/api/scheduling/setup-times/typo")).GetRawText().ShouldBe(setup.GetRawText());
        var order = Order("1");
        await _host.Take(order with { Operations = [order.Operations[0] with { Resources = [new ResourceNeed("nobody")] }] });
        var warnings = (await _host.Plan()).GetProperty("warnings").EnumerateArray()
            .Select(w => (w.GetProperty("code").GetString(), w.GetProperty("subject").GetString())).ToList();
        warnings.ShouldBe([("equipment-not-found", "typo"), ("resource-not-found", "nobody")]);
    }

    [Fact]
    public async Task A_resource_is_told_to_whoever_writes_routings()
    {
        await _host.Service.Define("/api/scheduling/resources", new { code = "welders", name = "Welders", capacity = 2 });
        var told = await _host.Service.Define("/api/scheduling/resources", new { code = "welders", name = "W", capacity = 3 });
        told.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["code", "name", "capacity", "calendar", "isHeldDuringPauses"]);
        (await _host.Service.Get("/api/scheduling/resources/welders")).GetRawText().ShouldBe(told.GetRawText());
        (await _host.Service.Query<string>(
            """
            SELECT string_agg(concat_ws(' ', body ->> 'code', body ->> 'version', body ->> 'capacity'), ', ' ORDER BY id)
            FROM outbox WHERE type = 'ResourceChanged'
            """)).ShouldBe("welders 1 2, welders 2 3");
    }

    [Fact]
    public async Task Plans_are_audited()
    {
        await _host.Take(Order("1"));
        await _host.Plan();
        (await Audited("plan-production", "plan")).ShouldBe(1);
        (await Audited("%plans", "planning_run")).ShouldBe(1);
    }

    Task<long> Audited(string action, string table) => _host.Service.Query<long>(
        $"SELECT count(*) FROM audit WHERE action LIKE '{action}' AND changes @> '[{{\"table\":\"{table}\"}}]'");
}
