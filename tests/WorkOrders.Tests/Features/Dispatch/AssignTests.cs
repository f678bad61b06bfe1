using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Dispatch;

/// <summary>A foreman asks an operator to do an operation, and sees how much waits where.</summary>
public sealed class AssignTests(Plant plant) : IClassFixture<Plant>
{
    static readonly Caller Foreman = new("F", "Foreman", ActorKind.User, null, Roles.PermissionsOf[Roles.Foreman]);

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    Task<HttpResponseMessage> Assign(Guid operation, string? @operator, Caller? caller = null) => Service.Send(
        $"/api/work-orders/operations/{operation}/operator", new { @operator }, method: HttpMethod.Put,
        caller: caller ?? Foreman);

    async Task Done(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    async Task Refused(Task<HttpResponseMessage> sent, HttpStatusCode status, string code)
    {
        using var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        (answer.StatusCode, text.Contains($"\"{code}\"", StringComparison.Ordinal)).ShouldBe((status, true), text);
    }

    async Task<JsonElement> Card(Guid operation, string equipment = "m1") =>
        (await Service.Get($"/api/work-orders/dispatch?equipment={equipment}&size=1000")).GetProperty("items").EnumerateArray()
            .Single(card => card.GetProperty("operationId").GetGuid() == operation);

    [Fact]
    public async Task Who_is_asked_stands_on_the_card_until_it_is_taken_back_and_is_in_the_trail()
    {
        var order = await plant.Release();
        (await Card(order.Turn)).GetProperty("assignedTo").ValueKind.ShouldBe(JsonValueKind.Null);
        await Done(Assign(order.Turn, "O"));
        var card = await Card(order.Turn);
        (card.GetProperty("assignedTo").GetString(), card.GetProperty("assignedName").GetString()).ShouldBe(("O", "Name of O"));
        card.GetProperty("alternatives").EnumerateArray().Select(unit => unit.GetString()).ShouldBe(["m1"]);
        (await Card(order.Pack, "m2")).GetProperty("assignedTo").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Service.Query<long>(
            $"SELECT count(*) FROM audit WHERE changes::text LIKE '%{order.Turn}%' AND action LIKE 'PUT %/operator'"))
            .ShouldBe(1);

        await Done(Assign(order.Turn, null));
        (await Card(order.Turn)).GetProperty("assignedTo").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task It_is_a_request_others_begin_it_all_the_same()
    {
        var order = await plant.Release();
        await plant.Know("A1", "m1");
        await Done(Assign(order.Turn, "A1"));
        var work = await Service.Do($"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = order.SignOn, equipment = "m1" });
        work.GetProperty("operator").GetString().ShouldBe("O");
        (await Card(order.Turn)).GetProperty("assignedTo").GetString().ShouldBe("A1");
    }

    [Fact]
    public async Task Who_is_not_known_gone_or_without_the_skill_is_not_asked()
    {
        var order = await plant.Release();
        await plant.Know("A2", "m2");
        await plant.Know("A3", "m1");
        await Service.Deliver("workorders-know-person", new PersonChanged(
            "A3", 2, "Gone", false, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await Refused(Assign(order.Turn, "nobody"), HttpStatusCode.UnprocessableEntity, "operator-not-found");
        await Refused(Assign(order.Turn, "A2"), HttpStatusCode.UnprocessableEntity, "operator-not-qualified");
        await Refused(Assign(order.Turn, "A3"), HttpStatusCode.UnprocessableEntity, "operator-deactivated");
        await Refused(Assign(order.Turn, ""), HttpStatusCode.BadRequest, "invalid-code");
        await Refused(Assign(Guid.NewGuid(), "O"), HttpStatusCode.NotFound, "operation-not-found");
        (await Card(order.Turn)).GetProperty("assignedTo").ValueKind.ShouldBe(JsonValueKind.Null);
        await Done(Assign((await plant.Release(new { qualification = "Off" })).Turn, "A2"));      // it asks for no skill
    }

    [Fact]
    public async Task What_is_done_is_nobody_s_and_an_operator_asks_nobody()
    {
        var order = await plant.Release();
        var self = new Caller("O", "O", ActorKind.Operator, null, Roles.PermissionsOf[Roles.Operator]) { Operator = "O" };
        await Refused(Assign(order.Turn, "O", self), HttpStatusCode.Forbidden, "not-permitted");
        await Service.Do($"/api/work-orders/operations/{order.Turn}/complete", new { });
        await Refused(Assign(order.Turn, "O"), HttpStatusCode.UnprocessableEntity, "operation-done");
    }

    [Fact]
    public async Task How_much_is_ready_and_waits_is_counted_as_it_is_listed()
    {
        await plant.Release();
        var held = await plant.Release();
        await Service.Do($"/api/work-orders/orders/{held.Id}/hold", new { reason = "wait" });
        var counts = (await Service.Get("/api/work-orders/dispatch/counts?size=1000")).GetProperty("items").EnumerateArray()
            .ToDictionary(count => count.GetProperty("equipment").GetString()!, count =>
                (count.GetProperty("ready").GetInt32(), count.GetProperty("waiting").GetInt32()));
        foreach (var unit in new[] { "m1", "m2" })
        {
            var cards = (await Service.Get($"/api/work-orders/dispatch?equipment={unit}&size=1000")).GetProperty("items")
                .EnumerateArray().ToLookup(card => card.GetProperty("isReady").GetBoolean());
            counts[unit].ShouldBe((cards[true].Count(), cards[false].Count()));
        }
        counts["m1"].Item1.ShouldBeGreaterThan(0);
        counts["m2"].Item2.ShouldBeGreaterThan(1);
        var first = await Service.Get("/api/work-orders/dispatch/counts?size=1");
        (await Service.Get($"/api/work-orders/dispatch/counts?size=1&after={first.GetProperty("next").GetString()}"))
            .GetProperty("items")[0].GetProperty("equipment").GetString().ShouldBe("m2");
    }
}
