using System.Net;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests;

/// <summary>Pieces count as Quality has decided.</summary>
public sealed class JudgementTests(Plant plant) : IClassFixture<Plant>
{
    const string Queue = "workorders-heed-judgement";

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_inspection_rejects_and_a_person_scraps_is_the_orders_scrap_in_any_order(bool inTurn)
    {
        var (order, report) = await Reported(10);
        var rejected = new PiecesJudged(Guid.NewGuid(), 1, report, -2, 0, 2, "INS-1 has failed");
        var scrapped = rejected with { Version = 2, Scrap = 2, Nonconforming = 0, Reason = "scrap" };
        foreach (var state in inTurn ? new[] { rejected, scrapped } : [scrapped, rejected])
        {
            await Service.Deliver(Queue, state, times: 2);
        }

        (await Figures(order)).ShouldBe("8.000000 2.000000 0.000000");
        (await Service.Query<decimal>($"SELECT received FROM work_order WHERE id = '{order.Id}'")).ShouldBe(8);
        (await Sum(order)).ShouldBe("8.000000 2.000000 0.000000");
        (await Service.Query<long>(
            $"""
            SELECT count(*) FROM report r WHERE r.order_id = '{order.Id}' AND NOT EXISTS (
                SELECT FROM erp_pending WHERE report_id = r.id UNION ALL SELECT FROM erp_feed WHERE report_id = r.id)
            """)).ShouldBe(0, "each correction is confirmed to the ERP");
    }

    [Fact]
    public async Task What_is_used_as_it_is_is_good_and_completes_the_order_no_sooner_than_it_is()
    {
        var (order, report) = await Reported(10);
        var rejected = new PiecesJudged(Guid.NewGuid(), 1, report, -2, 0, 2, "INS-1 has failed");
        await Service.Deliver(Queue, rejected);
        (await Figures(order)).ShouldBe("8.000000 0.000000 2.000000");

        await Service.Deliver(Queue, rejected with { Version = 2, Good = 0, Nonconforming = 0 });

        (await Figures(order)).ShouldBe("10.000000 0.000000 0.000000");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_decided_on_an_undone_report_counts_nowhere(bool undoneFirst)
    {
        var (order, report) = await Reported(10);
        var judged = new PiecesJudged(Guid.NewGuid(), 1, report, -2, 2, 0, "scrap");
        var withdrawn = judged with { Version = 2, Good = 0, Scrap = 0 };
        if (!undoneFirst) await Service.Deliver(Queue, judged);
        await Service.Do($"/api/work-orders/reports/{report}/undo", new { reason = "typo" });
        if (undoneFirst) await Service.Deliver(Queue, judged);
        await Service.Deliver(Queue, withdrawn);

        (await Figures(order)).ShouldBe("0.000000 0.000000 0.000000");
        (await Sum(order)).ShouldBe("0.000000 0.000000 0.000000");
        (await Service.Query<string>($"SELECT status FROM operation WHERE id = '{order.Pack}'"))
            .ShouldBe(await Service.Query<string>($"SELECT status FROM operation WHERE id = '{await UndoneAlone()}'"));
    }

    [Fact]
    public async Task A_correction_is_not_undone_by_hand()
    {
        var (order, report) = await Reported(10);
        await Service.Deliver(Queue, new PiecesJudged(Guid.NewGuid(), 1, report, -2, 2, 0, "scrap"));
        var correction = await Service.Query<Guid>($"SELECT id FROM report WHERE corrects = '{report}'");
        using var refused = await Service.Send($"/api/work-orders/reports/{correction}/undo", new { reason = "typo" });

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Figures(order)).ShouldBe("8.000000 2.000000 0.000000");
    }

    async Task<(Plant.Order Order, Guid Report)> Reported(decimal good)
    {
        var order = await plant.Release();
        var id = Guid.NewGuid();
        await Service.Do($"/api/work-orders/operations/{order.Pack}/reports", order.Report(good, 9, "m2"), id);
        return (order, id);
    }

    async Task<Guid> UndoneAlone()
    {
        var (order, report) = await Reported(10);
        await Service.Do($"/api/work-orders/reports/{report}/undo", new { reason = "typo" });
        return order.Pack;
    }

    Task<string> Figures(Plant.Order order) =>
        Service.Query<string>($"SELECT concat_ws(' ', good, scrap, nonconforming) FROM operation WHERE id = '{order.Pack}'");

    Task<string> Sum(Plant.Order order) => Service.Query<string>(
        $"SELECT concat_ws(' ', sum(good), sum(scrap), sum(nonconforming)) FROM report WHERE operation_id = '{order.Pack}'");
}
