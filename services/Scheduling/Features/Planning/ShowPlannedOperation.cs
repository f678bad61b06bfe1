using Mes.Contracts;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Model;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

/// <summary>Two operations of one order, of which one follows the other.</summary>
/// <param name="From">The operation before.</param>
/// <param name="To">The one that follows it.</param>
/// <param name="Kind">Between which instants the lag runs.</param>
/// <param name="MinLagSeconds">Seconds at least.</param>
/// <param name="MaxLagSeconds">Seconds at most, or null for no limit.</param>
public sealed record PlannedLink(Guid From, Guid To, LinkKind Kind, int MinLagSeconds, int? MaxLagSeconds);

/// <summary>A planned operation with all that decides where it can be.</summary>
/// <param name="Line">Where it is.</param>
/// <param name="Chain">Why it is there: itself, then what each one waits for, until something that is no operation.</param>
/// <param name="Times">How long it takes on each equipment that can do it.</param>
/// <param name="Links">What it follows, and what follows it.</param>
/// <param name="Resources">What it needs beside its equipment.</param>
/// <param name="ReleaseAt">Its order is not begun before, UTC, or null.</param>
/// <param name="MaterialAt">When missing components are expected, UTC; null where none are missing or nobody knows.</param>
/// <param name="IsSplittable">Whether the work may pause while the equipment is closed.</param>
public sealed record PlannedOperationView(
    PlanLine Line, IReadOnlyList<ChainLink> Chain, IReadOnlyList<OperationTime> Times, IReadOnlyList<PlannedLink> Links,
    IReadOnlyList<ResourceNeed> Resources, DateTimeOffset? ReleaseAt, DateTimeOffset? MaterialAt, bool IsSplittable);

static class ShowPlannedOperationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/operations/{operationId:guid}", Handle)
            .Named("showPlannedOperation", "Show why an operation is where it is in a plan")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Of what is done by now, only its place in the plan is left.</summary>
    static async Task<PlannedOperationView> Handle(
        Guid id, Guid operationId, PlanStore plans, DraftStore drafts, PlanningInput input,
        ServiceDatabase<SchedulingDb> database, CancellationToken ct)
    {
        var pins = await drafts.Pins(await plans.Require(id, ct), ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var line = (await PlanLines.Read(connection,
            "SELECT * FROM plan_operation WHERE plan_id = @id AND operation_id = @operationId", new { id, operationId },
            pins, ct))
            .SingleOrDefault() ?? throw RuleViolation.NotFound("operation", operationId);
        var chain = await PlanLists.Chain(connection, id, operationId, ct);
        var (order, capacity) = await input.ReadOrder(line.OrderId, ct);
        var operation = order?.Operations.FirstOrDefault(own => own.OperationId == operationId);
        return new PlannedOperationView(
            line, chain, operation is null ? [] : OperationTime.Of(operation, capacity),
            order is null ? [] : [.. PlanningModel.Links(order).Select(Link)
                .Where(link => link.From == operationId || link.To == operationId)],
            operation?.Resources ?? [], order?.ReleaseAt, order?.MaterialAt, operation?.IsSplittable ?? true);
    }

    static PlannedLink Link(Precedence arc) => new(Guid.Parse(arc.From), Guid.Parse(arc.To), arc.Kind switch
    {
        LagKind.StartStart => LinkKind.StartStart,
        LagKind.EndEnd => LinkKind.EndEnd,
        _ => LinkKind.EndStart
    }, arc.MinLagSeconds, arc.MaxLagSeconds);
}
