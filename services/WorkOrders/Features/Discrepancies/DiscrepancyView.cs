using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Discrepancies;

/// <summary>Something the floor reported that the rules did not expect.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>.</param>
/// <param name="Status">Whether somebody has settled it.</param>
/// <param name="SubjectId">What it is about: a report, or an operation.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Order">The order's number.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Operation">The operation's code in the routing.</param>
/// <param name="Equipment">The unit that was reported on, or null where it is not about a report.</param>
/// <param name="Operator">Who did the work that was reported, or null where it is not about a report.</param>
/// <param name="FoundAt">When it was found, UTC.</param>
/// <param name="SettledAt">When a person settled it, UTC, or null while open.</param>
/// <param name="Settlement">What the person said, or null.</param>
public sealed record DiscrepancyView(
    Guid Id, string Kind, DiscrepancyStatus Status, Guid SubjectId, Guid OrderId, string Order, Guid OperationId,
    string Operation, string? Equipment, string? Operator, DateTimeOffset FoundAt, DateTimeOffset? SettledAt, string? Settlement);

/// <summary>What discrepancies are about, by the names that people know.</summary>
sealed record DiscrepancyContext(
    Dictionary<Guid, string> Orders, Dictionary<Guid, string> Operations,
    Dictionary<Guid, (string Equipment, string Operator)> Reports)
{
    public static async Task<DiscrepancyContext> Of(IReadOnlyList<Discrepancy> found, WorkOrdersDb db, CancellationToken ct)
    {
        Guid[] orders = [.. found.Select(one => one.OrderId).Distinct()];
        Guid[] operations = [.. found.Select(one => one.OperationId).Distinct()];
        Guid[] subjects = [.. found.Select(one => one.SubjectId)];
        return new(
            await db.Orders.Where(order => orders.Contains(order.Id)).ToDictionaryAsync(o => o.Id, o => o.Number, ct),
            await db.Operations.Where(operation => operations.Contains(operation.Id))
                .ToDictionaryAsync(o => o.Id, o => o.Code, ct),
            await db.Reports.Where(report => subjects.Contains(report.Id)).Select(r => new { r.Id, r.Equipment, r.Operator })
                .ToDictionaryAsync(r => r.Id, r => (r.Equipment, r.Operator), ct));
    }

    public DiscrepancyView View(Discrepancy found)
    {
        var (equipment, @operator) = Reports.TryGetValue(found.SubjectId, out var report)
            ? ((string?)report.Equipment, (string?)report.Operator) : (null, null);
        return new(found.Id, found.Kind, found.SettledAt is null ? DiscrepancyStatus.Open : DiscrepancyStatus.Settled,
            found.SubjectId, found.OrderId, Orders[found.OrderId], found.OperationId, Operations[found.OperationId], equipment,
            @operator, found.FoundAt, found.SettledAt, found.Settlement);
    }
}
