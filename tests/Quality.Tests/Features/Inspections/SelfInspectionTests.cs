using Mes.Contracts;
using Mes.Quality.Domain;
using Mes.Quality.Features.Inspections;
using Mes.Quality.Features.Nonconformances;
using Mes.Quality.Features.Plans;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Quality.Tests.Features.Inspections;

/// <summary>Inspections that the operator does at the terminal, with what an operator may do.</summary>
public sealed class SelfInspectionTests(QualityHost host) : IClassFixture<QualityHost>
{
    Client Operator => host.OperatorAt(null);

    [Fact]
    public async Task Only_plans_that_say_so_offer_theirs_to_the_operator()
    {
        var product = $"P-{Guid.NewGuid():n}";
        var own = await Define(Given.Plan(product: product) with { IsSelfInspection = true });
        await Define(Given.Plan(product: product));
        var report = Given.Report(good: 3, order: Given.OrderNumber(), product: product) with { Equipment = "M-SELF" };
        await host.DeliverInOrder(report, report with { ReportId = Guid.CreateVersion7(), Equipment = "M-OTHER" });

        (await Listed($"order={report.OrderNumber}")).Count.ShouldBe(4);
        (await Listed($"order={report.OrderNumber}&isSelfInspection=false")).Count.ShouldBe(2);
        var offered = (await Listed("status=Open&isSelfInspection=true&equipment=M-SELF")).ShouldHaveSingleItem();
        (offered.Plan, offered.IsSelfInspection, offered.OperationId).ShouldBe((own, true, report.OperationId));
    }

    [Fact]
    public async Task What_the_operator_measures_is_proposed_and_judged_by_the_operator_but_not_conceded()
    {
        var inspection = await Open(Given.Plan(holdsLot: false) with { IsSelfInspection = true });
        var recorded = await Operator.Post<RecordedMeasurements>($"/inspections/{inspection.Id}/measurements",
            new RecordMeasurements([new(1, "D1", 20), new(2, "D1", 21), new(3, "D1", 20)]));
        (recorded.Proposal.Verdict, recorded.Proposal.AcceptedQuantity, recorded.Proposal.RejectedQuantity)
            .ShouldBe((Verdict.Partial, 2m, 1m));
        recorded.Measurements.ShouldAllBe(made => made.RecordedBy == "Operator");

        var at = $"/inspections/{inspection.Id}/verdict";
        (await Operator.Refused(HttpMethod.Post, at, new GiveVerdict(Verdict.Accept, Reason: "looks fine"))).Code
            .ShouldBe("concession-not-permitted");
        (await Operator.Refused(HttpMethod.Post, at, new GiveVerdict(Verdict.Reject))).Code.ShouldBe("reason-missing");
        var decided = await Operator.Post<InspectionView>(at, new GiveVerdict(Verdict.Partial, 2, 1));
        (decided.Status, decided.DecidedBy).ShouldBe((InspectionStatus.PartlyAccepted, "Operator"));
        (await host.Inspector.Get<Page<NonconformanceView>>($"/nonconformances?order={inspection.Order}")).Items
            .ShouldHaveSingleItem().Quantity.ShouldBe(1);
        (await host.PublishedHolds(inspection.OrderId)).ShouldHaveSingleItem().IsActive.ShouldBeTrue();
        (await Listed($"order={inspection.Order}&status=Open&isSelfInspection=true")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_does_not_check_may_do_neither()
    {
        var inspection = await Open(Given.Plan() with { IsSelfInspection = true });
        var planner = host.As("Planner", [.. Roles.PermissionsOf[Roles.Planner]]);
        (await planner.Refused(HttpMethod.Post, $"/inspections/{inspection.Id}/measurements",
            new RecordMeasurements([new(1, "D1", 20)]))).Status.ShouldBe(403);
        (await planner.Refused(HttpMethod.Post, $"/inspections/{inspection.Id}/verdict",
            new GiveVerdict(Verdict.Reject))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task An_inspection_that_is_left_to_others_is_refused_to_an_operator_and_not_to_a_foreman()
    {
        var inspection = await Open(Given.Plan());
        var (measurements, verdict) = ($"/inspections/{inspection.Id}/measurements", $"/inspections/{inspection.Id}/verdict");
        var findings = new RecordMeasurements([new(1, "D1", 20), new(2, "D1", 20), new(3, "D1", 20)]);
        var refused = await Operator.Refused(HttpMethod.Post, measurements, findings);
        (refused.Status, refused.Code).ShouldBe((403, "not-a-self-inspection"));
        (await Operator.Refused(HttpMethod.Post, verdict, new GiveVerdict(Verdict.Reject, Reason: "no"))).Code
            .ShouldBe("not-a-self-inspection");

        var foreman = host.As("Foreman", [.. Roles.PermissionsOf[Roles.Foreman]]);
        (await foreman.Post<RecordedMeasurements>(measurements, findings)).Measurements.Count.ShouldBe(3);
        (await foreman.Post<InspectionView>(verdict, new GiveVerdict(Verdict.Accept))).Status.ShouldBe(InspectionStatus.Accepted);
    }

    [Fact]
    public async Task A_bound_terminal_takes_the_checks_of_its_own_equipment_alone()
    {
        var inspection = await Open(Given.Plan() with { IsSelfInspection = true });
        var (measurements, findings) = ($"/inspections/{inspection.Id}/measurements", new RecordMeasurements([new(1, "D1", 20)]));
        (await host.OperatorAt("M-OTHER").Refused(HttpMethod.Post, measurements, findings)).Code.ShouldBe("not-at-this-terminal");
        (await host.OperatorAt(inspection.Equipment).Post<RecordedMeasurements>(measurements, findings))
            .Measurements.Count.ShouldBe(1);
    }

    async Task<InspectionView> Open(PlanDefinition plan)
    {
        var product = $"P-{Guid.NewGuid():n}";
        await Define(plan with { Product = product });
        var report = Given.Report(good: 3, order: Given.OrderNumber(), product: product);
        await host.DeliverInOrder(report);
        return (await Listed($"order={report.OrderNumber}")).ShouldHaveSingleItem();
    }

    async Task<string> Define(PlanDefinition plan)
    {
        var code = $"PLAN-{Guid.NewGuid():n}";
        await host.Inspector.Put<PlanView>($"/plans/{code}", new DefinePlan(0, plan));
        return code;
    }

    async Task<IReadOnlyList<InspectionView>> Listed(string query) =>
        (await Operator.Get<Page<InspectionView>>($"/inspections?{query}")).Items;
}
