using System.Globalization;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

static class ListPlannedOperationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/operations", Handle)
            .Named("listPlannedOperations", "List the operations of a plan")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their starts; of a time asked for, those that have a part in it.</summary>
    static async Task<Page<PlanLine>> Handle(
        Guid id, Code? equipment, Guid? operationId, [AsParameters] OfOrder of, [AsParameters] TimeFilter time, PlanStore plans,
        DraftStore drafts, ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var pins = await drafts.Pins(await plans.Require(id, ct), ct);
        var (from, to) = time.Bounds();
        var (afterStart, afterId) = After(page);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await PlanLines.Read(connection,
            """
            SELECT * FROM plan_operation
            WHERE plan_id = @id AND (@equipment::text IS NULL OR equipment = @equipment)
              AND (@Order::text IS NULL OR order_id IN (SELECT order_id FROM demand_order WHERE number = @Order))
              AND (@OrderId::uuid IS NULL OR order_id = @OrderId)
              AND (@operationId::uuid IS NULL OR operation_id = @operationId)
              AND (@from::timestamptz IS NULL OR ends_at > @from) AND (@to::timestamptz IS NULL OR setup_starts_at < @to)
              AND (@afterStart::timestamptz IS NULL OR (setup_starts_at, operation_id) > (@afterStart, @afterId))
            ORDER BY setup_starts_at, operation_id LIMIT @limit
            """,
            new
            {
                id, equipment, of.Order, of.OrderId, operationId, from = from?.UtcDateTime, to = to?.UtcDateTime, afterStart,
                afterId, limit = page.Size + 1
            }, pins, ct);
        return Page.Of(rows, page.Size, row => Page.Key(
            row.SetupStartsAt.ToString("O", CultureInfo.InvariantCulture), row.OperationId.ToString()));
    }

    static (DateTime? Start, Guid Id) After(PageRequest page) => page.AfterTexts(2) is not [var start, var id] ? (null, default)
        : DateTime.TryParse(start, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at) && Guid.TryParse(id, out var operation)
            ? (at, operation) : throw page.WrongKey();
}
