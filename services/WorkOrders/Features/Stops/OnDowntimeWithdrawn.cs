using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Takes back a stop, whether it has come here or not: no labour, and no report is judged by it.</summary>
sealed class OnDowntimeWithdrawn(WorkOrdersDb db, StopJudge stops) : IConsume<DowntimeWithdrawn>
{
    public async Task Consume(DowntimeWithdrawn message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        // SQL: the same withdrawal may come under two message ids: put in where it is not there
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO downtime_withdrawn (downtime_id, withdrawn_at)
            VALUES ({message.DowntimeId}, {message.WithdrawnAt}) ON CONFLICT DO NOTHING
            """, ct) > 0;
        if (!isNew)
        {
            return;
        }
        db.Audit("downtime_withdrawn", message.DowntimeId, null, new { message.WithdrawnAt });
        await stops.Judge(message.Equipment, message.StartedAt, message.EndedAt, ct);
    }
}
