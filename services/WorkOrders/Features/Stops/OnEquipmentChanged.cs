using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Keeps the equipment that Equipment defines, and since when a unit is retired.</summary>
sealed class OnEquipmentChanged(WorkOrdersDb db, StopBook stops) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        await stops.Hold(message.Code, ct);
        var retiredAt = await db.Database.SqlQuery<DateTimeOffset?>(
            $"SELECT retired_at AS \"Value\" FROM equipment WHERE code = {message.Code}").SingleOrDefaultAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, work_center, kind, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.WorkCenter}, {message.Kind.ToString()}, {message.Version},
                    {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, work_center = excluded.work_center,
                kind = excluded.kind, version = excluded.version, retired_at = excluded.retired_at
                WHERE equipment.version < excluded.version
            """, ct);
        if (retiredAt != message.RetiredAt)
        {
            await stops.Judge(message.Code, StopBook.Earlier(retiredAt, message.RetiredAt), null, ct);
        }
    }
}
