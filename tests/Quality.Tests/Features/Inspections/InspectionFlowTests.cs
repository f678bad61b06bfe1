using Mes.Contracts;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Quality.Features.Holds;
using Mes.Quality.Features.Inspections;
using Mes.Quality.Features.Nonconformances;
using Mes.Quality.Features.Plans;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Quality.Tests.Features.Inspections;

public sealed class InspectionFlowTests(QualityHost host) : IClassFixture<QualityHost>
{
    [Fact]
    public async Task A_report_holds_its_lot_until_the_inspection_has_passed()
    {
        var report = await ReportUnder(Given.Plan());
        var inspection = await OnlyInspection(report);
        (inspection.Status, inspection.Quantity, inspection.SampleSize, inspection.Lot, inspection.Operator, inspection.ReportId)
            .ShouldBe((InspectionStatus.Open, 3m, 3, report.Lot, report.Operator, report.ReportId));
        var hold = (await Holds(report)).ShouldHaveSingleItem();
        (hold.Status, hold.OperationId, hold.Material, hold.Lot, hold.InspectionId)
            .ShouldBe((HoldStatus.Active, report.NextOperationId, report.Product, report.Lot, inspection.Id));

        var recorded = await Measure(inspection, 20, 19.94m, 20.1m);
        recorded.Measurements.Select(made => made.Judgement)
            .ShouldBe([Judgement.Within, Judgement.Warning, Judgement.Warning]);
        recorded.Proposal.Verdict.ShouldBe(Verdict.Accept);

        var decided = await Decide(inspection, new GiveVerdict(Verdict.Accept));
        (decided.Status, decided.AcceptedQuantity, decided.RejectedQuantity, decided.DecidedBy)
            .ShouldBe((InspectionStatus.Accepted, 3m, 0m, "Inspector"));
        (await Holds(report)).ShouldHaveSingleItem().Status.ShouldBe(HoldStatus.Released);
        await PublishedOneStateAfterTheOther(report, isActiveAtLast: false);
        (await Nonconformances(report)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_inspection_opens_a_nonconformance_and_keeps_the_hold()
    {
        var report = await ReportUnder(Given.Plan());
        var inspection = await OnlyInspection(report);
        await Measure(inspection, 21, 21, 21);
        await Decide(inspection, new GiveVerdict(Verdict.Reject));

        var found = (await Nonconformances(report)).ShouldHaveSingleItem();
        (found.Quantity, found.InspectionId, found.ReportId, found.Status)
            .ShouldBe((3m, inspection.Id, null, NonconformanceStatus.Open));
        var hold = (await Holds(report)).ShouldHaveSingleItem();
        hold.Status.ShouldBe(HoldStatus.Active);

        var released = await host.Inspector.Post<HoldView>($"/holds/{hold.Id}/release", new ReleaseHold("reworked"));
        (released.Status, released.ReleaseReason, released.Version).ShouldBe((HoldStatus.Released, "reworked", 2));
        await PublishedOneStateAfterTheOther(report, isActiveAtLast: false);
    }

    [Fact]
    public async Task A_failed_inspection_holds_although_its_plan_did_not()
    {
        var report = await ReportUnder(Given.Plan(holdsLot: false));
        var inspection = await OnlyInspection(report);
        (await Holds(report)).ShouldBeEmpty();
        await Measure(inspection, 20, 21, 20);
        var decided = await Decide(inspection, new GiveVerdict(Verdict.Partial, 2, 1));

        (decided.Status, decided.AcceptedQuantity, decided.RejectedQuantity)
            .ShouldBe((InspectionStatus.PartlyAccepted, 2m, 1m));
        (await Nonconformances(report)).ShouldHaveSingleItem().Quantity.ShouldBe(1);
        (await Holds(report)).ShouldHaveSingleItem().OperationId.ShouldBe(report.NextOperationId);
        await PublishedOneStateAfterTheOther(report, isActiveAtLast: true);
    }

    [Fact]
    public async Task An_inspection_keeps_the_plan_it_was_opened_under()
    {
        var product = NewProduct();
        var code = await Define(Given.Plan(product: product));
        var report = Given.Report(good: 1, order: Given.OrderNumber(), product: product);
        await host.DeliverInOrder(report);
        var wider = Given.Diameter with { UpperLimit = 25, UpperWarning = null };
        var revised = Given.Plan(product: product) with { Characteristics = [wider] };
        var put = await host.Inspector.Put<PlanView>($"/plans/{code}", new DefinePlan(1, revised));
        var shown = await host.Inspector.Get<PlanView>($"/plans/{code}");
        (shown.Code, shown.Version, shown.Definition.Name).ShouldBe((code, 2, put.Definition.Name));

        var inspection = await OnlyInspection(report);
        inspection.PlanVersion.ShouldBe(1);
        (await Measure(inspection, 22)).Measurements[0].Judgement.ShouldBe(Judgement.Out);
        var detail = await host.Inspector.Get<InspectionDetail>($"/inspections/{inspection.Id}");
        detail.Plan.Characteristics[0].UpperLimit.ShouldBe(20.1m);
        (detail.Measurements.Count, detail.Proposal.Verdict, detail.Holds.Count).ShouldBe((1, Verdict.Reject, 1));

        var next = report with { ReportId = Guid.CreateVersion7() };
        await host.DeliverInOrder(next);
        (await Inspections(report)).Select(row => row.PlanVersion).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Operators_may_not_accept_what_is_out_of_limits()
    {
        var report = await ReportUnder(Given.Plan() with { IsSelfInspection = true });
        var inspection = await OnlyInspection(report);
        await Measure(inspection, 21, 20, 20);
        var op = host.As("Operator", Web.Auth.Permissions.Inspect);
        var body = new GiveVerdict(Verdict.Accept, Reason: "looks fine");
        (await op.Refused(HttpMethod.Post, $"/inspections/{inspection.Id}/verdict", body)).Code
            .ShouldBe("concession-not-permitted");
        var conceded = await Decide(inspection, body);
        (conceded.Status, conceded.VerdictReason).ShouldBe((InspectionStatus.Accepted, "looks fine"));
    }

    [Fact]
    public async Task A_cancelled_order_ends_its_open_inspections_and_keeps_its_holds()
    {
        var report = await ReportUnder(Given.Plan());
        await host.DeliverInOrder(Given.Order(report.OrderId, 5, WorkOrderStatus.Cancelled, report.OrderNumber));
        var inspection = await OnlyInspection(report);
        inspection.Status.ShouldBe(InspectionStatus.Cancelled);
        (await Holds(report)).ShouldHaveSingleItem().Status.ShouldBe(HoldStatus.Active);
        var late = new GiveVerdict(Verdict.Reject, Reason: "x");
        (await host.Inspector.Refused(HttpMethod.Post, $"/inspections/{inspection.Id}/verdict", late)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task An_older_state_of_an_order_changes_nothing()
    {
        var report = await ReportUnder(Given.Plan());
        await host.DeliverInOrder(
            Given.Order(report.OrderId, 7, WorkOrderStatus.Released, report.OrderNumber),
            Given.Order(report.OrderId, 6, WorkOrderStatus.Cancelled, report.OrderNumber));
        (await OnlyInspection(report)).Status.ShouldBe(InspectionStatus.Open);
    }

    [Fact]
    public async Task Lists_are_paged_without_gap_or_repeat()
    {
        var product = NewProduct();
        var code = await Define(Given.Plan(product: product));
        var order = Guid.NewGuid();
        var number = Given.OrderNumber();
        await host.DeliverInOrder([.. Enumerable.Range(0, 5).Select(_ => Given.Report(order, order: number, product: product))]);
        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var next = after == "" ? "" : $"&after={after}";
            var page = await host.Inspector.Get<Page<InspectionView>>($"/inspections?plan={code}&size=2{next}");
            page.Items.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Items.Select(row => row.Number));
            after = page.Next;
        }
        seen.Count.ShouldBe(5);
        (await Opened("from")).ShouldBe(5);
        (await Opened("to")).ShouldBe(0);
        seen.ShouldBe(seen.Distinct().OrderDescending());

        async Task<int> Opened(string bound) => (await host.Inspector.Get<Page<InspectionView>>(
            $"/inspections?plan={code}&{bound}=2026-01-01T00:00:00Z")).Items.Count;
    }

    [Fact]
    public async Task Of_two_verdicts_at_once_one_wins_and_the_other_is_told()
    {
        for (var round = 0; round < 10; round++)
        {
            var report = await ReportUnder(Given.Plan());
            var inspection = await OnlyInspection(report);
            await Measure(inspection, 20, 20, 20);
            GiveVerdict[] verdicts = [new(Verdict.Accept), new(Verdict.Reject, Reason: "scratched")];
            var answers = await Task.WhenAll(verdicts.Select(verdict => host.Inspector.Send(
                HttpMethod.Post, $"/inspections/{inspection.Id}/verdict", verdict, Guid.NewGuid())));
            answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([200, 409]);
            var loser = await answers.Single(answer => !answer.IsSuccessStatusCode).Content.ReadAsStringAsync();
            loser.ShouldContain("inspection-not-open");
            var isAccepted = (await OnlyInspection(report)).Status == InspectionStatus.Accepted;
            (await Holds(report)).ShouldHaveSingleItem().Status.ShouldBe(isAccepted ? HoldStatus.Released : HoldStatus.Active);
            (await Nonconformances(report)).Count.ShouldBe(isAccepted ? 0 : 1);
            await PublishedOneStateAfterTheOther(report, isActiveAtLast: !isAccepted);
        }
    }

    async Task<ProductionReported> ReportUnder(PlanDefinition plan)
    {
        var product = NewProduct();
        await Define(plan with { Product = product });
        var report = Given.Report(good: 3, order: Given.OrderNumber(), product: product);
        await host.DeliverInOrder(report);
        return report;
    }

    async Task<string> Define(PlanDefinition plan)
    {
        var code = $"PLAN-{Guid.NewGuid():n}";
        (await host.Inspector.Put<PlanView>($"/plans/{code}", new DefinePlan(0, plan))).Version.ShouldBe(1);
        return code;
    }

    static string NewProduct() => $"P-{Guid.NewGuid():n}";

    async Task<InspectionView> OnlyInspection(ProductionReported report) => (await Inspections(report)).ShouldHaveSingleItem();

    async Task<IReadOnlyList<InspectionView>> Inspections(ProductionReported report) =>
        (await host.Inspector.Get<Page<InspectionView>>($"/inspections?order={report.OrderNumber}")).Items;

    /// <summary>Found by the order's number as by its id.</summary>
    async Task<IReadOnlyList<HoldView>> Holds(ProductionReported report)
    {
        var holds = (await host.Inspector.Get<Page<HoldView>>($"/holds?orderId={report.OrderId}")).Items;
        (await host.Inspector.Get<Page<HoldView>>($"/holds?order={report.OrderNumber}")).Items.ShouldBe(holds);
        return holds;
    }

    async Task<IReadOnlyList<NonconformanceView>> Nonconformances(ProductionReported report) =>
        (await host.Inspector.Get<Page<NonconformanceView>>($"/nonconformances?order={report.OrderNumber}")).Items;

    Task<RecordedMeasurements> Measure(InspectionView inspection, params decimal[] values) =>
        host.Inspector.Post<RecordedMeasurements>($"/inspections/{inspection.Id}/measurements",
            new RecordMeasurements([.. values.Select((value, index) => new Finding(index + 1, "D1", value))]));

    Task<InspectionView> Decide(InspectionView inspection, GiveVerdict verdict) =>
        host.Inspector.Post<InspectionView>($"/inspections/{inspection.Id}/verdict", verdict);

    async Task PublishedOneStateAfterTheOther(ProductionReported report, bool isActiveAtLast)
    {
        var states = await host.PublishedHolds(report.OrderId);
        foreach (var hold in states.GroupBy(state => state.HoldId))
        {
            hold.Select(state => state.Version).ShouldBe(Enumerable.Range(1, hold.Count()).Select(version => (long)version));
        }
        states[^1].IsActive.ShouldBe(isActiveAtLast);
    }
}
