using System.Net;
using System.Text.Json;
using Mes.Web.Auth;

namespace Mes.WorkOrders.Tests.Features.Orders;

/// <summary>Orders are created, copied, split, merged and noted on by hand.</summary>
public sealed class OrderVerbTests(Plant plant) : IClassFixture<Plant>
{
    const string Orders = "/api/work-orders/orders";

    static string New() => Guid.NewGuid().ToString("N")[..10];

    static string Text(JsonElement order, string member) => order.GetProperty(member).GetString()!;

    static decimal Quantity(JsonElement order) => order.GetProperty("quantity").GetDecimal();

    Task<JsonElement> Show(Guid id) => plant.Service.Get($"{Orders}/{id}");

    async Task<JsonElement> Create(string revision, string number, decimal quantity = 5) => await plant.Service.Do(
        Orders, new { order = number, routing = "R", revision, quantity, dueAt = "2031-01-01T00:00:00Z", release = true });

    async Task<int> Told(Guid order) => (int)await plant.Service.Query<long>(
        $"SELECT count(*) FROM audit WHERE changes::text LIKE '%{order}%'");

    async Task<string> Refusal(string path, object body, int status = 422)
    {
        using var answer = await plant.Service.Send(path, body);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return Text(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, "code");
    }

    [Fact]
    public async Task An_order_is_created_by_hand_once_whoever_repeats_it()
    {
        var (like, number, command) = (await plant.Release(), New(), Guid.NewGuid());
        var body = new { order = number, routing = "R", revision = like.Number, quantity = 3, priority = 4 };

        var order = await plant.Service.Do(Orders, body, command);
        var again = await plant.Service.Do(Orders, body, command);

        again.GetRawText().ShouldBe(order.GetRawText());
        (Text(order, "order"), Text(order, "lot"), Text(order, "status")).ShouldBe((number, number, "Planned"));
        (await Told(order.GetProperty("id").GetGuid())).ShouldBe(1);
        (await Refusal(Orders, body, 409)).ShouldBe("order-exists");
        (await Refusal(Orders, new { routing = "R", quantity = 3 })).ShouldBe("order-number-missing");
        (await Refusal(Orders, new { order = New(), routing = "none", quantity = 3 })).ShouldBe("routing-not-found");
        (await Refusal(Orders, new { order = New(), routing = "R", quantity = 0 }, 400)).ShouldBe("invalid-value");
    }

    [Fact]
    public async Task A_copy_is_a_planned_order_of_the_same_routing()
    {
        var (order, number) = (await plant.Release(), New());
        await plant.Service.Do($"{Orders}/{order.Id}/cancel", new { reason = "x" });

        var copy = await plant.Service.Do(
            $"{Orders}/{order.Id}/copy", new { order = number, quantity = 4, dueAt = "2032-01-01T00:00:00Z" });

        (Text(copy, "order"), Text(copy, "lot"), Text(copy, "status")).ShouldBe((number, number, "Planned"));
        (Text(copy, "revision"), Quantity(copy)).ShouldBe((order.Number, 4));
        copy.GetProperty("operations").GetArrayLength().ShouldBe(2);
        copy.GetProperty("operations")[0].GetProperty("id").GetGuid().ShouldNotBe(order.Turn);
        (await Refusal($"{Orders}/{Guid.NewGuid()}/copy", new { order = New() }, 404)).ShouldBe("order-not-found");
    }

    [Fact]
    public async Task A_part_is_split_off_and_both_are_told()
    {
        var (order, number) = (await plant.Release(), New());
        await plant.Service.Do($"/api/work-orders/operations/{order.Turn}/reports", order.Report(3, 8));
        (await Refusal($"{Orders}/{order.Id}/split", new { quantity = 8, order = number })).ShouldBe("split-too-large");

        var split = await plant.Service.Do($"{Orders}/{order.Id}/split", new { quantity = 7, order = number });

        Quantity(split.GetProperty("order")).ShouldBe(3);
        Quantity(await Show(order.Id)).ShouldBe(3);
        var other = split.GetProperty("splitOff");
        (Text(other, "order"), Text(other, "status"), Quantity(other)).ShouldBe((number, "Released", 7));
        (await plant.Service.Query<long>(
            $"SELECT count(DISTINCT body ->> 'number') FROM outbox WHERE body ->> 'number' IN ('{order.Number}', '{number}')"))
            .ShouldBe(2);
        Verb(await Show(order.Id), "Split").ShouldBe((false, "nothing-untouched"));
        Verb(await Show(order.Id), "Close").ShouldBe((true, null));
    }

    static (bool, string?) Verb(JsonElement order, string verb)
    {
        var state = order.GetProperty("verbs").EnumerateArray().Single(known => Text(known, "verb") == verb);
        return (state.GetProperty("isAllowed").GetBoolean(), state.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Orders_are_merged_into_one()
    {
        var order = await plant.Release();
        var (one, two) = (await Create(order.Number, New()), await Create(order.Number, New(), 2));
        var orderIds = new[] { one, two }.Select(other => other.GetProperty("id").GetGuid()).ToArray();
        (await Refusal($"{Orders}/{order.Id}/merge", new { orderIds = new[] { order.Id } }))
            .ShouldBe("order-merged-into-itself");
        (await Refusal($"{Orders}/{order.Id}/merge", new { orderIds = Array.Empty<Guid>() }, 400)).ShouldBe("invalid-value");

        var merged = await plant.Service.Do($"{Orders}/{order.Id}/merge", new { orderIds, reason = "one set-up" });

        Quantity(merged).ShouldBe(17);
        foreach (var id in orderIds)
        {
            var gone = await Show(id);
            (Text(gone, "status"), Text(gone, "statusReason")).ShouldBe(("Cancelled", $"merged into {order.Number}"));
        }
        (await Refusal($"{Orders}/{order.Id}/merge", new { orderIds })).ShouldBe("wrong-order-status");
    }

    [Fact]
    public async Task Notes_are_listed_in_the_order_in_which_they_were_written()
    {
        var order = await plant.Release();
        var path = $"{Orders}/{order.Id}/notes";
        foreach (var text in new[] { "first", "second", "third" }) await plant.Service.Do(path, new { text });

        var page = await plant.Service.Get($"{path}?size=2");
        var rest = await plant.Service.Get($"{path}?after={Uri.EscapeDataString(page.GetProperty("next").GetString()!)}");

        page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray())
            .Select(note => Text(note, "text")).ShouldBe(["first", "second", "third"]);
        Text(page.GetProperty("items")[0], "writtenBy").ShouldBe("Tester");
        (await Refusal(path, new { text = "" }, 400)).ShouldBe("invalid-value");
        (await Refusal($"{Orders}/{Guid.NewGuid()}/notes", new { text = "x" }, 404)).ShouldBe("order-not-found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/{0}/copy")]
    [InlineData("/{0}/split")]
    [InlineData("/{0}/merge")]
    [InlineData("/{0}/notes")]
    public async Task Who_only_works_on_orders_makes_none(string verb)
    {
        using var answer = await plant.Service.Send(
            Orders + string.Format(null, verb, Guid.NewGuid()), new { }, role: Roles.Operator);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
