using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Keeps the stops that have ended: labour, where an operator is named, and what reports are judged by.</summary>
sealed class OnDowntimeRecorded(WorkOrdersDb db, StopJudge stops) : IConsume<DowntimeRecorded>
{
    public async Task Consume(DowntimeRecorded message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        // SQL: the same stop may come under two message ids: put in where it is not there
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO downtime_labour (
                downtime_id, operator, equipment, order_number, operation_code, started_at, ended_at)
            VALUES ({message.DowntimeId}, {message.Operator}, {message.Equipment}, {message.OrderNumber},
                    {message.OperationCode}, {message.StartedAt}, {message.EndedAt}) ON CONFLICT DO NOTHING
            """, ct) > 0;
        if (!isNew)
        {
            return;
        }
        db.Audit("downtime_labour", message.DowntimeId, null, new
        {
            message.Operator, message.Equipment, message.OrderNumber, message.OperationCode,
            message.StartedAt, message.EndedAt
        });
        await stops.Judge(message.Equipment, message.StartedAt, message.EndedAt, ct);
    }
}
