using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>
/// Keeps the equipment that Equipment defines. What is retired gets no new work: that, and its return, are events. What is new
/// may have been named before, so that the plan warns of it.
/// </summary>
sealed class OnEquipmentChanged(SchedulingDb db, PlanningEvents events) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        // by EF: the instant keeps its offset, as the audit writes it
        var known = (await db.Database.SqlQuery<Known>(
            $"""
            SELECT name AS "Name", kind AS "Kind", retired_at AS "RetiredAt" FROM equipment WHERE code = {message.Code}
            FOR UPDATE
            """).ToListAsync(ct)).SingleOrDefault();
        // SQL: one statement: of two consumers the one with the older state must not win
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, kind, work_center, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.Kind.ToString()}, {message.WorkCenter}, {message.Version},
                {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, work_center = excluded.work_center,
                version = excluded.version, retired_at = excluded.retired_at
                WHERE equipment.version < excluded.version
                    OR equipment.version = excluded.version AND equipment.work_center IS NULL    -- told again for it
            """, ct) > 0;
        if (!isNewer)
        {
            return;
        }
        db.Audit("equipment", message.Code, known,
            new Known(message.Name, message.Kind.ToString(), message.RetiredAt));
        var isRetiredOrBack = known?.RetiredAt is null != message.RetiredAt is null;
        if (isRetiredOrBack || known is null)
        {
            await db.NoteChange(ct);
        }
        if (isRetiredOrBack)
        {
            await events.Note(PlanningEvents.Breakdown, message.Code, ct);
        }
    }

    sealed record Known(string Name, string Kind, DateTimeOffset? RetiredAt);
}
