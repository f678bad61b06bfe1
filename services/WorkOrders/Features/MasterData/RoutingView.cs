using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>A revision of a routing.</summary>
/// <param name="Code">Code of the routing.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Product">The product it makes.</param>
/// <param name="Policies">How strictly it is followed.</param>
/// <param name="Steps">The steps, in their order.</param>
/// <param name="Components">The bill of materials.</param>
/// <param name="EffectiveFrom">From when on new orders may follow it, UTC, or null: always.</param>
/// <param name="EffectiveTo">Until when new orders may follow it, itself no more, UTC, or null: for good.</param>
/// <param name="IsCurrent">Whether orders made now follow it unless they name another revision.</param>
/// <param name="Warnings">What is probably wrong: equipment or resources that nobody knows yet, or that cannot do it.</param>
public sealed record RoutingView(
    string Code, string Revision, string Product, Policies Policies, IReadOnlyList<RoutingStep> Steps,
    IReadOnlyList<Component> Components, DateTimeOffset? EffectiveFrom, DateTimeOffset? EffectiveTo,
    bool IsCurrent, IReadOnlyList<RoutingWarning> Warnings)
{
    internal static RoutingView Of(Routing routing, KnownCodes known) => new(
        routing.Code, routing.Revision, routing.Product, routing.Policies, routing.Steps, routing.Components,
        routing.EffectiveFrom, routing.EffectiveTo, known.Current[routing.Code] == routing.Revision,
        [.. routing.Steps.SelectMany(known.WarningsOf)]);
}

/// <summary>Something in a routing that is probably wrong.</summary>
/// <param name="Code">equipment-not-found, equipment-retired, resource-not-found or resource-too-small.</param>
/// <param name="Step">The step.</param>
/// <param name="Equipment">The equipment that it names, or null where it is about a resource.</param>
/// <param name="Resource">The resource that it names, or null where it is about equipment.</param>
public sealed record RoutingWarning(string Code, string Step, string? Equipment, string? Resource);
