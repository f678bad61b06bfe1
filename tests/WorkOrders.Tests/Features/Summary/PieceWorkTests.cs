using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Builder;

namespace Mes.WorkOrders.Tests.Features.Summary;

/// <summary>Good pieces and hours per operator, operation and day of the plant, by which piece work is paid.</summary>
public sealed class PieceWorkTests : IAsyncLifetime
{
    ServiceHost<WorkOrdersDb> _service = null!;
    JsonElement _order;

    public async ValueTask InitializeAsync()
    {
        _service = await ServiceHost<WorkOrdersDb>.Start("work-orders", AddInShanghai, a => a.MapWorkOrders());
        await _service.Define("/api/work-orders/products", new { code = "P", name = "Part", unit = "pcs" });
        foreach (var code in new[] { "ANNA", "BO" })
        {
            await _service.Deliver("workorders-know-person", new PersonChanged(code, 1, $"Name of {code}", true, null));
            await _service.Do($"/api/work-orders/operators/{code}/skills", new { skills = new[] { "m1", "m2" } },
                method: HttpMethod.Put);
        }
        _order = await Order("4711");
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    // Where the day begins at 16:00 of the day before in UTC
    static void AddInShanghai(WebApplicationBuilder builder)
    {
        builder.Configuration["Plant:TimeZone"] = "Asia/Shanghai";
        builder.AddWorkOrders();
    }

    async Task<JsonElement> Order(string number)
    {
        await _service.Define("/api/work-orders/routings", new
        {
            code = "R", revision = number, product = "P",
            steps = new object[]
            {
                new { code = "turn", equipment = new[] { "m1" } },
                new { code = "pack", equipment = new[] { "m2" }, isReceipt = true }
            },
            policies = new { sequence = "Off", overQuantity = "Off", completesByQuantity = false }
        });
        return await _service.Define("/api/erp/orders",
            new { number, routing = "R", revision = number, quantity = 100, release = true });
    }

    async Task<Guid> Report(
        string @operator, int operation, string from, string to, decimal good, decimal scrap = 0, string activity = "Run",
        decimal nonconforming = 0)
    {
        var signOn = await _service.Do("/api/work-orders/sign-ons",
            new { @operator, station = "T", at = "2026-01-01T00:00:00Z" });
        var id = _order.GetProperty("operations")[operation].GetProperty("id").GetGuid();
        var taken = await _service.Do($"/api/work-orders/operations/{id}/reports", new
        {
            signOnId = signOn.GetProperty("id").GetGuid(), equipment = operation == 0 ? "m1" : "m2", activity, good, scrap,
            nonconforming, startedAt = from, endedAt = to
        });
        return taken.GetProperty("reportId").GetGuid();
    }

    async Task<List<string>> List(string query = "")
    {
        var page = await _service.Get(
            $"/api/work-orders/piece-work?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z{query}");
        return [.. page.GetProperty("items").EnumerateArray().Select(row => string.Join(' ',
            row.GetProperty("day").GetString(), row.GetProperty("operator").GetString(), row.GetProperty("order").GetString(),
            row.GetProperty("operation").GetString(), row.GetProperty("good").GetDecimal(), row.GetProperty("scrap").GetDecimal(),
            row.GetProperty("runHours").GetDecimal(), row.GetProperty("setupHours").GetDecimal()))];
    }

    [Fact]
    public async Task Pieces_and_hours_are_summed_by_operator_operation_and_day_of_the_plant()
    {
        await Report("ANNA", 0, "2026-01-05T01:00:00Z", "2026-01-05T01:30:00Z", 0, activity: "Setup");
        await Report("ANNA", 0, "2026-01-05T01:30:00Z", "2026-01-05T03:45:00Z", 12, 1);
        await Report("ANNA", 0, "2026-01-05T04:00:00Z", "2026-01-05T05:00:00Z", 8);
        await Report("ANNA", 1, "2026-01-05T05:00:00Z", "2026-01-05T05:20:00Z", 5);
        await Report("BO", 0, "2026-01-05T01:30:00Z", "2026-01-05T02:30:00Z", 7);
        await Report("ANNA", 0, "2026-01-05T15:00:00Z", "2026-01-05T16:00:00Z", 3);   // ends as the day of the plant does
        await Report("ANNA", 0, "2026-01-05T15:30:00Z", "2026-01-05T16:30:00Z", 4);   // ends on the next
        var mistake = await Report("BO", 0, "2026-01-06T01:00:00Z", "2026-01-06T02:00:00Z", 50);
        await _service.Do($"/api/work-orders/reports/{mistake}/undo", new { reason = "mistyped" });

        (await List()).ShouldBe(
        [
            "2026-01-05 ANNA 4711 turn 23 1 4.25 0.5",
            "2026-01-05 ANNA 4711 pack 5 0 0.333333 0",
            "2026-01-05 BO 4711 turn 7 0 1 0",
            "2026-01-06 ANNA 4711 turn 4 0 1 0",
        ]);
        (await List("&operator=BO")).ShouldBe(["2026-01-05 BO 4711 turn 7 0 1 0"]);
        (await List("&size=2&after=2")).ShouldBe(
            ["2026-01-05 BO 4711 turn 7 0 1 0", "2026-01-06 ANNA 4711 turn 4 0 1 0"]);
        var first = (await _service.Get("/api/work-orders/piece-work?from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z&size=1"));
        first.GetProperty("next").GetString().ShouldBe("1");
        first.GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("Name of ANNA");
        first.GetProperty("items")[0].GetProperty("unit").GetString().ShouldBe("pcs");
    }

    [Fact]
    public async Task Orders_and_products_can_be_asked_for_and_what_quality_decides_counts()
    {
        var report = await Report("BO", 0, "2026-01-07T01:00:00Z", "2026-01-07T02:00:00Z", 7, nonconforming: 3);
        (await List("&order=4711")).ShouldBe(["2026-01-07 BO 4711 turn 7 0 1 0"]);
        (await List("&product=P")).Count.ShouldBe(1);
        (await List("&order=4712")).ShouldBeEmpty();
        (await List("&product=Q")).ShouldBeEmpty();

        await _service.Deliver("workorders-heed-judgement", new PiecesJudged(Guid.NewGuid(), 1, report, 2, 1, -3, "checked"));

        (await List("&order=4711")).ShouldBe(["2026-01-07 BO 4711 turn 9 1 1 0"]);
    }

    [Fact]
    public async Task A_time_that_is_none_is_refused()
    {
        using var answer = await _service.Http.GetAsync(
            "/api/work-orders/piece-work?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("window-wrong");
    }
}
