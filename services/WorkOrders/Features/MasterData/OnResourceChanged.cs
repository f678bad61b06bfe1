using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Keeps the resources that Scheduling defines.</summary>
sealed class OnResourceChanged(WorkOrdersDb db) : IConsume<ResourceChanged>
{
    public async Task Consume(ResourceChanged message, CancellationToken ct)
    {
        var known = (await db.Database.SqlQuery<Known>(
            $"""SELECT capacity AS "Capacity" FROM resource WHERE code = {message.Code} FOR UPDATE""").ToListAsync(ct))
            .SingleOrDefault();
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO resource (code, capacity, version) VALUES ({message.Code}, {message.Capacity}, {message.Version})
            ON CONFLICT (code) DO UPDATE SET capacity = excluded.capacity, version = excluded.version
                WHERE resource.version < excluded.version
            """, ct) > 0;
        if (isNewer)
        {
            db.Audit("resource", message.Code, known, new Known(message.Capacity));
        }
    }

    sealed record Known(int Capacity);
}
