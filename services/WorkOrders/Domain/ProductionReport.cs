using Mes.Contracts;

namespace Mes.WorkOrders.Domain;

/// <summary>What an operator reported, as it was reported: never changed; a counter-report undoes it.</summary>
public sealed class ProductionReport
{
    /// <summary>Identity: the id that the client gave the command.</summary>
    public Guid Id { get; init; }

    /// <summary>The report that this one undoes, or null.</summary>
    public Guid? Reverses { get; init; }

    /// <summary>The report whose pieces this one counts otherwise, as Quality has decided; null for work.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The operation.</summary>
    public Guid OperationId { get; init; }

    /// <summary>Code of the equipment used.</summary>
    public required string Equipment { get; init; }

    /// <summary>Code of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The sign-on under which it was reported.</summary>
    public Guid SignOnId { get; init; }

    /// <summary>Run or setup.</summary>
    public WorkActivity Activity { get; init; }

    /// <summary>Start of the work, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End of the work, UTC.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Good pieces; negative in a counter-report.</summary>
    public decimal Good { get; init; }

    /// <summary>Rejected pieces.</summary>
    public decimal Scrap { get; init; }

    /// <summary>Pieces that wait for a decision by Quality.</summary>
    public decimal Nonconforming { get; init; }

    /// <summary>Whether the work was rework.</summary>
    public bool IsRework { get; init; }

    /// <summary>Why pieces were rejected, or null.</summary>
    public string? ScrapReason { get; init; }

    /// <summary>Lots used up.</summary>
    public required IReadOnlyList<ConsumedLot> Consumed { get; init; }

    /// <summary>The pieces that it names, each once; none where it names none.</summary>
    public IReadOnlyList<ReportedPiece> Serials { get; init; } = [];

    /// <summary>When the server accepted it, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>Server time minus device time when it was sent, milliseconds; null where the device did not say.</summary>
    public long? ClockSkewMs { get; init; }

    /// <summary>The counter-report that undoes this one.</summary>
    public ProductionReport Counter(Guid id, DateTimeOffset now) => new()
    {
        Id = id, Reverses = Id, Corrects = Corrects, OrderId = OrderId, OperationId = OperationId,
        Equipment = Equipment, Operator = Operator,
        SignOnId = SignOnId, Activity = Activity, StartedAt = StartedAt, EndedAt = EndedAt, Good = -Good, Scrap = -Scrap,
        Nonconforming = -Nonconforming, IsRework = IsRework, ReportedAt = now,
        Consumed = [.. Consumed.Select(lot => lot with { Quantity = -lot.Quantity })], Serials = Serials
    };

    /// <summary>What it adds to the number of reports in force: a correction none, a counter-report less one.</summary>
    internal int Work => Corrects is not null ? 0 : Reverses is null ? 1 : -1;

    /// <summary>The last instant of the work, UTC: what ends with a shift belongs to it, not to the next.</summary>
    public DateTimeOffset LastInstant => EndedAt > StartedAt ? EndedAt.AddMicroseconds(-1) : EndedAt;

    /// <summary>
    /// Counts its pieces as Quality has decided, at the time of the work. It is no work: it has no length and uses
    /// nothing up.
    /// </summary>
    public ProductionReport Correction(Guid id, PiecesJudged judged, DateTimeOffset now) => new()
    {
        Id = id, Corrects = Id, OrderId = OrderId, OperationId = OperationId, Equipment = Equipment, Operator = Operator,
        SignOnId = SignOnId, Activity = Activity, StartedAt = LastInstant, EndedAt = LastInstant,
        Good = judged.Good, Scrap = judged.Scrap, Nonconforming = judged.Nonconforming, ScrapReason = judged.Reason,
        Consumed = [], ReportedAt = now
    };

    /// <summary>The fact that others apply.</summary>
    public ProductionReported ToContract(WorkOrder order, Operation operation) => new(
        Id, Reverses, order.Id, order.Number, operation.Id, operation.Code, operation.Sequence, operation.SuccessorId,
        operation.IsReceipt, operation.IsInspection, order.Product, order.Unit, order.Lot, Equipment, Operator, Activity,
        StartedAt, EndedAt, Good, Scrap, Nonconforming, IsRework,
        operation.PlannedRunSecondsPerUnit, Consumed, ReportedAt, Corrects);
}
