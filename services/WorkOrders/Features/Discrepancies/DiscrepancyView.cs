using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Discrepancies;

/// <summary>Something the floor reported that the rules did not expect.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>.</param>
/// <param name="Status">Whether somebody has settled it.</param>
/// <param name="SubjectId">What it is about: a report, or an operation.</param>
/// <param name="OrderId">The order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="FoundAt">When it was found, UTC.</param>
/// <param name="SettledAt">When a person settled it, UTC, or null while open.</param>
/// <param name="Settlement">What the person said, or null.</param>
public sealed record DiscrepancyView(
    Guid Id, string Kind, DiscrepancyStatus Status, Guid SubjectId, Guid OrderId, Guid OperationId, DateTimeOffset FoundAt,
    DateTimeOffset? SettledAt, string? Settlement)
{
    internal static DiscrepancyView Of(Discrepancy found) => new(found.Id, found.Kind,
        found.SettledAt is null ? DiscrepancyStatus.Open : DiscrepancyStatus.Settled, found.SubjectId, found.OrderId,
        found.OperationId, found.FoundAt, found.SettledAt, found.Settlement);
}
