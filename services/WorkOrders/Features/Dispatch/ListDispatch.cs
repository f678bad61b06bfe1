using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>A card of the dispatch list.</summary>
/// <param name="OperationId">The operation to report on.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Order">Order number.</param>
/// <param name="Product">Product code.</param>
/// <param name="Picture">Version of the product's picture, another for each picture; null where it has none.</param>
/// <param name="IsSerialized">Whether its pieces have serial numbers, to be named in reports.</param>
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
/// material, material-expired (what was reserved has expired), quality, equipment, skill and instruction (where an operator is
/// named); empty where ready.</param>
/// <param name="Work">Who works on it, or lets it rest.</param>
/// <param name="InstructionRevision">Revision of its instruction in force, or null where there is none.</param>
/// <param name="AssignedTo">Code of the operator whom a foreman asks to do it, or null; others may begin it, too.</param>
/// <param name="AssignedName">That operator's name, or null.</param>
/// <param name="Alternatives">Codes of the equipment that can do it; the first is preferred.</param>
public sealed record DispatchCard(
    Guid OperationId, Guid OrderId, string Order, string Product, string? Picture, bool IsSerialized, string Operation,
    int Sequence, decimal Quantity, decimal Good, decimal Available, decimal Open, string Unit,
    [property: AllowedValues("Waiting", "Started")] string Status, bool IsRush,
    DateTimeOffset? DueAt, DateTimeOffset? PlannedStartAt, DateTimeOffset? PlannedEndAt, bool IsReady,
    IReadOnlyList<string> WaitsFor, IReadOnlyList<WorkOnCard> Work, int? InstructionRevision,
    string? AssignedTo, string? AssignedName, IReadOnlyList<string> Alternatives);

/// <summary>Work on the operation of a card.</summary>
/// <param name="WorkId">The work, to be paused, resumed or finished.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Name">The operator's name.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="State">Running or Paused.</param>
/// <param name="Since">Since when that is so, UTC.</param>
/// <param name="Seconds">Time worked until now, pauses apart, seconds.</param>
public sealed record WorkOnCard(
    Guid WorkId, string Operator, string Name, string Equipment, WorkActivity Activity, WorkState State, DateTimeOffset Since,
    decimal Seconds);

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
        Code equipment, Code? @operator, [AsParameters] PageRequest page, ServiceDatabase<WorkOrdersDb> database,
        TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var now = clock.GetUtcNow();
        var cards = await connection.QueryAsync<Row, Readiness, DispatchCard>(new CommandDefinition(
            Sql,
            new
            {
                equipment, @operator = @operator?.Value, at = now, after = page.AfterNumber(), limit = page.Size + 1
            }, cancellationToken: ct), (row, readiness) => row.ToCard(readiness, now), splitOn: "is_on_hold");
        return Page.Counted([.. cards], page);
    }

    const string Sql = $"""
        SELECT operation_id, order_id, number, product, picture, is_serialized, code, sequence, quantity, good, available, unit,
               status, priority, due_at, starts_at, ends_at, open, instruction_revision,
               assigned_to, (SELECT a.name FROM operator a WHERE a.code = assigned_to) AS assigned_name, alternatives,
               (SELECT json_agg(json_build_object(
                           'workId', k.id, 'operator', k.operator, 'name', coalesce(n.name, k.operator),
                           'equipment', k.equipment, 'activity', k.activity, 'state', k.state, 'since', k.since,
                           'secondsBefore', k.seconds_before) ORDER BY k.started_at, k.id)
                FROM work k LEFT JOIN operator n ON n.code = k.operator
                WHERE k.operation_id = c.operation_id AND k.state <> 'Ended') AS work,
               is_on_hold, waits_for_predecessor, waits_for_pieces, waits_for_material, waits_for_expired_material,
               waits_for_quality, waits_for_equipment, waits_for_skill, waits_for_instruction
        FROM (
            SELECT o.id AS operation_id, w.id AS order_id, w.number, w.product, t.picture,
                   coalesce(t.tracking = 'Serial', false) AS is_serialized, o.code, o.sequence, w.quantity, o.good,
                   coalesce(p.good, w.quantity) AS available, w.unit, o.status, w.priority, w.due_at, l.starts_at, l.ends_at,
                   greatest(0, least(w.quantity, coalesce(p.good, w.quantity)) - f.finished) AS open,
                   i.revision AS instruction_revision, o.assigned_to, o.equipment AS alternatives,
                   {ReadinessSql.Columns}
            {ReadinessSql.From}
            LEFT JOIN product t ON t.code = w.product
            LEFT JOIN planned_operation l ON l.operation_id = o.id
            WHERE o.equipment @> ARRAY[@equipment] AND o.status <> 'Done' AND (l.equipment IS NULL OR l.equipment = @equipment)) c
        ORDER BY {ReadinessSql.Waits},
                 priority < 100, starts_at NULLS LAST, due_at NULLS LAST, number, sequence
        OFFSET @after LIMIT @limit
        """;

    sealed class Row
    {
        public Guid OperationId { get; init; }
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public bool IsSerialized { get; init; }
        public string Product { get; init; } = "";
        public string? Picture { get; init; }
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
        public string? Work { get; init; }
        public int? InstructionRevision { get; init; }
        public string? AssignedTo { get; init; }
        public string? AssignedName { get; init; }
        public string[] Alternatives { get; init; } = [];

        public DispatchCard ToCard(Readiness readiness, DateTimeOffset now)
        {
            var waitsFor = readiness.Reasons.ToList();
            return new DispatchCard(OperationId, OrderId, Number, Product, Picture, IsSerialized, Code, Sequence, Quantity, Good,
                Available, Open, Unit, Status, Priority >= 100, DueAt, StartsAt, EndsAt, waitsFor.Count == 0, waitsFor,
                [.. UnderWay(now)], InstructionRevision, AssignedTo, AssignedName, Alternatives);
        }

        IEnumerable<WorkOnCard> UnderWay(DateTimeOffset now) => Work is null ? []
            : JsonSerializer.Deserialize<List<WorkRow>>(Work, MessageJson.Options)!.Select(row => row.ToWork(now));
    }

    sealed record WorkRow(
        Guid WorkId, string Operator, string Name, string Equipment, WorkActivity Activity, WorkState State, DateTimeOffset Since,
        decimal SecondsBefore)
    {
        public WorkOnCard ToWork(DateTimeOffset now) => new(WorkId, Operator, Name, Equipment, Activity, State, Since,
            Domain.Work.SecondsAt(SecondsBefore, State, Since, now));
    }
}
