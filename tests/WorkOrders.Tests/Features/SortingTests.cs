using System.Globalization;
using System.Text.Json;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>Lists are sorted by what the caller names, whole or page by page.</summary>
public sealed class SortingTests(Plant plant) : IClassFixture<Plant>
{
    const string Orders = "/api/work-orders/orders";

    static readonly (string? Due, int Priority)[] Made =
    [
        ("2031-05-03T00:00:00Z", 5), (null, 0), ("2031-05-01T00:00:00Z", 5), ("2031-05-01T00:00:00Z", 9), (null, 5),
        ("2031-05-02T00:00:00Z", 0)
    ];

    [Theory]
    [InlineData("Order", "order")]
    [InlineData("DueAt", "dueAt")]
    [InlineData("Priority", "priority")]
    [InlineData("Product", "product")]
    public async Task Orders_are_sorted_up_and_down_and_pages_go_on_where_the_last_ended(string sort, string member)
    {
        await Make();
        foreach (var descending in new[] { false, true })
        {
            var path = $"{Orders}?sort={sort}&descending={(descending ? "true" : "false")}";
            var whole = (await plant.Service.Get(path)).GetProperty("items").EnumerateArray().ToList();
            whole.Count.ShouldBeGreaterThanOrEqualTo(Made.Length);
            var keys = whole.ConvertAll(order => Key(order.GetProperty(member)));
            keys.ShouldBe(descending ? keys.OrderDescending(StringComparer.Ordinal) : keys.Order(StringComparer.Ordinal));
            (await Pages(path)).ShouldBe(whole.Select(Id));
        }
    }

    [Fact]
    public async Task Orders_are_listed_by_number_unless_told()
    {
        await Make();
        var numbers = (await plant.Service.Get(Orders)).GetProperty("items").EnumerateArray()
            .Select(order => order.GetProperty("order").GetString()).ToList();
        numbers.ShouldBe(numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reports_are_sorted_by_the_end_of_the_work_or_by_when_they_came()
    {
        var order = await plant.Release();
        var path = $"/api/work-orders/operations/{order.Turn}/reports?";
        foreach (var hour in new[] { 9, 8, 10 })
        {
            await plant.Service.Do($"/api/work-orders/operations/{order.Turn}/reports", order.Report(1, hour));
        }
        var byEnd = await Pages(path);
        (await Pages($"{path}&descending=true")).ShouldBe(byEnd.AsEnumerable().Reverse());
        var byArrival = await Pages($"{path}&sort=ReportedAt");
        byArrival.ShouldBe([byEnd[1], byEnd[0], byEnd[2]]);
    }

    [Theory]
    [InlineData("sort=Size", "malformed-request")]
    [InlineData("sort=1", "invalid-value")]
    [InlineData("descending=perhaps", "malformed-request")]
    [InlineData("after=x", "page-key-wrong")]
    [InlineData("after=[\"1\",\"2\"]", "page-key-wrong")]
    [InlineData("after=[\"null\",\"null\"]", "page-key-wrong")]
    [InlineData("sort=Priority&after=[\"1e9\",\"\\\"5bd8d7ae-66ef-4d5c-a5e7-5a9e1e2f3c41\\\"\"]", "page-key-wrong")]
    [InlineData("sort=DueAt&after=[\"7\",\"\\\"5bd8d7ae-66ef-4d5c-a5e7-5a9e1e2f3c41\\\"\"]", "page-key-wrong")]
    [InlineData("after=[\"\\\"\\\\u0000\\\"\",\"\\\"5bd8d7ae-66ef-4d5c-a5e7-5a9e1e2f3c41\\\"\"]", "page-key-wrong")]
    public async Task What_no_page_has_given_is_refused(string query, string code)
    {
        using var answer = await plant.Service.Http.GetAsync($"{Orders}?{query}");
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    /// <summary>A due date given with another offset than UTC is the same time.</summary>
    [Fact]
    public async Task A_key_may_name_a_time_by_any_offset()
    {
        await Make();
        var last = Uri.EscapeDataString("""["\"2031-05-01T02:00:00+02:00\"","\"ffffffff-ffff-ffff-ffff-ffffffffffff\""]""");
        var items = (await plant.Service.Get($"{Orders}?sort=DueAt&after={last}")).GetProperty("items");
        items[0].GetProperty("dueAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse(
            "2031-05-02T00:00:00Z", CultureInfo.InvariantCulture));
    }

    async Task Make()
    {
        foreach (var (due, priority) in Made)
        {
            var order = await plant.Release();
            await plant.Service.Define("/api/erp/orders", new
            {
                number = order.Number, routing = "R", revision = order.Number, quantity = 10, priority, dueAt = due
            });
        }
    }

    async Task<List<Guid>> Pages(string path)
    {
        var items = new List<Guid>();
        string? next = null;
        do
        {
            var page = await plant.Service.Get($"{path}&size=2{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}");
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return items;
    }

    static Guid Id(JsonElement item) => item.GetProperty("id").GetGuid();

    // as text that sorts alike: numbers of one length, nothing after all times
    static string Key(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt32().ToString("D9", CultureInfo.InvariantCulture),
        JsonValueKind.Null => "~",
        _ => value.GetString()!
    };
}
