using System.ComponentModel.DataAnnotations;
using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>A card of the dispatch list.</summary>
/// <param name="OperationId">The operation to report on.</param>
/// <param name="Order">Order number.</param>
/// <param name="Product">Product code.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Sequence">Its position in the routing.</param>
/// <param name="Quantity">Ordered quantity.</param>
/// <param name="Good">Good pieces so far.</param>
/// <param name="Available">Good pieces that the operation before has delivered; the ordered quantity for the first.</param>
/// <param name="Open">Pieces of these, up to the ordered quantity, that are not through here yet.</param>
/// <param name="Unit">Unit of the quantities.</param>
/// <param name="Status">Waiting or Started.</param>
/// <param name="IsRush">Whether it is a rush order.</param>
/// <param name="DueAt">Due date, UTC, or null.</param>
/// <param name="PlannedStartAt">Start by the published plan, UTC, or null where it is not planned.</param>
/// <param name="PlannedEndAt">End by the published plan, UTC, or null.</param>
/// <param name="IsReady">Whether it can be worked on now.</param>
/// <param name="WaitsFor">Why not: order-on-hold, predecessor (has delivered no more), pieces (none is left or can come),
/// material, material-expired (what was reserved has expired), quality, equipment; empty where ready.</param>
public sealed record DispatchCard(
    Guid OperationId, string Order, string Product, string Operation, int Sequence, decimal Quantity, decimal Good,
    decimal Available, decimal Open, string Unit, [property: AllowedValues("Waiting", "Started")] string Status, bool IsRush,
    DateTimeOffset? DueAt, DateTimeOffset? PlannedStartAt, DateTimeOffset? PlannedEndAt, bool IsReady,
    IReadOnlyList<string> WaitsFor);

/// <summary>What to work on at an equipment unit: ready first, then by plan, then by due date.</summary>
static class ListDispatchEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dispatch", Handle).Named("listDispatch", "List the work that waits at a piece of equipment")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>
    /// What can be worked on now first; in both parts rush orders first, then by planned start and by due date.
    /// </summary>
    static async Task<Page<DispatchCard>> Handle(
        Code equipment, [AsParameters] PageRequest page, ServiceDatabase<WorkOrdersDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql, new { equipment, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct));
        return Page.Counted([.. rows.Select(row => row.ToCard())], page);
    }

    const string Sql = """
        SELECT * FROM (
            SELECT o.id AS operation_id, w.number, w.product, o.code, o.sequence, w.quantity, o.good,
                   coalesce(p.good, w.quantity) AS available, w.unit, o.status, w.priority, w.due_at, l.starts_at, l.ends_at,
                   w.status = 'OnHold' AS on_hold,
                   greatest(0, least(w.quantity, coalesce(p.good, w.quantity)) - f.finished) AS open,
                   p.id IS NOT NULL AND p.status <> 'Done' AND p.good <= f.finished AS waits_for_predecessor,
                   (f.finished > 0 OR coalesce(p.reports, 0) > 0) AND coalesce(p.status, 'Done') = 'Done'
                       AND coalesce(p.good, w.quantity) <= f.finished AS waits_for_pieces,
                   h.shortages IS NOT NULL AS waits_for_material,
                   coalesce(h.shortages @> '[{"reason": "expired"}]', false) AS waits_for_expired_material,
                   EXISTS (SELECT FROM quality_hold h WHERE h.operation_id = o.id AND h.is_active) AS waits_for_quality,
                   EXISTS (SELECT FROM equipment_stop s WHERE s.equipment = @equipment AND s.ended_at = 'infinity')
                       AS waits_for_equipment
            FROM operation o
            JOIN work_order w ON w.id = o.order_id AND w.status IN ('Released', 'OnHold')
            LEFT JOIN operation p ON p.id = o.predecessor_id
            LEFT JOIN shortage h ON h.order_id = w.id AND h.shortages <> '[]'
            CROSS JOIN LATERAL (
                SELECT o.good + o.scrap + greatest(0, o.nonconforming - greatest(0, o.reworked)) AS finished) f
            LEFT JOIN planned_operation l ON l.operation_id = o.id
            WHERE o.equipment @> ARRAY[@equipment] AND o.status <> 'Done' AND (l.equipment IS NULL OR l.equipment = @equipment)) c
        ORDER BY on_hold OR waits_for_predecessor OR waits_for_pieces OR waits_for_material
                 OR waits_for_quality OR waits_for_equipment,
                 priority < 100, starts_at NULLS LAST, due_at NULLS LAST, number, sequence
        OFFSET @after LIMIT @limit
        """;

    sealed class Row
    {
        public Guid OperationId { get; init; }
        public string Number { get; init; } = "";
        public string Product { get; init; } = "";
        public string Code { get; init; } = "";
        public int Sequence { get; init; }
        public decimal Quantity { get; init; }
        public decimal Good { get; init; }
        public decimal Available { get; init; }
        public decimal Open { get; init; }
        public string Unit { get; init; } = "";
        public string Status { get; init; } = "";
        public int Priority { get; init; }
        public DateTime? DueAt { get; init; }
        public DateTime? StartsAt { get; init; }
        public DateTime? EndsAt { get; init; }
        public bool OnHold { get; init; }
        public bool WaitsForPredecessor { get; init; }
        public bool WaitsForPieces { get; init; }
        public bool WaitsForMaterial { get; init; }
        public bool WaitsForExpiredMaterial { get; init; }
        public bool WaitsForQuality { get; init; }
        public bool WaitsForEquipment { get; init; }

        public DispatchCard ToCard()
        {
            var waitsFor = Reasons().ToList();
            return new DispatchCard(OperationId, Number, Product, Code, Sequence, Quantity, Good, Available, Open, Unit, Status,
                Priority >= 100, DueAt, StartsAt, EndsAt, waitsFor.Count == 0, waitsFor);
        }

        IEnumerable<string> Reasons()
        {
            if (OnHold) yield return "order-on-hold";
            if (WaitsForPredecessor) yield return "predecessor";
            if (WaitsForPieces) yield return "pieces";
            if (WaitsForMaterial) yield return WaitsForExpiredMaterial ? "material-expired" : "material";
            if (WaitsForQuality) yield return "quality";
            if (WaitsForEquipment) yield return "equipment";
        }
    }
}
