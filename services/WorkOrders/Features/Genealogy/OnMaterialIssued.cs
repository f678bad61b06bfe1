using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>Keeps what Inventory handed out to orders: the edges of the genealogy.</summary>
sealed class OnMaterialIssued(WorkOrdersDb db) : IConsumeBatch<MaterialIssued>
{
    // SQL: many rows of a batch in one statement, those left out that are known
    // Not audited: a row is Inventory's movement of the same id as it was told, and is never changed
    public Task Consume(IReadOnlyList<MaterialIssued> messages, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO issue (id, order_number, material, lot, quantity, unit, issued_at)
        SELECT * FROM unnest({messages.Select(issue => issue.IssueId).ToArray()},
            {messages.Select(issue => issue.OrderNumber).ToArray()}, {messages.Select(issue => issue.Material).ToArray()},
            {messages.Select(issue => issue.Lot).ToArray()}, {messages.Select(issue => issue.Quantity).ToArray()},
            {messages.Select(issue => issue.Unit).ToArray()},
            {messages.Select(issue => issue.IssuedAt.ToUniversalTime()).ToArray()})
        ON CONFLICT DO NOTHING
        """, ct);
}
