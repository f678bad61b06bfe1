using System.Text.Json;
using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Defines a revision of a routing with its bill of materials. A revision never changes once defined.</summary>
/// <param name="Product">Code of the product it makes.</param>
/// <param name="Steps">The steps, in their order; exactly one is the receipt.</param>
/// <param name="Components">The bill of materials; none where it has none.</param>
/// <param name="Policies">How strictly it is followed; block and warn as usual where none are given.</param>
/// <param name="EffectiveFrom">
/// From when on new orders may follow it, UTC; at once where it is left out. Of a revision that is there already it is changed
/// by <c>changeEffectivity</c>, and here must be left out or be what it is.
/// </param>
public sealed record DefineRouting(
    string Product, IReadOnlyList<RoutingStep> Steps, IReadOnlyList<Component>? Components = null,
    Policies? Policies = null, DateTimeOffset? EffectiveFrom = null);

sealed class DefineRoutingValidator : AbstractValidator<DefineRouting>
{
    public DefineRoutingValidator()
    {
        RuleFor(routing => routing.Product).IsCode();
        RuleFor(routing => routing.Steps).Must(steps => steps.Count is >= 1 and <= 500).WithMessage("Give 1 to 500 steps.")
            .Must(steps => steps.Count(step => step.IsReceipt) == 1).WithMessage("Mark exactly one step as the receipt.")
            .Must(steps => steps.DistinctBy(step => step.Code).Count() == steps.Count)
                .WithMessage("Give each step a code of its own.")
            .Must(LinksGoBack).WithMessage("Link a step only to steps that stand before it in the routing.");
        RuleForEach(routing => routing.Steps).SetValidator(new RoutingStepValidator());
        RuleFor(routing => routing.Components).Must(components => components is null || components.Count <= 500)
            .WithMessage("Give at most 500 components.");
        RuleForEach(routing => routing.Components).SetValidator(new ComponentValidator());
        RuleForEach(routing => routing.Components).Must((routing, component) =>
            component.Step is null || routing.Steps.Any(step => step.Code == component.Step))
            .WithMessage("Name a step of the routing, or none.");
        RuleFor(routing => routing.EffectiveFrom!.Value).IsTime().When(routing => routing.EffectiveFrom is not null);
        RuleFor(routing => routing.Policies!.OverQuantityTolerancePercent).InclusiveBetween(0, 100)
            .WithMessage("Use 0 to 100 %.").When(routing => routing.Policies is not null);
    }

    // So that no two steps can wait for each other
    static bool LinksGoBack(IReadOnlyList<RoutingStep> steps)
    {
        var before = new HashSet<string>();
        return steps.All(step => (step.Planning?.Links ?? [])
            .All(link => link is not null && before.Contains(link.After)) && (before.Add(step.Code) || true));
    }
}

sealed class RoutingStepValidator : AbstractValidator<RoutingStep>
{
    public RoutingStepValidator()
    {
        RuleFor(step => step.Code).IsCode();
        RuleFor(step => step.Equipment).Must(equipment => equipment.Count is >= 1 and <= 100)
            .WithMessage("Name 1 to 100 equipment units.");
        RuleForEach(step => step.Equipment).IsCode();
        RuleFor(step => step.SetupFamily).IsCodeOrNull();
        RuleFor(step => step.SetupSeconds).IsQuantity();
        RuleFor(step => step.RunSecondsPerUnit).IsQuantity();
        RuleFor(step => step.Planning!).SetValidator(new PlanningNeedsValidator());
        RuleFor(step => step.Planning).Must((step, needs) => (needs?.Alternatives ?? []).All(
            item => item is null || step.Equipment.Contains(item.Equipment))).WithMessage("Name only equipment of the step.");
    }
}

sealed class PlanningNeedsValidator : AbstractValidator<PlanningNeeds>
{
    public PlanningNeedsValidator()
    {
        RuleFor(needs => needs.Alternatives).AreAlternatives();
        RuleFor(needs => needs.Resources).AreResources();
        RuleFor(needs => needs.Links).AreLinks();
    }
}

sealed class ComponentValidator : AbstractValidator<Component>
{
    public ComponentValidator()
    {
        RuleFor(component => component.Material).IsCode();
        RuleFor(component => component.QuantityPerUnit).IsPositiveQuantity();
        RuleFor(component => component.Unit).IsCode();
        RuleFor(component => component.Step).IsCodeOrNull();
        RuleFor(component => component.Step).NotNull().When(component => component.IsBackflushed)
            .WithMessage("Name the step at which it is taken by itself.");
        RuleFor(component => component.Substitutes).Must(others => others is null || others.Count <= 20)
            .WithMessage("Name at most 20 substitutes.").Must((component, others) => others is null
                || others.Select(other => other?.Material).Append(component.Material).Distinct().Count() == others.Count + 1)
            .WithMessage("Name each substitute once, and not the component itself.");
        RuleForEach(component => component.Substitutes).ChildRules(other =>
        {
            other.RuleFor(one => one.Material).IsCode();
            other.RuleFor(one => one.Ratio).IsPositiveQuantity();
        });
    }
}

static class DefineRoutingEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/routings/{code}/{revision}", Handle).Named("defineRouting", "Define a revision of a routing")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<RoutingView>> Handle(
        Code code, Code revision, DefineRouting request, WorkOrdersDb db, CancellationToken ct)
    {
        if (!await db.Products.AnyAsync(product => product.Code == request.Product, ct))
        {
            throw new RuleViolation("product-not-found", "Define the product first.", ("product", request.Product));
        }
        var routing = new Routing
        {
            Code = code.Value, Revision = revision.Value, Product = request.Product, Steps = request.Steps,
            Components = request.Components ?? [], Policies = request.Policies ?? new Policies()
        };
        routing.BeEffective(request.EffectiveFrom, null);
        var known = await db.Routings.AsNoTracking().SingleOrDefaultAsync(
            r => r.Code == routing.Code && r.Revision == routing.Revision, ct);
        if (known is null)
        {
            MustKnowUnits(routing);
            db.Routings.Add(routing);
            db.Outbox.Add(routing.ToContract());
        }
        else if (!IsSame(known, routing))
        {
            throw RuleViolation.Conflict("revision-exists", "A revision never changes. Define the next revision.",
                ("routing", routing.Code), ("revision", routing.Revision));
        }
        return TypedResults.Ok(RoutingView.Of(known ?? routing, await KnownCodes.In([known ?? routing], db, ct)));
    }

    static bool IsSame(Routing known, Routing routing) => Content(known) == Content(routing)
        && (routing.EffectiveFrom is null || routing.EffectiveFrom == known.EffectiveFrom);

    static void MustKnowUnits(Routing routing)
    {
        if (routing.Components.FirstOrDefault(component => !UnitsOfMeasure.IsKnown(component.Unit)) is { } unknown)
        {
            throw new RuleViolation("unit-not-found", UnitsOfMeasure.Hint,
                ("unit", unknown.Unit), ("material", unknown.Material));
        }
    }

    static string Content(Routing routing) => JsonSerializer.Serialize(
        new { routing.Product, routing.Policies, routing.Steps, routing.Components }, MessageJson.Options);
}
