using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Takes back a stop, whether it has come here or not: no labour, and no report is judged by it.</summary>
sealed class OnDowntimeWithdrawn(WorkOrdersDb db, StopBook stops) : IConsume<DowntimeWithdrawn>
{
    public async Task Consume(DowntimeWithdrawn message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO downtime_withdrawn (downtime_id, withdrawn_at)
            VALUES ({message.DowntimeId}, {message.WithdrawnAt}) ON CONFLICT DO NOTHING
            """, ct);
        await stops.Judge(message.Equipment, message.StartedAt, message.EndedAt, ct);
    }
}
