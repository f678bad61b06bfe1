using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>The serial number of a piece.</summary>
/// <param name="Serial">The number, unique among those of the product.</param>
/// <param name="Sequence">Its place among those of the order, from 1.</param>
/// <param name="State">Where the piece stands, by the reports that name it.</param>
/// <param name="OperationIds">The operations at which reports name it, that were not undone.</param>
/// <param name="AllottedAt">When it was allotted, UTC.</param>
public sealed record SerialView(
    string Serial, int Sequence, PieceState State, IReadOnlyList<Guid> OperationIds, DateTimeOffset AllottedAt);

static class ListSerialsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/serials", Handle).Named("listSerials", "List the serial numbers of an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order in which they were allotted.</summary>
    static async Task<Page<SerialView>> Handle(
        Guid id, WorkOrdersDb db, ServiceDatabase<WorkOrdersDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT s.serial, s.sequence, s.allotted_at, said.operation_ids, {PieceSql.Columns}
            FROM serial_number s {PieceSql.Join}
            WHERE s.order_id = @id AND s.sequence > @after ORDER BY s.sequence LIMIT @limit
            """, new { id, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct)))
            .Select(row => row.ToView()).ToList();
        if (rows.Count == 0) await db.RequireOrder(id, ct);
        return Page.Of(rows, page.Size, row => row.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    sealed class Row
    {
        public string Serial { get; init; } = "";
        public int Sequence { get; init; }
        public DateTimeOffset AllottedAt { get; init; }
        public Guid[] OperationIds { get; init; } = [];
        public bool IsScrapped { get; init; }
        public PieceResult? LastResult { get; init; }
        public bool IsLastReceipt { get; init; }
        public bool IsBuiltIn { get; init; }

        public SerialView ToView() => new(
            Serial, Sequence, new PieceSaid(IsScrapped, LastResult, IsLastReceipt, IsBuiltIn).State, OperationIds, AllottedAt);
    }
}
