using System.Text.Json;
using Mes.Web.Auth;
using Mes.Web;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Which routings are listed.</summary>
/// <param name="Code">Only revisions of the routing with this code.</param>
/// <param name="Product">Only those that make this product.</param>
/// <param name="Material">Only those that this material goes into.</param>
/// <param name="Equipment">Only those with a step that this equipment can do.</param>
/// <param name="Resource">Only those with a step that needs this resource.</param>
/// <param name="EffectiveAt">Only those that new orders may follow at this time.</param>
public sealed record RoutingFilter(
    Code? Code, Code? Product, Code? Material, Code? Equipment, Code? Resource, DateTimeOffset? EffectiveAt);

static class ListRoutingsEndpoint
{
    static readonly CodePages<Routing> Listed =
        new CodePages<Routing>(r => r.Code, r => r.Revision).FoundBy(r => r.Code, r => r.Product);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/routings", Handle).Named("listRoutings", "List the routings")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes, then of their revisions.</summary>
    static async Task<Page<RoutingView>> Handle(
        WorkOrdersDb db, [AsParameters] RoutingFilter filter, [AsParameters] SearchFilter search,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(Filtered(db, filter), search, page).ToListAsync(ct);
        var known = await KnownCodes.In(rows, db, ct);
        return Listed.Page(rows.ConvertAll(routing => RoutingView.Of(routing, known)), page,
            routing => [routing.Code, routing.Revision]);
    }

    static IQueryable<Routing> Filtered(WorkOrdersDb db, RoutingFilter filter)
    {
        var routings = Naming(db, filter).AsNoTracking();
        if (filter.Code is { } code) routings = routings.Where(routing => routing.Code == code);
        if (filter.Product is { } product) routings = routings.Where(routing => routing.Product == product);
        if (filter.EffectiveAt?.ToUniversalTime() is { } at)
        {
            routings = routings.Where(routing => (routing.EffectiveFrom == null || routing.EffectiveFrom <= at)
                && (routing.EffectiveTo == null || at < routing.EffectiveTo));
        }
        return routings;
    }

    // SQL: containment, for which the indexes are, is not translated for members kept as documents
    static IQueryable<Routing> Naming(WorkOrdersDb db, RoutingFilter filter)
    {
        var component = Document(filter.Material is { } material ? new[] { new { material = material.Value } } : null);
        var unit = Document(filter.Equipment is { } code ? new[] { new { equipment = new[] { code.Value } } } : null);
        var need = Document(filter.Resource is { } name
            ? new[] { new { planning = new { resources = new[] { new { resource = name.Value } } } } } : null);
        return component is null && unit is null && need is null ? db.Routings : db.Routings.FromSql(
            $"""
            SELECT * FROM routing WHERE ({component}::jsonb IS NULL OR components @> {component}::jsonb)
                AND ({unit}::jsonb IS NULL OR steps @> {unit}::jsonb) AND ({need}::jsonb IS NULL OR steps @> {need}::jsonb)
            """);
    }

    static string? Document(object? contained) => contained is null ? null : JsonSerializer.Serialize(contained);
}
