using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>Lists are searched by what codes, numbers and names begin with.</summary>
public sealed class SearchTests(Plant plant) : IClassFixture<Plant>
{
    const string Orders = "/api/work-orders/orders";

    [Fact]
    public async Task Products_are_found_by_code_and_name_and_their_routings_and_orders_by_them()
    {
        foreach (var code in SearchedList.Codes)
        {
            await plant.Service.Define("/api/work-orders/products", new { code, name = $"Name of {code}", unit = "pcs" });
            var steps = new[] { new { code = "turn", equipment = new[] { "m1" }, isReceipt = true } };
            foreach (var revision in new[] { "1", "2" })
                await plant.Service.Define("/api/work-orders/routings",
                    new { code = $"R of {code}", revision, product = code, steps });
            await plant.Service.Define("/api/erp/orders",
                new { number = $"O of {code}", routing = $"R of {code}", quantity = 1, lot = $"L of {code}" });
        }
        var products = SearchedList.Of(plant.Service, "/api/work-orders/products?", "code");
        await products.ShouldBeSearchedByCode();
        await products.ShouldFind("name of FIND_", "find_2");
        var routings = SearchedList.Of(plant.Service, "/api/work-orders/routings?", "code");
        await routings.ShouldFind("r OF find%", "R of FIND%1", "R of FIND%1");
        await routings.ShouldFind("find_", "R of find_2", "R of find_2");
        await routings.ShouldFind("r of findb");
        await SearchedList.Of(plant.Service, "/api/work-orders/routings?product=find_2&", "code")
            .ShouldFind("finda");

        var orders = SearchedList.Of(plant.Service, $"{Orders}?", "product");
        await orders.ShouldBeSearchedByCode();
        await orders.ShouldFind("o of find_", "find_2");
        await orders.ShouldFind("L OF FINDA", "FindA3");
        foreach (var sort in new[] { "DueAt", "Priority", "Product" })
            (await Found($"sort={sort}&descending=true&search=find")).Count.ShouldBe(SearchedList.Codes.Length, sort);
    }

    [Fact]
    public async Task Operators_are_found_by_code_and_name()
    {
        foreach (var code in SearchedList.Codes)
            await plant.Service.Deliver("workorders-know-person", new PersonChanged(code, 1, $"Name of {code}", true, null));
        var list = SearchedList.Of(plant.Service, "/api/work-orders/operators?", "code");
        await list.ShouldBeSearchedByCode();
        await list.ShouldFind("NAME OF FIND_", "find_2");
    }

    [Fact]
    public async Task What_is_too_long_to_be_found_is_refused()
    {
        using var answer = await plant.Service.Http.GetAsync($"{Orders}?search={new string('x', 101)}");
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("invalid-value");
    }

    [Fact]
    public async Task Orders_are_listed_by_several_statuses_and_by_whether_they_are_late()
    {
        var (released, held, late) = (await plant.Release(), await plant.Release(), await plant.Release());
        await plant.Service.Do($"{Orders}/{held.Id}/hold", new { reason = "waits" });
        await Due(late, "2020-01-01T00:00:00Z");
        await Due(released, "2190-01-01T00:00:00Z");

        (await Found("status=Released&status=OnHold")).Intersect([released.Number, held.Number]).Count().ShouldBe(2);
        (await Found("status=OnHold")).ShouldNotContain(released.Number);
        (await Found("late=true")).ShouldContain(late.Number);
        (await Found("late=true")).ShouldNotContain(released.Number);
        (await Found("late=false")).Intersect([released.Number, held.Number]).Count().ShouldBe(2);
        (await Found("late=false")).ShouldNotContain(late.Number);

        await plant.Service.Deliver("workorders-take-plan", new SchedulePublished(Guid.NewGuid(), 1, 0, 1,
        [
            new ScheduledOperation(released.Turn, "m1", At("2190-01-01T00:00:00Z"), At("2190-01-01T00:00:00Z"),
                At("2190-01-01T01:00:00Z"))
        ]));
        (await Found("late=true")).ShouldContain(released.Number, "the plan has it end after it is due");
        var line = (await plant.Service.Get($"{Orders}?order={released.Number}")).GetProperty("items")[0];
        line.GetProperty("plannedEndAt").GetDateTimeOffset().ShouldBe(At("2190-01-01T01:00:00Z"));
        line.GetProperty("routing").GetString().ShouldBe("R");

        await plant.Service.Do($"{Orders}/{late.Id}/cancel", new { reason = "too late" });
        (await Found("late=true")).ShouldNotContain(late.Number, "it is finished");
    }

    [Theory]
    [InlineData("status=Released&status=1")]
    [InlineData("status=Released&status=Gone")]
    [InlineData("late=perhaps")]
    public async Task A_filter_that_is_none_is_refused(string query)
    {
        using var answer = await plant.Service.Http.GetAsync($"{Orders}?{query}");
        ((int)answer.StatusCode).ShouldBe(400);
    }

    Task Due(Plant.Order order, string dueAt) => plant.Service.Define("/api/erp/orders",
        new { number = order.Number, routing = "R", revision = order.Number, quantity = 10, dueAt });

    async Task<List<string>> Found(string query) =>
        [.. (await plant.Service.Get($"{Orders}?{query}&size=1000")).GetProperty("items").EnumerateArray()
            .Select(order => order.GetProperty("order").GetString()!)];

    static DateTimeOffset At(string time) => JsonSerializer.Deserialize<DateTimeOffset>($"\"{time}\"");
}
