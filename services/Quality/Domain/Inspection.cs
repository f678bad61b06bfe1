using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>Where an inspection stands.</summary>
public enum InspectionStatus
{
    /// <summary>Waits for measurements and a verdict.</summary>
    Open,
    /// <summary>All passed.</summary>
    Accepted,
    /// <summary>Nothing passed.</summary>
    Rejected,
    /// <summary>A part passed.</summary>
    PartlyAccepted,
    /// <summary>The report that opened it was undone, before the verdict or after.</summary>
    Withdrawn,
    /// <summary>Its order was cancelled before the verdict.</summary>
    Cancelled
}

/// <summary>The inspection of the good pieces of one report, under the plan as it was when the report came.</summary>
public sealed class Inspection
{
    const int MeasurementsMax = 100_000;

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; }

    /// <summary>The figures of its number; rising, with gaps.</summary>
    public required long Serial { get; init; }

    /// <summary>The number people know it by.</summary>
    public string Number => $"INS-{Serial:D6}";

    /// <summary>Code of its plan.</summary>
    public required string PlanCode { get; init; }

    /// <summary>Version of its plan.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>The plan as it was.</summary>
    public required PlanDefinition Plan { get; init; }

    /// <summary>Which reports the plan is triggered by; as in the plan, for the database's own guard.</summary>
    public InspectionTrigger Trigger { get; private init; }

    /// <summary>Whether the operator checks the pieces; as in the plan, to be found by.</summary>
    public bool IsSelfInspection { get; private init; }

    /// <summary>The report whose pieces are inspected.</summary>
    public Guid ReportId { get; private init; }

    /// <summary>The work order.</summary>
    public Guid OrderId { get; private init; }

    /// <summary>The ERP's number of the work order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The operation after which is inspected.</summary>
    public Guid OperationId { get; private init; }

    /// <summary>Its short name.</summary>
    public required string OperationCode { get; init; }

    /// <summary>The operation that a hold blocks, or null after the last.</summary>
    public Guid? NextOperationId { get; private init; }

    /// <summary>Product code.</summary>
    public required string Product { get; init; }

    /// <summary>The order's product lot.</summary>
    public required string Lot { get; init; }

    /// <summary>The equipment that made the pieces.</summary>
    public required string Equipment { get; init; }

    /// <summary>The operator who reported them.</summary>
    public required string Operator { get; init; }

    /// <summary>Pieces the verdict is on, &gt; 0, in <see cref="Unit"/>.</summary>
    public decimal Quantity { get; private init; }

    /// <summary>Unit of all quantities.</summary>
    public required string Unit { get; init; }

    /// <summary>Pieces to measure, ≥ 1.</summary>
    public int SampleSize { get; private init; }

    /// <summary>When the report was accepted, UTC.</summary>
    public DateTimeOffset ReportedAt { get; private init; }

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>Where it stands.</summary>
    public InspectionStatus Status { get; private set; }

    /// <summary>How many measurements have been recorded.</summary>
    public int MeasurementCount { get; private set; }

    /// <summary>Quantity that passed, or null before the verdict.</summary>
    public decimal? AcceptedQuantity { get; private set; }

    /// <summary>Quantity that did not pass, or null before the verdict.</summary>
    public decimal? RejectedQuantity { get; private set; }

    /// <summary>When it was decided, withdrawn or cancelled, UTC, or null.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who gave the verdict, or null.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Why the verdict differs from the measurements', or null.</summary>
    public string? VerdictReason { get; private set; }

    /// <summary>Opens one for the good pieces of a report.</summary>
    public static Inspection Open(PlanVersion plan, ProductionReported report, long serial, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Serial = serial, PlanCode = plan.Code, PlanVersion = plan.Version, Plan = plan.Definition,
        Trigger = plan.Definition.Trigger, IsSelfInspection = plan.Definition.IsSelfInspection,
        ReportId = report.ReportId, OrderId = report.OrderId, OrderNumber = report.OrderNumber,
        OperationId = report.OperationId, OperationCode = report.OperationCode, NextOperationId = report.NextOperationId,
        Product = report.Product, Lot = report.Lot, Equipment = report.Equipment, Operator = report.Operator,
        Quantity = report.Good, Unit = report.Unit, SampleSize = plan.Definition.Sampling.SampleSize(report.Good),
        ReportedAt = report.ReportedAt, OpenedAt = now
    };

    /// <summary>Records findings and judges each.</summary>
    /// <exception cref="RuleViolation">
    /// It is not open (409); a piece or characteristic is not in the sample, or a value is missing (422).
    /// </exception>
    public IReadOnlyList<Measurement> Record(IReadOnlyList<Finding> findings, string by, DateTimeOffset now)
    {
        MustBeOpen();
        if (MeasurementCount + findings.Count > MeasurementsMax)
        {
            throw new RuleViolation("too-many-measurements", "Split the quantity into several reports to inspect more pieces.",
                ("recorded", MeasurementCount), ("maximum", MeasurementsMax));
        }
        return [.. findings.Select(finding => Judge(finding, by, now))];
    }

    /// <summary>Gives the verdict.</summary>
    /// <param name="decision">The verdict, with quantities.</param>
    /// <param name="proposal">What the measurements say.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="now">When, UTC.</param>
    /// <exception cref="RuleViolation">It is not open (409), or the verdict breaks a rule (422).</exception>
    public void Decide(Decision decision, VerdictProposal proposal, Inspector by, DateTimeOffset now)
    {
        MustBeOpen();
        decision.Check(this, proposal, by);
        Status = decision.Verdict switch
        {
            Verdict.Accept => InspectionStatus.Accepted,
            Verdict.Reject => InspectionStatus.Rejected,
            _ => InspectionStatus.PartlyAccepted
        };
        (AcceptedQuantity, RejectedQuantity) = (decision.AcceptedOf(Quantity), Quantity - decision.AcceptedOf(Quantity));
        (EndedAt, DecidedBy, VerdictReason) = (now, by.Name, decision.Reason);
    }

    /// <summary>Its report was undone: there is nothing to inspect. A verdict given before stays on record.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (Status != InspectionStatus.Withdrawn)
        {
            (Status, EndedAt) = (InspectionStatus.Withdrawn, now);
        }
    }

    /// <summary>Ends it without a verdict because its order was cancelled; a verdict given before stays.</summary>
    public void Cancel(DateTimeOffset now)
    {
        if (Status == InspectionStatus.Open)
        {
            (Status, EndedAt) = (InspectionStatus.Cancelled, now);
        }
    }

    /// <summary>The plan it follows, to open another inspection under.</summary>
    public PlanVersion FollowedPlan => new() { Code = PlanCode, Version = PlanVersion, Definition = Plan };

    /// <summary>What a hold on its pieces keeps from being used.</summary>
    public HoldTarget HoldTarget => new(OrderId, NextOperationId, Product, Lot);

    Measurement Judge(Finding finding, string by, DateTimeOffset now)
    {
        if (finding.Sample < 1 || finding.Sample > SampleSize)
        {
            throw new RuleViolation("sample-out-of-range", "Number the sampled pieces from 1 to the sample size.",
                ("sample", finding.Sample), ("sampleSize", SampleSize));
        }
        var characteristic = Plan.Characteristic(finding.Characteristic);
        var judgement = finding switch
        {
            { Value: { } value, Conforms: null } => characteristic.Judge(value),
            { Value: null, Conforms: { } conforms } => characteristic.Judge(conforms),
            _ => throw new RuleViolation("finding-unclear",
                "Send a value for a variable or a judgement for an attribute, not both.",
                ("characteristic", finding.Characteristic), ("sample", finding.Sample))
        };
        MeasurementCount++;
        return new Measurement
        {
            InspectionId = Id, Position = MeasurementCount, Sample = finding.Sample, Characteristic = characteristic.Code,
            Value = finding.Value, Conforms = finding.Conforms, Judgement = judgement, RecordedBy = by, RecordedAt = now
        };
    }

    void MustBeOpen()
    {
        if (Status != InspectionStatus.Open)
        {
            throw RuleViolation.Conflict("inspection-not-open", "The inspection has ended; read it to see how.",
                ("status", Status), ("decidedBy", DecidedBy), ("endedAt", EndedAt));
        }
    }
}
