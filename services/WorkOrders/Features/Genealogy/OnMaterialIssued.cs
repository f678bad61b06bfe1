using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>Keeps what Inventory handed out to orders: the edges of the genealogy.</summary>
sealed class OnMaterialIssued(WorkOrdersDb db) : IConsume<MaterialIssued>
{
    public Task Consume(MaterialIssued message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO issue (id, order_number, material, lot, quantity, unit, issued_at)
        VALUES ({message.IssueId}, {message.OrderNumber}, {message.Material}, {message.Lot}, {message.Quantity}, {message.Unit},
                {message.IssuedAt}) ON CONFLICT DO NOTHING
        """, ct);
}
