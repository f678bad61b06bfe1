using System.Globalization;
using Dapper;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>A page of the feed.</summary>
/// <param name="Items">The confirmations, by position.</param>
/// <param name="Next">Value for <c>after</c> that gives the next page, or null where there is none yet.</param>
/// <param name="Cursor">Value for <c>after</c> to go on from later: what comes after all that was read so far.</param>
public sealed record ConfirmationPage(IReadOnlyList<Confirmation> Items, string? Next, string Cursor);

/// <summary>One confirmation for the ERP: a report, or its undoing.</summary>
/// <param name="Position">Position in the feed; the cursor of the next read.</param>
/// <param name="Key">The report's id: the same key is the same confirmation.</param>
/// <param name="Reverses">Key of the confirmation that this one undoes, or null.</param>
/// <param name="Corrects">Key of the confirmation whose pieces this one counts otherwise, as Quality has decided; null
/// for work.</param>
/// <param name="Order">The ERP's order number.</param>
/// <param name="Sequence">Position of the operation in the routing.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Operator">Operator code.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that wait for Quality.</param>
/// <param name="StartedAt">Start, UTC.</param>
/// <param name="EndedAt">End, UTC.</param>
public sealed record Confirmation(
    long Position, Guid Key, Guid? Reverses, Guid? Corrects, string Order, int Sequence, string Operation,
    string Equipment, string Operator, WorkActivity Activity, decimal Good, decimal Scrap, decimal Nonconforming,
    DateTimeOffset StartedAt, DateTimeOffset EndedAt);

static class ListConfirmationsEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapGet("/confirmations", Handle).Named("listConfirmations", "Read what is to be confirmed to the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    /// <summary>In the order of their positions.</summary>
    static async Task<ConfirmationPage> Handle(
        ServiceDatabase<WorkOrdersDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterNumber();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT f.position, r.id AS key, r.reverses, r.corrects, w.number AS order_number, o.sequence,
                   o.code AS operation, r.equipment, r.operator, r.activity, r.good, r.scrap, r.nonconforming,
                   r.started_at, r.ended_at
            FROM erp_feed f JOIN report r ON r.id = f.report_id JOIN operation o ON o.id = r.operation_id
            JOIN work_order w ON w.id = r.order_id
            WHERE f.position > @after ORDER BY f.position LIMIT @limit
            """, new { after, limit = page.Size + 1 }, cancellationToken: ct))).Select(row => row.ToConfirmation()).ToList();
        var (items, next) = Page.Of(rows, page.Size, row => Key(row.Position));
        return new ConfirmationPage(items, next, Key(items.Count > 0 ? items[^1].Position : after));

        static string Key(long position) => position.ToString(CultureInfo.InvariantCulture);
    }

    sealed class Row
    {
        public long Position { get; init; }
        public Guid Key { get; init; }
        public Guid? Reverses { get; init; }
        public Guid? Corrects { get; init; }
        public string OrderNumber { get; init; } = "";
        public int Sequence { get; init; }
        public string Operation { get; init; } = "";
        public string Equipment { get; init; } = "";
        public string Operator { get; init; } = "";
        public WorkActivity Activity { get; init; }
        public decimal Good { get; init; }
        public decimal Scrap { get; init; }
        public decimal Nonconforming { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset EndedAt { get; init; }

        public Confirmation ToConfirmation() => new(
            Position, Key, Reverses, Corrects, OrderNumber, Sequence, Operation, Equipment, Operator, Activity, Good, Scrap,
            Nonconforming, StartedAt, EndedAt);
    }
}
