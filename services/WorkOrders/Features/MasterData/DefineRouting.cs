using System.Text.Json;
using Dapper;
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
/// <param name="Code">Code of the routing.</param>
/// <param name="Revision">Revision, unique within the code.</param>
/// <param name="Product">Code of the product it makes.</param>
/// <param name="Steps">The steps, in their order; exactly one is the receipt.</param>
/// <param name="Components">The bill of materials; none where it has none.</param>
/// <param name="Policies">How strictly it is followed; block and warn as usual where none are given.</param>
public sealed record DefineRouting(
    string Code, string Revision, string Product, IReadOnlyList<RoutingStep> Steps,
    IReadOnlyList<Component>? Components = null, Policies? Policies = null);

/// <summary>A revision of a routing.</summary>
/// <param name="Code">Code of the routing.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Product">The product it makes.</param>
/// <param name="Policies">How strictly it is followed.</param>
/// <param name="Steps">The steps, in their order.</param>
/// <param name="Components">The bill of materials.</param>
/// <param name="Warnings">What is probably wrong: equipment or resources that nobody knows yet, or that cannot do it.</param>
public sealed record RoutingView(
    string Code, string Revision, string Product, Policies Policies, IReadOnlyList<RoutingStep> Steps,
    IReadOnlyList<Component> Components, IReadOnlyList<RoutingWarning> Warnings)
{
    internal static RoutingView Of(Routing routing, KnownCodes known) => new(
        routing.Code, routing.Revision, routing.Product, routing.Policies, routing.Steps, routing.Components,
        [.. routing.Steps.SelectMany(known.WarningsOf)]);
}

/// <summary>Something in a routing that is probably wrong.</summary>
/// <param name="Code">equipment-not-found, equipment-retired, resource-not-found or resource-too-small.</param>
/// <param name="Step">The step.</param>
/// <param name="Equipment">The equipment that it names, or null where it is about a resource.</param>
/// <param name="Resource">The resource that it names, or null where it is about equipment.</param>
public sealed record RoutingWarning(string Code, string Step, string? Equipment, string? Resource);

/// <summary>Which of the codes that routings name are known.</summary>
/// <param name="IsRetired">Whether equipment is retired, by code.</param>
/// <param name="CapacityOf">How many units there are of a resource, by code.</param>
sealed record KnownCodes(IReadOnlyDictionary<string, bool> IsRetired, IReadOnlyDictionary<string, int> CapacityOf)
{
    public IEnumerable<RoutingWarning> WarningsOf(RoutingStep step) => step.Equipment
        .Where(code => IsRetired.GetValueOrDefault(code, defaultValue: true))
        .Select(code => new RoutingWarning(
            IsRetired.ContainsKey(code) ? "equipment-retired" : "equipment-not-found", step.Code, code, null))
        .Concat((step.Planning?.Resources ?? [])
            .Where(need => CapacityOf.GetValueOrDefault(need.Resource) < need.Quantity)
            .Select(need => new RoutingWarning(
                CapacityOf.ContainsKey(need.Resource) ? "resource-too-small" : "resource-not-found", step.Code, null,
                need.Resource)));
}

sealed class DefineRoutingValidator : AbstractValidator<DefineRouting>
{
    public DefineRoutingValidator()
    {
        RuleFor(routing => routing.Code).IsCode();
        RuleFor(routing => routing.Revision).IsCode();
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
        RuleFor(step => step.SetupFamily!).IsCode().When(step => step.SetupFamily is not null);
        RuleFor(step => step.SetupSeconds).IsQuantity();
        RuleFor(step => step.RunSecondsPerUnit).IsQuantity();
        RuleFor(step => step.Planning!).SetValidator(new PlanningNeedsValidator()).When(step => step.Planning is not null);
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
    }
}

static class DefineRoutingEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/routings", Handle).RequireAuthorization(Permissions.ManageWorkOrders);
        api.MapGet("/routings", List).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Ok<RoutingView>> Handle(DefineRouting request, WorkOrdersDb db, CancellationToken ct)
    {
        if (!await db.Products.AnyAsync(product => product.Code == request.Product, ct))
        {
            throw new RuleViolation("product-not-found", "Define the product first.", ("product", request.Product));
        }
        var routing = new Routing
        {
            Code = request.Code, Revision = request.Revision, Product = request.Product, Steps = request.Steps,
            Components = request.Components ?? [], Policies = request.Policies ?? new Policies()
        };
        var known = await db.Routings.AsNoTracking().SingleOrDefaultAsync(
            r => r.Code == request.Code && r.Revision == request.Revision, ct);
        if (known is null)
        {
            MustKnowUnits(routing);
            db.Routings.Add(routing);
            db.Outbox.Add(routing.ToContract());
        }
        else if (Text(known) != Text(routing))
        {
            throw RuleViolation.Conflict("revision-exists", "A revision never changes. Define the next revision.",
                ("routing", request.Code), ("revision", request.Revision));
        }
        return TypedResults.Ok(RoutingView.Of(routing, await Known([routing], db, ct)));
    }

    static void MustKnowUnits(Routing routing)
    {
        if (routing.Components.FirstOrDefault(component => !UnitsOfMeasure.IsKnown(component.Unit)) is { } unknown)
        {
            throw new RuleViolation("unknown-unit", UnitsOfMeasure.Hint,
                ("unit", unknown.Unit), ("material", unknown.Material));
        }
    }

    /// <summary>Which of the equipment and resources that routings name are known.</summary>
    static async Task<KnownCodes> Known(IEnumerable<Routing> routings, WorkOrdersDb db, CancellationToken ct)
    {
        var steps = routings.SelectMany(routing => routing.Steps).ToList();
        var equipment = steps.SelectMany(step => step.Equipment).Distinct().ToArray();
        var resources = steps.SelectMany(step => step.Planning?.Resources ?? []).Select(need => need.Resource).Distinct()
            .ToArray();
        await using var results = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT code, retired_at IS NOT NULL FROM equipment WHERE code = ANY (@equipment);
            SELECT code, capacity FROM resource WHERE code = ANY (@resources);
            """, new { equipment, resources }, db.Transaction, cancellationToken: ct));
        return new KnownCodes(
            (await results.ReadAsync<(string Code, bool Is)>()).ToDictionary(row => row.Code, row => row.Is),
            (await results.ReadAsync<(string Code, int Capacity)>()).ToDictionary(row => row.Code, row => row.Capacity));
    }

    static string Text(Routing routing) => JsonSerializer.Serialize(routing, MessageJson.Options);

    static async Task<Page<RoutingView>> List(
        WorkOrdersDb db, Code? product, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (code, revision) = page.AfterTexts(2) is [var c, var r] ? (c, r) : ("", "");
        var rows = await db.Routings.AsNoTracking()
            .Where(routing => (product == null || routing.Product == product)
                && (string.Compare(routing.Code, code) > 0
                    || (routing.Code == code && string.Compare(routing.Revision, revision) > 0)))
            .OrderBy(routing => routing.Code).ThenBy(routing => routing.Revision).Take(page.Size + 1).ToListAsync(ct);
        var known = await Known(rows, db, ct);
        return Page.Of(rows.ConvertAll(routing => RoutingView.Of(routing, known)), page.Size,
            routing => Page.Key(routing.Code, routing.Revision));
    }
}
