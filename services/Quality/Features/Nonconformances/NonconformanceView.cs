using Mes.Quality.Domain;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>A decision on a part of a nonconformance.</summary>
/// <param name="Kind">What becomes of the pieces.</param>
/// <param name="Quantity">How many pieces, in the unit of the nonconformance.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When, UTC.</param>
public sealed record DispositionView(
    DispositionKind Kind, decimal Quantity, string Reason, string DecidedBy, DateTimeOffset DecidedAt);

/// <summary>A nonconformance with what was decided on it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">The number people know it by.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Quantity">Pieces that do not conform, in <paramref name="Unit"/>.</param>
/// <param name="Undecided">Of these, those without a decision.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Order">Number of the work order.</param>
/// <param name="OrderId">The work order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Operation">Its short name.</param>
/// <param name="Product">Product code.</param>
/// <param name="Lot">The order's product lot.</param>
/// <param name="Equipment">The equipment that made the pieces.</param>
/// <param name="Operator">The operator who reported them.</param>
/// <param name="ReportId">The report that told of them, or null.</param>
/// <param name="InspectionId">The inspection that found them, or null.</param>
/// <param name="ReportedAt">When they were reported, UTC.</param>
/// <param name="OpenedAt">When the nonconformance was opened, UTC.</param>
/// <param name="EndedAt">When it was closed or withdrawn, UTC, or null.</param>
/// <param name="Dispositions">The decisions, in order of time.</param>
public sealed record NonconformanceView(
    Guid Id, string Number, NonconformanceStatus Status, decimal Quantity, decimal Undecided, string Unit, string Order,
    Guid OrderId, Guid OperationId, string Operation, string Product, string Lot, string Equipment, string Operator,
    Guid? ReportId, Guid? InspectionId, DateTimeOffset ReportedAt, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<DispositionView> Dispositions)
{
    /// <summary>Shows a nonconformance.</summary>
    public static NonconformanceView Of(Nonconformance found) => new(
        found.Id, found.Number, found.Status, found.Quantity, found.Undecided, found.Unit, found.OrderNumber, found.OrderId,
        found.OperationId, found.OperationCode, found.Product, found.Lot, found.Equipment, found.Operator, found.ReportId,
        found.InspectionId, found.ReportedAt, found.OpenedAt, found.EndedAt,
        [.. found.Dispositions.OrderBy(decision => decision.Position).Select(decision => new DispositionView(
            decision.Kind, decision.Quantity, decision.Reason, decision.DecidedBy, decision.DecidedAt))]);
}
