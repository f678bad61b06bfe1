using System.Net;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features.Production;

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

    [Theory]
    [InlineData(8, 0)]
    [InlineData(10, 1)]
    public async Task What_is_ahead_after_a_second_decision_is_judged_by_all_that_it_changes(decimal packed, long ahead)
    {
        var order = await plant.Release();
        var report = Guid.NewGuid();
        await Work(order.Turn, "m1", 10, 8, report);
        await Work(order.Pack, "m2", packed, 9, Guid.NewGuid());
        var rejected = new PiecesJudged(Guid.NewGuid(), 1, report, -2, 0, 2, "INS-1 has failed");
        await Service.Deliver(Queue, rejected);
        (await Ahead()).ShouldBe(ahead, "eight were delivered");

        await Service.Deliver(Queue, rejected with { Version = 2, Scrap = 2, Nonconforming = 0, Reason = "scrap" });

        (await Ahead()).ShouldBe(ahead, "eight still");

        Task<long> Ahead() => Service.Query<long>(
            $"SELECT count(*) FROM discrepancy WHERE operation_id = '{order.Pack}' AND kind = 'sequence'");

        Task Work(Guid operation, string equipment, decimal good, int hour, Guid id) => Service.Do(
            $"/api/work-orders/operations/{operation}/reports", new
            {
                signOnId = order.SignOn, equipment, activity = "Run", good,
                startedAt = $"2026-01-02T{hour:00}:00:00Z", endedAt = $"2026-01-02T{hour:00}:30:00Z"
            }, id);
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

    [Fact]
    public void What_is_decided_counts_in_the_shift_of_the_work_also_where_it_ends_with_the_shift()
    {
        var judged = new PiecesJudged(Guid.NewGuid(), 1, Guid.NewGuid(), -2, 2, 0, "scrap");
        var start = new DateTimeOffset(2026, 1, 2, 6, 0, 0, TimeSpan.Zero);
        At(start.AddHours(8)).ShouldBe((start.AddHours(8).AddMicroseconds(-1), start.AddHours(8).AddMicroseconds(-1)));
        At(start).ShouldBe((start, start), "a report without a length counts at its instant");

        (DateTimeOffset, DateTimeOffset) At(DateTimeOffset end)
        {
            var report = new ProductionReport
            {
                Equipment = "m1", Operator = "O", StartedAt = start, EndedAt = end, Good = 10, Consumed = []
            };
            var correction = report.Correction(Guid.NewGuid(), judged, end);
            return (correction.StartedAt, correction.EndedAt);
        }
    }

    [Fact]
    public async Task An_order_does_not_complete_between_a_decision_and_the_next()
    {
        var (order, report) = await Reported(10, new { sequence = "Warn", completesByQuantity = true });
        (await Completions()).ShouldBe(1);
        var rejected = new PiecesJudged(Guid.NewGuid(), 1, report, -2, 0, 2, "INS-1 has failed");
        await Service.Deliver(Queue, rejected);
        await Service.Deliver(Queue, rejected with { Version = 2, Scrap = 2, Nonconforming = 0, Reason = "scrap" });

        (await Figures(order)).ShouldBe("8.000000 2.000000 0.000000");
        (await Completions()).ShouldBe(1);

        Task<long> Completions() => Service.Query<long>(
            $"""
            SELECT count(*) FROM outbox WHERE type = 'WorkOrderChanged' AND body->>'orderId' = '{order.Id}'
                AND body->>'status' = 'Completed'
            """);
    }

    [Fact]
    public async Task Pieces_that_were_sent_to_rework_are_taken_off_once()
    {
        var order = await plant.Release();
        var report = Guid.NewGuid();
        await Work(0, 2, 8, report);
        await Service.Deliver(Queue, new PiecesJudged(Guid.NewGuid(), 1, report, 0, 0, -2, "rework"));
        (await Open(order, "m1")).ShouldBe(10, "they are to be worked on");
        await Work(2, 0, 9, isRework: true);
        (await Open(order, "m1")).ShouldBe(8);
        await Work(0, 3, 10);
        (await Open(order, "m1")).ShouldBe(5, "pieces that wait for Quality are not open");

        Task Work(decimal good, decimal nonconforming, int hour, Guid? id = null, bool isRework = false) => Service.Do(
            $"/api/work-orders/operations/{order.Turn}/reports", new
            {
                signOnId = order.SignOn, equipment = "m1", activity = "Run", good, nonconforming, isRework,
                startedAt = $"2026-01-02T{hour:00}:00:00Z", endedAt = $"2026-01-02T{hour:00}:30:00Z"
            }, id);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_comes_of_an_operation_that_is_done_already_is_offered_to_the_next(bool byQuality, bool byQuantity)
    {
        var order = await plant.Release(new { sequence = "Warn", completesByQuantity = byQuantity });
        var report = Guid.NewGuid();
        await Work(order.Turn, 8, 2, 8, report);
        await Service.Do($"/api/work-orders/operations/{order.Turn}/complete", new { });
        await Work(order.Pack, 8, 0, 9);
        if (!byQuantity)
        {
            await Service.Do($"/api/work-orders/operations/{order.Pack}/complete", new { });
        }
        (await IsDone(order.Pack)).ShouldBeTrue();
        var version = await Version();

        if (byQuality)
        {
            await Service.Deliver(Queue, new PiecesJudged(Guid.NewGuid(), 1, report, 2, 0, -2, "use as is"));
        }
        else
        {
            await Work(order.Turn, 2, 0, 10);
        }

        (await IsDone(order.Turn)).ShouldBeTrue();
        (await Open(order, "m2")).ShouldBe(2);
        (await Version()).ShouldBeGreaterThan(version, "the others are told");
        await Work(order.Pack, 2, 0, 11);
        (await Service.Query<decimal>($"SELECT received FROM work_order WHERE id = '{order.Id}'")).ShouldBe(10);

        Task<bool> IsDone(Guid operation) =>
            Service.Query<bool>($"SELECT status = 'Done' FROM operation WHERE id = '{operation}'");
        Task<long> Version() => Service.Query<long>($"SELECT version FROM work_order WHERE id = '{order.Id}'");
        Task Work(Guid operation, decimal good, decimal nonconforming, int hour, Guid? id = null) => Service.Do(
            $"/api/work-orders/operations/{operation}/reports", new
            {
                signOnId = order.SignOn, equipment = operation == order.Turn ? "m1" : "m2", activity = "Run", good, nonconforming,
                startedAt = $"2026-01-02T{hour:00}:00:00Z", endedAt = $"2026-01-02T{hour:00}:30:00Z"
            }, id);
    }

    [Fact]
    public async Task A_correction_is_no_work_and_no_discrepancy()
    {
        var (order, report) = await Reported(10);
        var equipment = $"e{Guid.NewGuid():N}"[..10];
        await Service.Deliver("workorders-know-equipment",
            new EquipmentChanged(equipment, 1, "Mill", "WC", EquipmentKind.Production));
        var other = await plant.Release(new { sequence = "Warn", qualification = "Warn", completesByQuantity = false });
        var work = Guid.NewGuid();
        await Service.Do($"/api/work-orders/operations/{other.Pack}/reports", other.Report(10, 9, equipment), work);
        var reports = await Count();
        await Service.Deliver(Queue, new PiecesJudged(Guid.NewGuid(), 1, report, -2, 2, 0, "scrap"));
        await Service.Deliver(Queue, new PiecesJudged(Guid.NewGuid(), 1, work, -2, 2, 0, "scrap"));
        var nine = new DateTimeOffset(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);
        await Service.Deliver("workorders-book-downtime-labour",
            new DowntimeRecorded(Guid.NewGuid(), equipment, null, null, null, null, nine, nine.AddHours(1)));

        (await Count()).ShouldBe(reports);
        (await Service.Query<long>(
            $"""
            SELECT count(*) FROM discrepancy d JOIN report r ON r.id = d.subject_id
            WHERE d.order_id IN ('{order.Id}', '{other.Id}') AND r.corrects IS NOT NULL
            """)).ShouldBe(0);
        (await Service.Query<string>(
            $"""
            SELECT string_agg(kind, ' ' ORDER BY kind) FROM discrepancy
            WHERE subject_id = '{work}' AND kind IN ('equipment-down', 'sequence')
            """)).ShouldBe("equipment-down sequence");
        var views = (await Service.Get($"/api/work-orders/operations/{order.Pack}/reports")).GetProperty("items");
        views.EnumerateArray().Select(view => view.GetProperty("corrects").GetString())
            .ShouldBe([null, $"{report}"], ignoreOrder: true);
        await Poll.Until(async () => (await Service.Get("/api/erp/confirmations?size=1000")).GetRawText()
            .Contains($"\"corrects\":\"{work}\"", StringComparison.Ordinal), TimeSpan.FromMinutes(2), "it is confirmed");

        async Task<int> Count() => (await Service.Get(
            "/api/work-orders/summary?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z")).GetProperty("reports").GetInt32();
    }

    async Task<decimal> Open(Plant.Order of, string equipment) =>
        (await Service.Get($"/api/work-orders/dispatch?equipment={equipment}&size=1000")).GetProperty("items")
            .EnumerateArray().Single(card => card.GetProperty("order").GetString() == of.Number).GetProperty("open").GetDecimal();

    async Task<(Plant.Order Order, Guid Report)> Reported(decimal good, object? policies = null)
    {
        var order = await plant.Release(policies);
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
