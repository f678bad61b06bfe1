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
    public Task Consume(MaterialAvailabilityChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO shortage (order_id, version, shortages)
        VALUES ({message.OrderId}, {message.Version}, {JsonSerializer.Serialize(message.Shortages, MessageJson.Options)}::jsonb)
        ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, shortages = excluded.shortages
            WHERE shortage.version < excluded.version
        """, ct);
}
