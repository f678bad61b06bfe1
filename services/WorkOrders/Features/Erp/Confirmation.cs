using Mes.Contracts;

namespace Mes.WorkOrders.Features.Erp;

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

/// <summary>A confirmation as it is read.</summary>
sealed class ConfirmationRow
{
    /// <summary>Its members, of the feed <c>f</c> with all it is about.</summary>
    public const string Select = """
        SELECT f.position, r.id AS key, r.reverses, r.corrects, w.number AS order_number, o.sequence,
               o.code AS operation, r.equipment, r.operator, r.activity, r.good, r.scrap, r.nonconforming,
               r.started_at, r.ended_at
        FROM erp_feed f JOIN report r ON r.id = f.report_id JOIN operation o ON o.id = r.operation_id
        JOIN work_order w ON w.id = r.order_id
        """;

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
