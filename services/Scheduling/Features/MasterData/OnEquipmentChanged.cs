using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>
/// Keeps the equipment that Equipment defines. What is retired gets no new work: that, and its return, are events. What is
/// new may have been named before, so that the plan warns of it.
/// </summary>
sealed class OnEquipmentChanged(SchedulingDb db, PlanningEvents events) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        var retiredAt = await db.Database.SqlQuery<DateTimeOffset?>(
            $"SELECT retired_at AS \"Value\" FROM equipment WHERE code = {message.Code} FOR UPDATE").ToListAsync(ct);
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, kind, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.Kind.ToString()}, {message.Version}, {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, version = excluded.version,
                retired_at = excluded.retired_at WHERE equipment.version < excluded.version
            """, ct) > 0;
        var isRetiredOrBack = isNewer && retiredAt.SingleOrDefault() is null != message.RetiredAt is null;
        if (isRetiredOrBack || retiredAt.Count == 0)
        {
            await db.NoteChange(ct);
        }
        if (isRetiredOrBack)
        {
            await events.Note(PlanningEvents.Breakdown, message.Code, ct);
        }
    }
}
