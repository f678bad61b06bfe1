using FluentValidation;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;

namespace Mes.Quality.Features.Plans;

/// <summary>Makes a plan, or its next version. Inspections that are open keep the version they were opened under.</summary>
/// <param name="BasedOn">The version that the change was made from; 0 for a new plan.</param>
/// <param name="Definition">What the plan says from now on.</param>
public sealed record DefinePlan(int BasedOn, PlanDefinition Definition);

sealed class DefinePlanValidator : AbstractValidator<DefinePlan>
{
    const int CharacteristicsMax = 200;
    const int SampleSizeMax = 10_000;

    public DefinePlanValidator()
    {
        RuleFor(plan => plan.BasedOn).GreaterThanOrEqualTo(0);
        RuleFor(plan => plan.Definition.Name).IsName();
        RuleFor(plan => plan.Definition.Product).IsCodeOrNull();
        RuleFor(plan => plan.Definition.Operation).IsCodeOrNull();
        RuleFor(plan => plan.Definition.Sampling.Size).InclusiveBetween(1, SampleSizeMax);
        RuleFor(plan => plan.Definition.Characteristics).Must(all => all.Count is > 0 and <= CharacteristicsMax)
            .WithMessage($"Give 1 to {CharacteristicsMax} characteristics.");
        RuleForEach(plan => plan.Definition.Characteristics).SetValidator(new CharacteristicValidator());
    }
}

sealed class CharacteristicValidator : AbstractValidator<Characteristic>
{
    public CharacteristicValidator()
    {
        RuleFor(characteristic => characteristic.Code).IsCode();
        RuleFor(characteristic => characteristic.Name).IsName();
        RuleFor(characteristic => characteristic.Unit).IsCodeOrNull();
        RuleFor(characteristic => characteristic.Nominal).IsMeasure();
        RuleFor(characteristic => characteristic.LowerLimit).IsMeasure();
        RuleFor(characteristic => characteristic.UpperLimit).IsMeasure();
        RuleFor(characteristic => characteristic.LowerWarning).IsMeasure();
        RuleFor(characteristic => characteristic.UpperWarning).IsMeasure();
    }
}

/// <summary>Defines an inspection plan.</summary>
static class DefinePlanEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/plans/{code}", Handle).Named("defineInspectionPlan", "Define an inspection plan")
            .RequireAuthorization(Permissions.ManageQuality);

    static async Task<PlanView> Handle(
        Code code, DefinePlan request, QualityDb db, TimeProvider clock, CancellationToken ct)
    {
        var plan = await db.LockPlan(code, ct) ?? db.Plans.Add(new InspectionPlan { Code = code }).Entity;
        db.PlanVersions.Add(plan.Revise(request.Definition, request.BasedOn, clock.GetUtcNow()));
        return PlanView.Of(plan);
    }
}
