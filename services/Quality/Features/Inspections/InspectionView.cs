using Mes.Quality.Domain;

namespace Mes.Quality.Features.Inspections;

/// <summary>An inspection.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">The number people know it by.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Kind">Where in the making it stands.</param>
/// <param name="Plan">Code of its plan.</param>
/// <param name="PlanVersion">The plan's version that it follows.</param>
/// <param name="IsSelfInspection">Whether the operator checks the pieces, at the terminal.</param>
/// <param name="Order">Number of the work order.</param>
/// <param name="OrderId">The work order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Operation">Its short name.</param>
/// <param name="Product">Product code.</param>
/// <param name="Lot">The order's product lot.</param>
/// <param name="Equipment">The equipment that made the pieces.</param>
/// <param name="Operator">The operator who reported them.</param>
/// <param name="ReportId">The report whose pieces are inspected.</param>
/// <param name="Quantity">Pieces that the verdict is on, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="SampleSize">Pieces to measure.</param>
/// <param name="AcceptedQuantity">Quantity that passed, or null before the verdict.</param>
/// <param name="RejectedQuantity">Quantity that did not, or null before the verdict.</param>
/// <param name="ReportedAt">When the pieces were reported, UTC.</param>
/// <param name="OpenedAt">When the inspection was opened, UTC.</param>
/// <param name="EndedAt">When it ended, UTC, or null.</param>
/// <param name="DecidedBy">Who gave the verdict, or null.</param>
/// <param name="VerdictReason">Why the verdict differs from the measurements', or null.</param>
public sealed record InspectionView(
    Guid Id, string Number, InspectionStatus Status, InspectionKind Kind, string Plan, int PlanVersion,
    bool IsSelfInspection, string Order, Guid OrderId, Guid OperationId, string Operation, string Product, string Lot,
    string Equipment, string Operator, Guid ReportId, decimal Quantity, string Unit, int SampleSize, decimal? AcceptedQuantity,
    decimal? RejectedQuantity, DateTimeOffset ReportedAt, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, string? DecidedBy,
    string? VerdictReason)
{
    /// <summary>Shows an inspection.</summary>
    public static InspectionView Of(Inspection row) => new(
        row.Id, row.Number, row.Status, row.Plan.Kind, row.PlanCode, row.PlanVersion, row.IsSelfInspection,
        row.OrderNumber, row.OrderId, row.OperationId, row.OperationCode, row.Product, row.Lot,
        row.Equipment, row.Operator, row.ReportId, row.Quantity, row.Unit, row.SampleSize, row.AcceptedQuantity,
        row.RejectedQuantity, row.ReportedAt, row.OpenedAt,
        row.EndedAt, row.DecidedBy, row.VerdictReason);
}
