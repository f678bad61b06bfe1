using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>Where a nonconformance stands.</summary>
public enum NonconformanceStatus
{
    /// <summary>Waits for decisions.</summary>
    Open,
    /// <summary>All its quantity is decided on.</summary>
    Closed,
    /// <summary>The report that opened it was undone.</summary>
    Withdrawn
}

/// <summary>What becomes of nonconforming pieces.</summary>
public enum DispositionKind
{
    /// <summary>Used although they do not conform (a concession).</summary>
    UseAsIs,
    /// <summary>Worked on until they conform.</summary>
    Rework,
    /// <summary>Thrown away.</summary>
    Scrap,
    /// <summary>Sent back to the supplier.</summary>
    Return
}

/// <summary>Pieces that do not conform and wait for a decision; the decisions are its dispositions.</summary>
public sealed class Nonconformance
{
    readonly List<Disposition> _dispositions = [];

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; }

    /// <summary>The figures of its number; rising, with gaps.</summary>
    public required long Serial { get; init; }

    /// <summary>The number people know it by.</summary>
    public string Number => $"NC-{Serial:D6}";

    /// <summary>The production report it comes from; null where an inspection found it.</summary>
    public Guid? ReportId { get; private init; }

    /// <summary>The inspection that found it; null where a report told it.</summary>
    public Guid? InspectionId { get; private init; }

    /// <summary>The report whose pieces they are: its own, or its inspection's.</summary>
    public Guid JudgedReportId { get; private init; }

    /// <summary>Rises by one with each decision that changes what the report said of its pieces; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>The work order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The ERP's number of the work order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The operation after which the pieces were found.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>Its short name.</summary>
    public required string OperationCode { get; init; }

    /// <summary>Product code.</summary>
    public required string Product { get; init; }

    /// <summary>The order's product lot.</summary>
    public required string Lot { get; init; }

    /// <summary>The equipment that made the pieces.</summary>
    public required string Equipment { get; init; }

    /// <summary>The operator who reported them.</summary>
    public required string Operator { get; init; }

    /// <summary>Pieces that do not conform, &gt; 0, in <see cref="Unit"/>.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Unit of all quantities.</summary>
    public required string Unit { get; init; }

    /// <summary>When the report was accepted, UTC.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>When it was closed or withdrawn, UTC, or null.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public NonconformanceStatus Status { get; private set; }

    /// <summary>What was decided, in order of time.</summary>
    public IReadOnlyList<Disposition> Dispositions => _dispositions;

    /// <summary>Quantity that nobody has decided on yet, ≥ 0.</summary>
    public decimal Undecided => Quantity - _dispositions.Sum(decision => decision.Quantity);

    /// <summary>Opens one for the nonconforming pieces of a report.</summary>
    public static Nonconformance Of(ProductionReported report, long serial, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Serial = serial, ReportId = report.ReportId,
        JudgedReportId = report.ReportId, OrderId = report.OrderId,
        OrderNumber = report.OrderNumber, OperationId = report.OperationId, OperationCode = report.OperationCode,
        Product = report.Product, Lot = report.Lot, Equipment = report.Equipment, Operator = report.Operator,
        Quantity = report.Nonconforming, Unit = report.Unit, ReportedAt = report.ReportedAt, OpenedAt = now
    };

    /// <summary>Opens one for the pieces that an inspection rejected.</summary>
    public static Nonconformance Of(Inspection inspection, long serial, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Serial = serial, InspectionId = inspection.Id,
        JudgedReportId = inspection.ReportId, Version = 1, OrderId = inspection.OrderId,
        OrderNumber = inspection.OrderNumber, OperationId = inspection.OperationId, OperationCode = inspection.OperationCode,
        Product = inspection.Product, Lot = inspection.Lot, Equipment = inspection.Equipment, Operator = inspection.Operator,
        Quantity = inspection.RejectedQuantity!.Value, Unit = inspection.Unit, ReportedAt = inspection.ReportedAt, OpenedAt = now
    };

    /// <summary>Decides on a part of the quantity, or on all of it.</summary>
    /// <exception cref="RuleViolation">It is not open (409), or less than that is undecided (422).</exception>
    public Disposition Dispose(DispositionKind kind, decimal quantity, string reason, string by, DateTimeOffset now)
    {
        MustBeOpen();
        if (quantity > Undecided)
        {
            throw new RuleViolation("disposition-exceeds-quantity", "Decide on at most what is undecided.",
                ("quantity", quantity), ("undecided", Undecided), ("unit", Unit));
        }
        var decision = new Disposition
        {
            NonconformanceId = Id, Position = _dispositions.Count + 1, Kind = kind, Quantity = quantity, Reason = reason,
            DecidedBy = by, DecidedAt = now
        };
        _dispositions.Add(decision);
        Version++;
        return decision;
    }

    /// <summary>Closes it.</summary>
    /// <exception cref="RuleViolation">It is not open (409), or a part of it is undecided (422).</exception>
    public void Close(DateTimeOffset now)
    {
        MustBeOpen();
        if (Undecided > 0)
        {
            throw new RuleViolation("nonconformance-undecided", "Decide on the whole quantity before closing.",
                ("undecided", Undecided), ("unit", Unit));
        }
        (Status, EndedAt) = (NonconformanceStatus.Closed, now);
    }

    /// <summary>The report was undone: nothing is left to decide. What was decided before stays on record.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (Status != NonconformanceStatus.Withdrawn)
        {
            (Status, EndedAt) = (NonconformanceStatus.Withdrawn, now);
            Version++;
        }
    }

    /// <summary>What is decided so far, as it changes what the report said. Pieces that an inspection rejected were reported
    /// good; those that a report calls nonconforming never were. What goes back to be worked on is reported anew; what is
    /// sent back is lost to the order as scrap is.</summary>
    public PiecesJudged ToContract(string reason)
    {
        if (Status == NonconformanceStatus.Withdrawn)
        {
            return new PiecesJudged(Id, Version, JudgedReportId, 0, 0, 0, reason);
        }
        var rejected = InspectionId is null ? 0 : Quantity;
        return new PiecesJudged(Id, Version, JudgedReportId, Decided(DispositionKind.UseAsIs) - rejected,
            Decided(DispositionKind.Scrap) + Decided(DispositionKind.Return), rejected - (Quantity - Undecided), reason);
    }

    decimal Decided(DispositionKind kind) => _dispositions.Where(decision => decision.Kind == kind).Sum(one => one.Quantity);

    void MustBeOpen()
    {
        if (Status != NonconformanceStatus.Open)
        {
            throw RuleViolation.Conflict("nonconformance-not-open", "Nothing can be decided on it any more.", ("status", Status));
        }
    }
}

/// <summary>A decision on a quantity of nonconforming pieces; never changed.</summary>
public sealed class Disposition
{
    /// <summary>The nonconformance.</summary>
    public Guid NonconformanceId { get; init; }

    /// <summary>Its place among the decisions, from 1.</summary>
    public int Position { get; init; }

    /// <summary>What becomes of the pieces.</summary>
    public DispositionKind Kind { get; init; }

    /// <summary>Quantity decided on, &gt; 0.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }
}
