using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Keeps the resources that Scheduling defines.</summary>
sealed class OnResourceChanged(WorkOrdersDb db) : IConsume<ResourceChanged>
{
    public Task Consume(ResourceChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO resource (code, capacity, version) VALUES ({message.Code}, {message.Capacity}, {message.Version})
        ON CONFLICT (code) DO UPDATE SET capacity = excluded.capacity, version = excluded.version
            WHERE resource.version < excluded.version
        """, ct);
}
