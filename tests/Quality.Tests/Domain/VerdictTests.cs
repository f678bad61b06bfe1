using Mes.Kernel;
using Mes.Quality.Domain;

namespace Mes.Quality.Tests.Domain;

public class VerdictTests
{
    static readonly Inspector Worker = new("Worker", MayConcede: false);
    static readonly Inspector Manager = new("Manager", MayConcede: true);

    [Theory]
    [InlineData(new double[] { }, null, 0, 3, 0)]
    [InlineData(new[] { 20.0, 20 }, null, 0, 1, 0)]
    [InlineData(new[] { 20.0, 20, 20 }, Verdict.Accept, 0, 0, 0)]
    [InlineData(new[] { 20.0, 20, 20.08 }, Verdict.Accept, 0, 0, 0)]
    [InlineData(new[] { 20.0, 21, 20 }, Verdict.Partial, 1, 0, 1)]
    [InlineData(new[] { 21.0, 21, 21 }, Verdict.Reject, 3, 0, 3)]
    [InlineData(new[] { 21.0 }, null, 1, 2, 1)]
    public void Every_piece_inspected_the_bad_ones_are_rejected(
        double[] values, Verdict? verdict, decimal rejected, long missing, int piecesOut)
    {
        var inspection = Given.Inspection(3);
        var measured = Given.Measured(inspection, [.. values.Select(value => (decimal)value)]);
        VerdictProposal.From(inspection, measured)
            .ShouldBe(new VerdictProposal(verdict, 3 - rejected, rejected, missing, piecesOut));
    }

    [Theory]
    [InlineData(new double[] { }, null, 0, 2, 0)]
    [InlineData(new[] { 20.0, 20 }, Verdict.Accept, 0, 0, 0)]
    [InlineData(new[] { 21.0 }, Verdict.Reject, 50, 1, 1)]
    [InlineData(new[] { 20.0, 21 }, Verdict.Reject, 50, 0, 1)]
    public void One_bad_piece_of_a_sample_rejects_all(
        double[] values, Verdict? verdict, decimal rejected, long missing, int piecesOut)
    {
        var inspection = Given.Inspection(50, Given.Plan(SamplingRule.Fixed, 2));
        var measured = Given.Measured(inspection, [.. values.Select(value => (decimal)value)]);
        VerdictProposal.From(inspection, measured)
            .ShouldBe(new VerdictProposal(verdict, 50 - rejected, rejected, missing, piecesOut));
    }

    [Fact]
    public void Of_two_measurements_of_one_piece_the_later_counts()
    {
        var inspection = Given.Inspection(1);
        var wrong = Given.Measured(inspection, 21);
        var right = Given.Measured(inspection, 20);
        right[0].Position.ShouldBe(2);
        VerdictProposal.From(inspection, right.Concat(wrong)).Verdict.ShouldBe(Verdict.Accept);
    }

    [Fact]
    public void A_piece_with_two_things_wrong_is_one_piece()
    {
        var inspection = Given.Inspection(2, Given.Plan() with { Characteristics = [Given.Diameter, Given.Burr] });
        var found = inspection.Record(
            [new(1, "D1", 21), new(1, "B1", Conforms: false), new(2, "D1", 20), new(2, "B1", Conforms: true)], "I", Given.Now);
        VerdictProposal.From(inspection, found).ShouldBe(new VerdictProposal(Verdict.Partial, 1, 1, 0, 1));
    }

    [Theory]
    [InlineData(0, "D1", 20.0, null, "sample-out-of-range")]
    [InlineData(4, "D1", 20.0, null, "sample-out-of-range")]
    [InlineData(1, "D9", 20.0, null, "characteristic-not-found")]
    [InlineData(1, "D1", null, null, "finding-unclear")]
    [InlineData(1, "D1", 20.0, true, "finding-unclear")]
    [InlineData(1, "D1", null, true, "characteristic-needs-value")]
    public void A_finding_must_fit_the_plan(int sample, string characteristic, double? value, bool? conforms, string code)
    {
        var inspection = Given.Inspection(3);
        var finding = new Finding(sample, characteristic, (decimal?)value, conforms);
        Should.Throw<RuleViolation>(() => inspection.Record([finding], "I", Given.Now)).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(Verdict.Accept, null, null, true)]
    [InlineData(Verdict.Accept, 3.0, 0.0, true)]
    [InlineData(Verdict.Accept, 2.0, null, false)]
    [InlineData(Verdict.Accept, null, 1.0, false)]
    [InlineData(Verdict.Reject, null, null, true)]
    [InlineData(Verdict.Reject, 0.0, 3.0, true)]
    [InlineData(Verdict.Reject, 1.0, null, false)]
    [InlineData(Verdict.Reject, null, 2.0, false)]
    [InlineData(Verdict.Partial, 1.0, 2.0, true)]
    [InlineData(Verdict.Partial, null, null, false)]
    [InlineData(Verdict.Partial, 1.0, null, false)]
    [InlineData(Verdict.Partial, 3.0, 0.0, false)]
    [InlineData(Verdict.Partial, 0.0, 3.0, false)]
    [InlineData(Verdict.Partial, 1.0, 1.0, false)]
    [InlineData(Verdict.Partial, 2.0, 2.0, false)]
    public void Quantities_fit_the_verdict(Verdict verdict, double? accepted, double? rejected, bool isRight)
    {
        var inspection = Given.Inspection(3);
        var proposal = VerdictProposal.From(inspection, Given.Measured(inspection, 20, 20, 20));
        var decision = new Decision(verdict, (decimal?)accepted, (decimal?)rejected, "because");
        if (isRight)
        {
            inspection.Decide(decision, proposal, Worker, Given.Now);
            (inspection.AcceptedQuantity + inspection.RejectedQuantity).ShouldBe(3);
            return;
        }
        Should.Throw<RuleViolation>(() => inspection.Decide(decision, proposal, Worker, Given.Now))
            .Code.ShouldBe("verdict-quantities");
        inspection.Status.ShouldBe(InspectionStatus.Open);
    }

    /// <summary>Every verdict on every state of the measurements, with and without reason, with and without the right.</summary>
    [Fact]
    public void Nobody_accepts_more_than_was_measured_good_without_right_and_reason()
    {
        decimal[][] states = [[], [20], [21], [20, 20, 20], [20, 21, 20], [21, 21, 21]];
        var cases =
            from values in states
            from given in new[] { (Verdict.Accept, 3m), (Verdict.Reject, 0m), (Verdict.Partial, 2m), (Verdict.Partial, 1m) }
            from reason in new[] { null, "because" }
            from inspector in new[] { Worker, Manager }
            select (values, new Decision(given.Item1, given.Item2, 3 - given.Item2, reason), inspector);
        var allowed = 0;
        foreach (var (values, decision, by) in cases)
        {
            var inspection = Given.Inspection(3);
            var proposal = VerdictProposal.From(inspection, Given.Measured(inspection, values));
            var expected = Refusal(values, decision, by);
            CodeOf(() => inspection.Decide(decision, proposal, by, Given.Now))
                .ShouldBe(expected, $"[{string.Join(' ', values)}] {decision} {by.Name}");
            allowed += expected is null ? 1 : 0;
        }
        allowed.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_verdict_is_given_once()
    {
        var inspection = Given.Inspection(1);
        var proposal = VerdictProposal.From(inspection, Given.Measured(inspection, 20));
        inspection.Decide(new Decision(Verdict.Accept), proposal, Worker, Given.Now);
        var refusal = Should.Throw<RuleViolation>(
            () => inspection.Decide(new Decision(Verdict.Reject, Reason: "no"), proposal, Manager, Given.Now));
        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.Conflict, "inspection-not-open"));
        Should.Throw<RuleViolation>(() => Given.Measured(inspection, 21)).Code.ShouldBe("inspection-not-open");
        inspection.Status.ShouldBe(InspectionStatus.Accepted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Withdrawing_and_cancelling_end_the_same_in_any_order(bool withdrawnFirst)
    {
        var inspection = Given.Inspection();
        Action<Inspection>[] steps = [row => row.Withdraw(Given.Now), row => row.Cancel(Given.Now)];
        foreach (var step in withdrawnFirst ? steps : [.. steps.Reverse()])
        {
            step(inspection);
        }
        inspection.Status.ShouldBe(InspectionStatus.Withdrawn);
    }

    [Fact]
    public void A_verdict_outlives_the_order_and_stays_on_record_when_its_report_is_undone()
    {
        var inspection = Given.Inspection(1);
        inspection.Decide(new Decision(Verdict.Reject, Reason: "scratched"),
            VerdictProposal.From(inspection, []), Worker, Given.Now);
        inspection.Cancel(Given.Now);
        inspection.Status.ShouldBe(InspectionStatus.Rejected);
        inspection.Withdraw(Given.Now);
        (inspection.Status, inspection.RejectedQuantity, inspection.DecidedBy)
            .ShouldBe((InspectionStatus.Withdrawn, 1m, Worker.Name));
    }

    static string? Refusal(decimal[] values, Decision decision, Inspector by)
    {
        var (good, accepted) = (values.Count(value => value <= 20.1m), decision.AcceptedQuantity);
        if (accepted > 0 && values.Length < 3)
        {
            return "measurements-missing";
        }
        var isCalledFor = values.Length == 3 && accepted == good;
        if (!isCalledFor && decision.Reason is null)
        {
            return "reason-missing";
        }
        return accepted > good && !by.MayConcede ? "concession-not-permitted" : null;
    }

    static string? CodeOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (RuleViolation violation)
        {
            return violation.Code;
        }
    }
}
