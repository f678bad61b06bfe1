using Mes.Kernel;
using Mes.Quality.Domain;

namespace Mes.Quality.Tests.Domain;

public class PlanTests
{
    [Theory]
    [InlineData(19.899999, Judgement.Out)]
    [InlineData(19.9, Judgement.Warning)]
    [InlineData(19.949999, Judgement.Warning)]
    [InlineData(19.95, Judgement.Within)]
    [InlineData(20, Judgement.Within)]
    [InlineData(20.05, Judgement.Within)]
    [InlineData(20.050001, Judgement.Warning)]
    [InlineData(20.1, Judgement.Warning)]
    [InlineData(20.100001, Judgement.Out)]
    public void Limits_are_inclusive(decimal value, Judgement judgement) => Given.Diameter.Judge(value).ShouldBe(judgement);

    [Theory]
    [InlineData(-1_000_000, Judgement.Within)]
    [InlineData(1.6, Judgement.Within)]
    [InlineData(1.600001, Judgement.Out)]
    public void One_limit_is_enough(decimal value, Judgement judgement) =>
        new Characteristic("R", "Roughness", CharacteristicType.Variable, "um", UpperLimit: 1.6m)
            .Judge(value).ShouldBe(judgement);

    [Fact]
    public void An_attribute_is_judged_and_a_variable_measured()
    {
        Given.Burr.Judge(true).ShouldBe(Judgement.Within);
        Given.Burr.Judge(false).ShouldBe(Judgement.Out);
        Should.Throw<RuleViolation>(() => Given.Burr.Judge(1m)).Code.ShouldBe("characteristic-not-measured");
        Should.Throw<RuleViolation>(() => Given.Diameter.Judge(true)).Code.ShouldBe("characteristic-needs-value");
    }

    public static TheoryData<Characteristic, string> WrongCharacteristics => new()
    {
        { Given.Diameter with { Unit = null }, "characteristic-without-limit" },
        { Given.Diameter with { LowerLimit = null, UpperLimit = null }, "characteristic-without-limit" },
        { Given.Diameter with { LowerLimit = 20.1m }, "limits-crossed" },
        { Given.Diameter with { LowerLimit = 21 }, "limits-crossed" },
        { Given.Diameter with { Nominal = 19.8m }, "nominal-outside-limits" },
        { Given.Diameter with { Nominal = 20.2m }, "nominal-outside-limits" },
        { Given.Diameter with { LowerWarning = 19.8m }, "warning-outside-limits" },
        { Given.Diameter with { UpperWarning = 20.2m }, "warning-outside-limits" },
        { Given.Diameter with { LowerWarning = 20.05m }, "warning-outside-limits" },
        { Given.Burr with { Unit = "mm" }, "attribute-with-limits" },
        { Given.Burr with { Nominal = 1 }, "attribute-with-limits" },
        { Given.Burr with { LowerLimit = 1 }, "attribute-with-limits" },
        { Given.Burr with { UpperLimit = 1 }, "attribute-with-limits" },
        { Given.Burr with { LowerWarning = 1 }, "attribute-with-limits" },
        { Given.Burr with { UpperWarning = 1 }, "attribute-with-limits" },
    };

    [Theory]
    [MemberData(nameof(WrongCharacteristics))]
    public void A_characteristic_that_nothing_can_be_judged_by_is_refused(Characteristic characteristic, string code) =>
        Should.Throw<RuleViolation>(characteristic.Check).Code.ShouldBe(code);

    [Fact]
    public void Right_characteristics_pass()
    {
        Given.Diameter.Check();
        Given.Burr.Check();
        (Given.Diameter with { LowerLimit = null, LowerWarning = null, Nominal = null }).Check();
    }

    public static TheoryData<PlanDefinition, string> WrongPlans => new()
    {
        { Given.Plan() with { Characteristics = [] }, "plan-without-characteristics" },
        { Given.Plan() with { Characteristics = [Given.Burr, Given.Burr] }, "characteristic-twice" },
        { Given.Plan() with { Characteristics = [Given.Burr with { Unit = "mm" }] }, "attribute-with-limits" },
        { Given.Plan() with { Kind = InspectionKind.FirstArticle }, "first-article-trigger" },
        { Given.Plan() with { Sampling = new Sampling(SamplingRule.Fixed) }, "sampling-size-wrong" },
        { Given.Plan() with { Sampling = new Sampling(SamplingRule.Fixed, 0) }, "sampling-size-wrong" },
        { Given.Plan() with { Sampling = new Sampling(SamplingRule.All, 5) }, "sampling-size-wrong" },
    };

    [Theory]
    [MemberData(nameof(WrongPlans))]
    public void A_plan_that_no_inspection_can_follow_is_refused(PlanDefinition plan, string code) =>
        Should.Throw<RuleViolation>(plan.Check).Code.ShouldBe(code);

    [Theory]
    [InlineData(SamplingRule.All, null, 7, 7)]
    [InlineData(SamplingRule.All, null, 2.5, 3)]
    [InlineData(SamplingRule.Fixed, 5, 7, 5)]
    [InlineData(SamplingRule.Fixed, 5, 3, 3)]
    [InlineData(SamplingRule.Fixed, 5, 0.1, 1)]
    public void The_sample_is_never_larger_than_the_quantity(SamplingRule rule, int? size, decimal quantity, int sample) =>
        new Sampling(rule, size).SampleSize(quantity).ShouldBe(sample);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("P-1", null, true)]
    [InlineData("P-2", null, false)]
    [InlineData(null, "Turning", true)]
    [InlineData(null, "Milling", false)]
    [InlineData("P-1", "Turning", true)]
    [InlineData("P-1", "Milling", false)]
    [InlineData("P-2", "Turning", false)]
    public void A_plan_is_for_its_product_and_operation(string? product, string? operation, bool isFor) =>
        (Given.Plan() with { Product = product, Operation = operation }).IsFor(Given.Report()).ShouldBe(isFor);

    [Fact]
    public void Only_good_pieces_are_inspected()
    {
        Given.Plan().IsFor(Given.Report(good: 0, nonconforming: 3)).ShouldBeFalse();
        Given.Plan().IsFor(Given.Undoing(Given.Report())).ShouldBeFalse();
    }

    [Fact]
    public void A_plan_that_is_not_active_is_for_nothing() =>
        (Given.Plan() with { IsActive = false }).IsFor(Given.Report()).ShouldBeFalse();

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    [InlineData("Turning", false, true)]
    public void A_final_inspection_is_where_pieces_are_received_or_where_the_plan_says(
        string? operation, bool isReceipt, bool isFor) =>
        (Given.Plan() with { Kind = InspectionKind.Final, Operation = operation })
        .IsFor(Given.Report(isReceipt: isReceipt)).ShouldBe(isFor);

    [Fact]
    public void Versions_rise_by_one_and_a_change_of_an_old_version_is_refused()
    {
        var plan = new InspectionPlan { Code = "P" };
        plan.Revise(Given.Plan(), 0, Given.Now).Version.ShouldBe(1);
        plan.Revise(Given.Plan() with { Name = "New" }, 1, Given.Now).Version.ShouldBe(2);
        var refusal = Should.Throw<RuleViolation>(() => plan.Revise(Given.Plan(), 1, Given.Now));
        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.Conflict, "plan-changed-meanwhile"));
        (plan.Version, plan.Definition.Name).ShouldBe((2, "New"));
    }

    [Fact]
    public void A_wrong_definition_changes_nothing()
    {
        var plan = new InspectionPlan { Code = "P" };
        plan.Revise(Given.Plan(), 0, Given.Now);
        Should.Throw<RuleViolation>(() => plan.Revise(Given.Plan() with { Characteristics = [] }, 1, Given.Now));
        plan.Version.ShouldBe(1);
        plan.Definition.Characteristics.Count.ShouldBe(1);
    }
}
