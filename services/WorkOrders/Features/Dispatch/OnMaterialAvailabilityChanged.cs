using System.Text.Json;
using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>Keeps which orders lack components.</summary>
sealed class OnMaterialAvailabilityChanged(WorkOrdersDb db) : IConsume<MaterialAvailabilityChanged>
{
    public async Task Consume(MaterialAvailabilityChanged message, CancellationToken ct)
    {
        var shortages = JsonSerializer.Serialize(message.Shortages, MessageJson.Options);
        // Not audited: a copy of what Inventory works out, for each order that wants a material at each of its movements
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO shortage (order_id, version, shortages) VALUES ({message.OrderId}, {message.Version}, {shortages}::jsonb)
            ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, shortages = excluded.shortages
                WHERE shortage.version < excluded.version
            """, ct);
    }
}
