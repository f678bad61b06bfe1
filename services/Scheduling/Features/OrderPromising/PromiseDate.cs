using System.Text.Json;
using Dapper;
using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Persistence;
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
        AskPromise request, PlanningInput input, PlanStore plans, ServiceDatabase<SchedulingDb> database,
        TimeProvider clock, CancellationToken ct)
    {
        var operations = request.Operations ?? await RoutingOf(request.Product!, database, ct);
        var facts = await input.Read(ct);
        await RequireEquipment(operations, facts, input, ct);
        var order = OrderOf(request, operations);
        return TypedResults.Ok(Promises.Place(facts, order, await plans.Version(ct), clock.GetUtcNow()));
    }

    static DemandOrder OrderOf(AskPromise request, IReadOnlyList<RoutedOperation> operations) => new(
        Guid.NewGuid(), "promise", request.Quantity, 0, request.ReleaseAt?.ToUniversalTime(), null,
        [.. operations.Select(operation => new DemandOperation(
            Guid.NewGuid(), operation.Equipment, operation.SetupSeconds, operation.RunSecondsPerUnit, request.Quantity)
        {
            Code = operation.Code, SetupFamily = operation.SetupFamily, Alternatives = operation.Alternatives ?? [],
            Resources = operation.Resources ?? [], Links = operation.Links, IsSplittable = operation.IsSplittable
        })]);

    static async Task<IReadOnlyList<RoutedOperation>> RoutingOf(
        string product, ServiceDatabase<SchedulingDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var routings = await connection.QueryAsync<(string Revision, string Operations)>(new CommandDefinition(
            "SELECT revision, operations FROM routing WHERE product = @product ORDER BY code", new { product },
            cancellationToken: ct));
        var newest = routings.OrderByDescending(routing => Revisions.OrderKey(routing.Revision), StringComparer.Ordinal)
            .FirstOrDefault();
        return newest.Operations is { } json
            ? JsonSerializer.Deserialize<IReadOnlyList<RoutedOperation>>(json, MessageJson.Options)!
            : throw new RuleViolation("routing-not-found", "Define a routing of the product, or give the operations.",
                ("product", product));
    }

    /// <summary>A promise on equipment that nobody has would be none.</summary>
    static async Task RequireEquipment(
        IReadOnlyList<RoutedOperation> operations, PlanningFacts facts, PlanningInput input, CancellationToken ct)
    {
        var known = await input.KnownEquipment(facts, ct);
        var unknown = operations.SelectMany(operation => operation.Equipment).Where(code => !known.Contains(code))
            .Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new RuleViolation("equipment-not-found", "Name equipment of the plant.", ("equipment", unknown));
        }
    }
}
