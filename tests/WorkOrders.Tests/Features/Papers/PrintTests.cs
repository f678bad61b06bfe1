namespace Mes.WorkOrders.Tests.Features.Papers;

/// <summary>What is printed of an order is counted, so that a reprint says that it is one.</summary>
public sealed class PrintTests(Plant plant) : IClassFixture<Plant>
{
    static string Prints(Guid order) => $"/api/work-orders/orders/{order}/prints";

    [Fact]
    public async Task Each_paper_is_counted_by_itself_a_repeated_command_once_and_the_last_comes_first()
    {
        var (order, command) = (await plant.Release(), Guid.NewGuid());
        var first = await plant.Service.Do(Prints(order.Id), new { paper = "Traveller" }, command);
        var again = await plant.Service.Do(Prints(order.Id), new { paper = "Traveller" }, command);
        again.GetRawText().ShouldBe(first.GetRawText());
        first.GetProperty("number").GetInt32().ShouldBe(1);
        (await plant.Service.Do(Prints(order.Id), new { paper = "UnitLabels" })).GetProperty("number").GetInt32().ShouldBe(1);
        (await plant.Service.Do(Prints(order.Id), new { paper = "Traveller" })).GetProperty("number").GetInt32().ShouldBe(2);

        var page = await plant.Service.Get($"{Prints(order.Id)}?paper=Traveller&size=1");
        page.GetProperty("items")[0].GetProperty("number").GetInt32().ShouldBe(2);
        var next = await plant.Service.Get(
            $"{Prints(order.Id)}?paper=Traveller&size=1&after={page.GetProperty("next").GetString()}");
        next.GetProperty("items")[0].GetProperty("number").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_print_at_once_have_two_numbers()
    {
        var order = await plant.Release();
        var prints = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => plant.Service.Do(Prints(order.Id), new { paper = "Traveller" })));
        prints.Select(print => print.GetProperty("number").GetInt32()).Order().ShouldBe([1, 2, 3, 4]);
    }

    [Theory]
    [InlineData("""{"paper":"Poster"}""", 400)]
    [InlineData("{}", 400)]
    public async Task What_is_no_paper_is_refused(string body, int status)
    {
        var order = await plant.Release();
        using var answer = await plant.Service.Send(Prints(order.Id), System.Text.Json.JsonDocument.Parse(body).RootElement);
        ((int)answer.StatusCode).ShouldBe(status);
    }
}
