using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Keeps the equipment that Equipment defines, and since when a unit is retired.</summary>
sealed class OnEquipmentChanged(WorkOrdersDb db, StopJudge stops) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        await stops.Hold(message.Code, ct);
        var known = (await db.Database.SqlQuery<Known>(
            $"""
            SELECT name AS "Name", work_center AS "WorkCenter", kind AS "Kind", retired_at AS "RetiredAt"
            FROM equipment WHERE code = {message.Code}
            """).ToListAsync(ct)).SingleOrDefault();
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, work_center, kind, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.WorkCenter}, {message.Kind.ToString()}, {message.Version},
                    {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, work_center = excluded.work_center,
                kind = excluded.kind, version = excluded.version, retired_at = excluded.retired_at
                WHERE equipment.version < excluded.version
            """, ct) > 0;
        if (!isNewer)
        {
            return;
        }
        db.Audit("equipment", message.Code, known,
            new Known(message.Name, message.WorkCenter, message.Kind.ToString(), message.RetiredAt));
        if (known?.RetiredAt != message.RetiredAt)
        {
            await stops.Judge(message.Code, StopJudge.Earlier(known?.RetiredAt, message.RetiredAt), null, ct);
        }
    }

    sealed record Known(string Name, string WorkCenter, string Kind, DateTimeOffset? RetiredAt);
}
