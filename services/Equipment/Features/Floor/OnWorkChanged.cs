using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Floor;

/// <summary>Keeps the work that operators have begun at each unit: what the unit does now, where no machine tells it.</summary>
sealed class OnWorkChanged(EquipmentDb db) : IConsume<WorkChanged>
{
    // SQL: one statement: of two consumers the one with the older state must not win
    // Not audited: a copy of the work of WorkOrders
    public Task Consume(WorkChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO unit_work (work_id, version, equipment, state, since, started_at, activity, order_number, product,
            operation_id, operation_code, operator, pause_reason, run_seconds_per_unit)
        VALUES ({message.WorkId}, {message.Version}, {message.Equipment}, {message.State.ToString()}, {message.Since},
            {message.StartedAt}, {message.Activity.ToString()}, {message.OrderNumber}, {message.Product},
            {message.OperationId}, {message.OperationCode}, {message.Operator}, {message.PauseReason},
            {message.RunSecondsPerUnit})
        ON CONFLICT (work_id) DO UPDATE SET version = excluded.version, state = excluded.state, since = excluded.since,
            pause_reason = excluded.pause_reason, told_shift_end = NULL
            WHERE unit_work.version < excluded.version
        """, ct);
}
