using FluentValidation;
using Mes.Contracts;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.OrderPromising;

/// <summary>Asks when an order that is not placed yet could end. Nothing that is planned moves.</summary>
/// <param name="Quantity">Quantity.</param>
/// <param name="Product">Product code: its newest routing is followed.</param>
/// <param name="Operations">The operations, where they are not a known product's; they follow each other.</param>
/// <param name="ReleaseAt">Earliest start, or null.</param>
public sealed record AskPromise(
    decimal Quantity, string? Product = null, IReadOnlyList<RoutedOperation>? Operations = null,
    DateTimeOffset? ReleaseAt = null);

sealed class AskPromiseValidator : AbstractValidator<AskPromise>
{
    public AskPromiseValidator()
    {
        RuleFor(ask => ask.Quantity).IsPositiveQuantity();
        RuleFor(ask => ask.Product).IsCodeOrNull();
        RuleFor(ask => ask.Product).Must((ask, product) => product is null != (ask.Operations is null))
            .WithMessage("Name either a product or operations.");
        RuleFor(ask => ask.ReleaseAt!.Value).IsTime().When(ask => ask.ReleaseAt is not null);
        RuleFor(ask => ask.Operations).Cascade(CascadeMode.Stop)
            .Must(operations => operations is null
                || (operations.Count is >= 1 and <= 500 && operations.All(operation => operation is not null)))
            .WithMessage("Give 1 to 500 operations, none of them null.")
            .Must(operations => operations is null || operations.DistinctBy(o => o.Code).Count() == operations.Count)
            .WithMessage("Give each operation a code of its own.")
            .Must(operations => operations is null || LinksGoBack(operations))
            .WithMessage("Link an operation only to operations that stand before it.");
        RuleForEach(ask => ask.Operations).ChildRules(operation =>
        {
            operation.RuleFor(o => o.Code).IsCode();
            operation.RuleFor(o => o.Equipment).Must(equipment => equipment.Count is >= 1 and <= 100)
                .WithMessage("Name 1 to 100 units.");
            operation.RuleForEach(o => o.Equipment).IsCode();
            operation.RuleFor(o => o.SetupSeconds).IsQuantity();
            operation.RuleFor(o => o.RunSecondsPerUnit).IsQuantity();
            operation.RuleFor(o => o.Alternatives).AreAlternatives();
            operation.RuleFor(o => o.Resources).AreResources();
            operation.RuleFor(o => o.Links).AreLinks();
        });
    }

    static bool LinksGoBack(IReadOnlyList<RoutedOperation> operations)
    {
        var before = new HashSet<string>();
        return operations.All(operation => (operation.Links ?? [])
            .All(link => link is not null && before.Contains(link.After)) && (before.Add(operation.Code) || true));
    }
}

static class PromiseDateEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/promises", Handle)
        .Named("askPromise", "Ask by when a new order could be finished")
        .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<Ok<PromisedDate>> Handle(
        AskPromise request, PlanningInput input, PlanStore plans, Routings routings, TimeProvider clock, CancellationToken ct)
    {
        var operations = request.Operations ?? await routings.Newest(request.Product!, ct);
        var facts = await input.Read(ct);
        await routings.RequireEquipment(operations, facts, ct);
        var order = RoutedDemand.Of(
            Guid.NewGuid(), "promise", request.Quantity, request.ReleaseAt?.ToUniversalTime(), operations);
        return TypedResults.Ok(Promises.Place(facts, order, await plans.Version(ct), clock.GetUtcNow()));
    }
}
