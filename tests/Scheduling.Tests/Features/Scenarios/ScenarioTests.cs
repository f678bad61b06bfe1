using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Contracts;
using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Scenarios;

/// <summary>Scenarios, moves, locks and promises over HTTP.</summary>
public sealed class ScenarioTests : IAsyncLifetime
{
    SchedulingHost _host = null!;
    WorkOrderChanged _order = null!;
    JsonElement _plan;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        await _host.Tell(Given.Calendar("always", 1, "00:00", "24:00"), "m1");
        _order = Given.Released("1", dueAt: new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _host.Take(_order);
        await _host.Take(Given.Released("2"));
        _plan = await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    async Task<Guid> Scenario() => (await _host.Service.Do("/api/scheduling/scenarios", new { name = "what if" }))
        .GetProperty("id").GetGuid();

    Task<JsonElement> Change(Guid scenario, object change) =>
        _host.Service.Do($"/api/scheduling/scenarios/{scenario}/changes", change);

    async Task Refused(string path, object? body, HttpStatusCode status, string code)
    {
        using var answer = await _host.Service.Send(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_scenario_is_changed_planned_compared_undone_and_promoted()
    {
        var id = await Scenario();
        await Change(id, new { kind = "SetDue", orderId = _order.OrderId, until = DateTimeOffset.UnixEpoch.AddYears(50) });
        var late = await Change(id, new { kind = "CloseDay", calendar = "always", day = "2033-01-01" });
        late.GetProperty("plan").GetProperty("lateOrders").GetInt32().ShouldBe(1);

        var run = (await _host.Service.Do($"/api/scheduling/scenarios/{id}/plan", null)).GetProperty("runId").GetGuid();
        var ended = await _host.Ended(run);
        ended.GetProperty("mode").GetString().ShouldBe("Scenario");
        ended.GetProperty("status").GetString().ShouldBeOneOf("Done", "Unchanged");

        var compared = await _host.Service.Get($"/api/scheduling/scenarios/compare?id={id}");
        compared.GetArrayLength().ShouldBe(2);
        compared[0].GetProperty("plan").GetProperty("lateOrders").GetInt32().ShouldBe(0);
        compared[1].GetProperty("plan").GetProperty("lateOrders").GetInt32().ShouldBe(1);
        compared[1].GetProperty("equipment").EnumerateArray().Sum(row => row.GetProperty("utilization").GetDouble())
            .ShouldBeGreaterThan(0);

        (await _host.InForce()).GetProperty("version").GetInt64().ShouldBe(_plan.GetProperty("version").GetInt64());
        await _host.Service.Do($"/api/scheduling/scenarios/{id}/promote", new { });
        var promoted = await _host.InForce();
        promoted.GetProperty("mode").GetString().ShouldBe("Scenario");
        var calendars = (await _host.Service.Get("/api/scheduling/calendars")).GetProperty("items");
        calendars[0].GetProperty("exceptions").GetArrayLength().ShouldBe(0, "a what-if is a question, not a fact");
        await Refused($"/api/scheduling/scenarios/{id}/promote", new { }, HttpStatusCode.UnprocessableEntity, "scenario-closed");
    }

    [Fact]
    public async Task An_order_that_nobody_has_placed_is_planned_in_a_scenario_and_left_out_when_that_is_promoted()
    {
        await _host.Service.Deliver("scheduling-know-routing", new RoutingDefined(
            "R", "1", "P", [new RoutedOperation("saw", ["m1"], null, 60, 30),
                new RoutedOperation("drill", ["m2"], null, 60, 30)]));
        var id = await Scenario();
        await Refused($"/api/scheduling/scenarios/{id}/changes", new { kind = "AddOrder", quantity = 5 },
            HttpStatusCode.UnprocessableEntity, "change-incomplete");
        await Refused($"/api/scheduling/scenarios/{id}/changes", new { kind = "AddOrder", product = "unheard of", quantity = 5 },
            HttpStatusCode.UnprocessableEntity, "routing-not-found");
        var added = await Change(id, new
        {
            kind = "AddOrder", product = "P", quantity = 5, until = DateTimeOffset.UnixEpoch.AddYears(50)
        });
        var plan = added.GetProperty("plan");
        plan.GetProperty("operations").GetInt32().ShouldBe(_plan.GetProperty("operations").GetInt32() + 2);
        plan.GetProperty("lateOrders").GetInt32().ShouldBe(1);
        // it stays the same order, to be changed further
        var order = added.GetProperty("changes")[0].GetProperty("change").GetProperty("orderId").GetGuid();
        var later = await Change(id, new { kind = "SetDue", orderId = order, until = DateTimeOffset.UnixEpoch.AddYears(90) });
        later.GetProperty("plan").GetProperty("lateOrders").GetInt32().ShouldBe(0);
        var run = (await _host.Service.Do($"/api/scheduling/scenarios/{id}/plan", null)).GetProperty("runId").GetGuid();
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBeOneOf("Done", "Unchanged");

        await _host.Service.Do($"/api/scheduling/scenarios/{id}/promote", new { });
        (await _host.InForce()).GetProperty("operations").GetInt32().ShouldBe(_plan.GetProperty("operations").GetInt32());
    }

    [Fact]
    public async Task A_copy_of_a_scenario_has_its_changes_and_plan_and_goes_on_by_itself()
    {
        var id = await Scenario();
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Change(id, new { kind = "CloseDay", calendar = "always", day = today });
        var copy = await _host.Service.Do("/api/scheduling/scenarios", new { name = "copy", copyOf = id });
        var other = copy.GetProperty("id").GetGuid();
        copy.GetProperty("changes").GetArrayLength().ShouldBe(1);
        await Change(other, new { kind = "SetPriority", orderId = _order.OrderId, priority = 7 });
        (await _host.Service.Get($"/api/scheduling/scenarios/{id}")).GetProperty("changes").GetArrayLength().ShouldBe(1);
        var back = await _host.Service.Do($"/api/scheduling/scenarios/{other}/undo", null);
        (back.GetProperty("revision").GetInt32(), back.GetProperty("changes").GetArrayLength()).ShouldBe((1, 1));

        var compared = await _host.Service.Get($"/api/scheduling/scenarios/compare?id={id}&id={other}");
        var moved = compared.EnumerateArray().Select(one => one.GetProperty("moved").GetInt32()).ToList();
        moved[0].ShouldBe(0);
        moved[1].ShouldBeGreaterThan(0);
        moved[2].ShouldBe(moved[1]);
        await Refused("/api/scheduling/scenarios", new { name = "none", copyOf = Guid.NewGuid() },
            HttpStatusCode.NotFound, "scenario-not-found");
    }

    [Fact]
    public async Task Undo_goes_back_by_one_and_discard_ends_it()
    {
        var id = await Scenario();
        await Change(id, new { kind = "SetPriority", orderId = _order.OrderId, priority = 7 });
        var undone = await _host.Service.Do($"/api/scheduling/scenarios/{id}/undo", null);
        (undone.GetProperty("revision").GetInt32(), undone.GetProperty("changes").GetArrayLength()).ShouldBe((1, 0));
        await Refused($"/api/scheduling/scenarios/{id}/undo", null, HttpStatusCode.UnprocessableEntity, "nothing-to-undo");
        await _host.Service.Do($"/api/scheduling/scenarios/{id}/discard", null);
        await Refused($"/api/scheduling/scenarios/{id}/undo", null, HttpStatusCode.UnprocessableEntity, "scenario-closed");
    }

    [Fact]
    public async Task A_scenario_whose_plan_was_overtaken_is_promoted_only_by_who_has_seen_the_new_one()
    {
        var id = await Scenario();
        await _host.Take(Given.Released("rush", priority: 100));
        var newer = await _host.NextAfter(_plan);
        await Refused($"/api/scheduling/scenarios/{id}/promote", new { }, HttpStatusCode.Conflict, "plan-moved-on");
        // an optimization may follow the event: the version seen last is the one to name
        await Poll.Until(async () =>
        {
            using var answer = await _host.Service.Send($"/api/scheduling/scenarios/{id}/promote",
                new { planVersion = (await _host.InForce()).GetProperty("version").GetInt64() });
            return answer.IsSuccessStatusCode;
        }, SchedulingHost.Bound, "it is promoted");
        (await _host.InForce()).GetProperty("operations").GetInt32().ShouldBe(newer.GetProperty("operations").GetInt32());
    }

    [Fact]
    public async Task Equipment_that_only_the_scenario_has_must_be_there_before_it_is_promoted()
    {
        var id = await Scenario();
        await Change(id, new { kind = "AddEquipment", equipment = "m9", like = "m1" });
        var start = (await _host.Line(_order.Operations[0].OperationId)).GetProperty("startsAt").GetDateTimeOffset().AddDays(1);
        await _host.Service.Do($"/api/scheduling/scenarios/{id}/moves",
            new { operationId = _order.Operations[0].OperationId, equipment = "m9", startsAt = start });
        await Refused($"/api/scheduling/scenarios/{id}/promote", new { }, HttpStatusCode.UnprocessableEntity,
            "equipment-not-found");
        // the plant gets it, but no routing names it yet
        await _host.Service.Deliver("scheduling-know-equipment",
            new EquipmentChanged("m9", 1, "Mill 9", "mills", EquipmentKind.Production));
        await Refused($"/api/scheduling/scenarios/{id}/promote", new { }, HttpStatusCode.UnprocessableEntity,
            "incompatible-equipment");
    }

    [Fact]
    public async Task Equipment_that_is_unknown_is_told_from_equipment_that_cannot_do_it()
    {
        var (id, operation) = (await Scenario(), _order.Operations[0].OperationId);
        var from = DateTimeOffset.UnixEpoch.AddYears(60);
        await Locking("m77", "equipment-not-in-scenario");
        await Locking("m2", "incompatible-equipment");
        await Dragging("m77", "equipment-not-planned");
        await Dragging("m2", "incompatible-equipment");

        Task Locking(string equipment, string code) => Refused($"/api/scheduling/scenarios/{id}/changes",
            new { kind = "Lock", operationId = operation, equipment, from }, HttpStatusCode.UnprocessableEntity, code);

        Task Dragging(string equipment, string code) => Refused("/api/scheduling/moves",
            new { operationId = operation, equipment, startsAt = from }, HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task An_id_that_no_order_has_is_told_as_an_id()
    {
        using var refused = await _host.Service.Send($"/api/scheduling/scenarios/{await Scenario()}/changes",
            new { kind = "SetPriority", orderId = Guid.Empty, priority = 1 });
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("order-not-in-scenario");
        problem.GetProperty("orderId").GetGuid().ShouldBe(Guid.Empty);
    }

    [Fact]
    public async Task A_dragged_operation_is_published_where_it_was_dropped_and_pinned()
    {
        var operation = _order.Operations[0].OperationId;
        var start = (await _host.Line(operation)).GetProperty("startsAt").GetDateTimeOffset().AddHours(4);
        var answer = await _host.Service.Do("/api/scheduling/moves",
            new { operationId = operation, equipment = "spare", startsAt = start });
        var moved = answer.GetProperty("difference").GetProperty("moved").EnumerateArray()
            .Single(row => row.GetProperty("operationId").GetGuid() == operation);
        moved.GetProperty("toEquipment").GetString().ShouldBe("spare");
        var line = await _host.Line(operation);
        line.GetProperty("startsAt").GetDateTimeOffset().ShouldBe(start);
        (line.GetProperty("isLocked").GetBoolean(), line.GetProperty("waitsFor").GetString()).ShouldBe((true, "Lock"));
        (await _host.Overlaps()).ShouldBe(0);
        await Refused("/api/scheduling/moves", new { operationId = operation, equipment = "m1", startsAt = start },
            HttpStatusCode.UnprocessableEntity, "operation-locked");
        await _host.Service.Do("/api/scheduling/locks/release", new { operationIds = new[] { operation } });
        await Refused("/api/scheduling/moves",
            new { operationId = operation, equipment = "m1", startsAt = start, planVersion = 1 },
            HttpStatusCode.Conflict, "plan-moved-on");
    }

    [Fact]
    public async Task Several_operations_are_locked_and_stay_when_planned_anew()
    {
        var ids = _order.Operations.Select(operation => operation.OperationId).ToList();
        (await _host.Service.Do("/api/scheduling/locks", new { operationIds = ids, reason = "agreed" }))
            .GetArrayLength().ShouldBe(3);
        var before = await _host.Line(ids[2]);
        await _host.Take(Given.Released("3", dueAt: DateTimeOffset.UnixEpoch.AddYears(50), priority: 50));
        await _host.Plan();
        (await _host.Line(ids[2])).GetProperty("startsAt").GetDateTimeOffset()
            .ShouldBe(before.GetProperty("startsAt").GetDateTimeOffset());
        (await _host.Service.Get("/api/scheduling/locks")).GetProperty("items").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task An_order_that_is_not_placed_gets_a_date_and_nothing_moves()
    {
        await _host.Service.Deliver("scheduling-know-routing", new RoutingDefined(
            "R", "1", "P", [new RoutedOperation("saw", ["m1"], null, 60, 30),
                new RoutedOperation("drill", ["m2"], null, 60, 30)]));
        var promise = await _host.Service.Do("/api/scheduling/promises", new { product = "P", quantity = 100 });
        promise.GetProperty("operations").GetArrayLength().ShouldBe(2);
        promise.GetProperty("endsAt").GetDateTimeOffset().ShouldBe(
            promise.GetProperty("operations").EnumerateArray().Max(row => row.GetProperty("endsAt").GetDateTimeOffset()));
        (await _host.InForce()).GetProperty("version").GetInt64().ShouldBe(_plan.GetProperty("version").GetInt64());
        await Refused("/api/scheduling/promises", new { product = "unheard of", quantity = 1 },
            HttpStatusCode.UnprocessableEntity, "routing-not-found");
    }

    [Fact]
    public async Task A_late_order_is_shown_with_the_chain_that_makes_it_late()
    {
        await _host.Take(Given.Released("late", dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
        var plan = await _host.Plan();
        var id = plan.GetProperty("id").GetGuid();
        var late = (await _host.Service.Get($"/api/scheduling/plans/{id}/late-orders")).GetProperty("items");
        late[0].GetProperty("order").GetString().ShouldBe("late");
        var chain = late[0].GetProperty("chain").EnumerateArray().ToList();
        chain.Count.ShouldBeGreaterThan(1);
        foreach (var (later, earlier) in chain.Zip(chain.Skip(1)))
            later.GetProperty("waitsOn").GetString().ShouldBe(earlier.GetProperty("operationId").GetString());
    }
}
