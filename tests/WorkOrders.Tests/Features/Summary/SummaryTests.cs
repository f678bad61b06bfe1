using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Summary;

/// <summary>What is read is bounded: sums by a time, lists by pages.</summary>
public sealed class SummaryTests(Plant plant) : IClassFixture<Plant>
{
    ServiceHost<WorkOrdersDb> Service => plant.Service;

    [Fact]
    public async Task Work_is_summed_up_over_the_time_asked_for()
    {
        var order = await plant.Release();
        await Report(order, order.Report(2, 8));
        await Report(order, order.Report(3, 9));
        var mistake = await Report(order, order.Report(4, 8));
        await Service.Do($"/api/work-orders/reports/{mistake}/undo", new { reason = "mistyped" });

        (await Sums("08:00", "08:30")).ShouldBe((1, 2, 30));
        (await Sums("08:30", "09:30")).ShouldBe((1, 3, 30));
        (await Sums("08:00", "09:30")).ShouldBe((2, 5, 60));
        (await Sums("09:30", "10:00")).ShouldBe((0, 0, 0));
        (await Summary("")).GetProperty("goodByEquipment").EnumerateObject().ShouldBeEmpty("the last 24 hours unless told");
    }

    [Fact]
    public async Task Orders_count_while_they_are_open_and_where_they_were_worked_on()
    {
        var order = await plant.Release();
        await Report(order, order.Report(2, 14));
        Status(await Summary(Hours("15:00", "16:00")), "Released").ShouldBeGreaterThanOrEqualTo(1);
        await Service.Do($"/api/erp/orders/{Uri.EscapeDataString(order.Number)}/close", new { reason = "enough" });

        Status(await Summary(Hours("14:00", "15:00")), "ClosedShort").ShouldBe(1);
        Status(await Summary(Hours("15:00", "16:00")), "ClosedShort").ShouldBe(0);
    }

    [Theory]
    [InlineData("?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("?from=2020-01-01T00:00:00Z")]
    [InlineData("?to=0001-01-01T00:00:00Z")]
    [InlineData("?from=9999-12-31T23:59:59Z")]
    public async Task A_time_that_is_none_or_too_long_is_refused(string window)
    {
        using var answer = await Service.Http.GetAsync($"/api/work-orders/summary{window}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("window-wrong");
    }

    [Fact]
    public async Task The_equipment_to_work_at_comes_page_by_page()
    {
        await plant.Release();
        var first = await Service.Get("/api/work-orders/dispatch/equipment?size=1");
        Codes(first).ShouldBe(["m1"]);
        var second = await Service.Get($"/api/work-orders/dispatch/equipment?size=1&after={first.GetProperty("next")}");
        Codes(second).ShouldBe(["m2"]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    async Task<Guid> Report(Plant.Order order, object report) =>
        (await Service.Do($"/api/work-orders/operations/{order.Turn}/reports", report)).GetProperty("reportId").GetGuid();

    async Task<(int, decimal, decimal)> Sums(string from, string to)
    {
        var sums = await Summary(Hours(from, to));
        return (sums.GetProperty("reports").GetInt32(), sums.GetProperty("good").GetDecimal(),
            sums.GetProperty("labourMinutes").GetProperty("run").GetDecimal());
    }

    Task<JsonElement> Summary(string window) => Service.Get($"/api/work-orders/summary{window}");

    static string Hours(string from, string to) => $"?from=2026-01-02T{from}:00Z&to=2026-01-02T{to}:00Z";

    static int Status(JsonElement sums, string status) =>
        sums.GetProperty("ordersByStatus").TryGetProperty(status, out var count) ? count.GetInt32() : 0;

    static IEnumerable<string?> Codes(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(code => code.GetString());
}
