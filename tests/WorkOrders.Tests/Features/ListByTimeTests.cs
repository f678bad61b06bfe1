namespace Mes.WorkOrders.Tests.Features;

/// <summary>Lists show what of a time is asked for, its start included and its end not.</summary>
public sealed class ListByTimeTests(Plant plant) : IClassFixture<Plant>
{
    [Fact]
    public async Task Orders_are_listed_by_when_they_are_due()
    {
        var order = await plant.Release();
        var path = $"/api/work-orders/orders?order={order.Number}";
        (await Count(path)).ShouldBe(1);
        (await Count($"{path}&from=2000-01-01T00:00:00Z")).ShouldBe(0, "it is not due");

        await plant.Service.Define("/api/erp/orders", new
        {
            number = order.Number, routing = "R", revision = order.Number, quantity = 10, dueAt = "2031-05-05T12:00:00Z"
        });

        await ShouldBeOf(path, "2031-05-05T12:00:00Z", "2031-05-05T12:00:00.001Z");
    }

    [Fact]
    public async Task Reports_are_listed_by_the_end_of_the_work()
    {
        var order = await plant.Release();
        await plant.Service.Do($"/api/work-orders/operations/{order.Turn}/reports", order.Report(1, 8));

        await ShouldBeOf(
            $"/api/work-orders/operations/{order.Turn}/reports?", "2026-01-02T08:30:00Z", "2026-01-02T08:30:00.001Z");
    }

    [Fact]
    public async Task Discrepancies_are_listed_by_status_and_by_when_they_were_found()
    {
        var order = await plant.Release();
        await plant.Service.Do($"/api/work-orders/operations/{order.Pack}/reports", order.Report(1, 8, "m2"));
        var path = $"/api/work-orders/discrepancies?order={order.Number}";
        var found = (await plant.Service.Get($"{path}&status=Open")).GetProperty("items")[0];
        await ShouldBeOf(path, Text(found.GetProperty("foundAt").GetDateTimeOffset()),
            Text(found.GetProperty("foundAt").GetDateTimeOffset().AddMilliseconds(1)));
        (await Count($"{path}&status=Settled")).ShouldBe(0);

        await plant.Service.Do(
            $"/api/work-orders/discrepancies/{found.GetProperty("id").GetGuid()}/settle", new { settlement = "Reported late" });

        (await Count($"{path}&status=Open")).ShouldBe(0);
        (await Count($"{path}&status=Settled")).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_settle_a_discrepancy_one_does()
    {
        var order = await plant.Release();
        await plant.Service.Do($"/api/work-orders/operations/{order.Pack}/reports", order.Report(1, 8, "m2"));
        var list = $"/api/work-orders/discrepancies?order={order.Number}";
        var id = (await plant.Service.Get(list)).GetProperty("items")[0].GetProperty("id").GetGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var answer = await plant.Service.Send(
                $"/api/work-orders/discrepancies/{id}/settle", new { settlement = $"By person {number}" });
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }));

        var settled = answers.Where(answer => answer.Item1 == 200).ShouldHaveSingleItem().Item2;
        answers.Where(answer => answer.Item1 != 200).ShouldAllBe(answer => answer.Item2.Contains("already-settled"));
        settled.ShouldContain((await plant.Service.Get(list)).GetProperty("items")[0].GetProperty("settlement").GetString()!);
    }

    /// <summary>One thing is of the time from its own on, up to the one after it.</summary>
    async Task ShouldBeOf(string path, string time, string after)
    {
        (await Count($"{path}&from={time}&to={after}")).ShouldBe(1);
        (await Count($"{path}&from={time}")).ShouldBe(1);
        (await Count($"{path}&from={after}")).ShouldBe(0);
        (await Count($"{path}&to={time}")).ShouldBe(0);
        using var empty = await plant.Service.Http.GetAsync($"{path}&from={after}&to={time}");
        (await empty.Content.ReadAsStringAsync()).ShouldContain("window-wrong");
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O");

    async Task<int> Count(string path) => (await plant.Service.Get(path)).GetProperty("items").GetArrayLength();
}
