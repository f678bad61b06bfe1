using Mes.Contracts;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>
/// Which calendar equipment is planned by: the one that Equipment tells; where it has told none, the one that was entered in
/// Scheduling before Equipment told any; else the plant's, if it was told; else none, and it is always open.
/// </summary>
static class PlantCalendars
{
    /// <summary>The calendars, and what goes by which.</summary>
    public static async Task<PlantCapacity> Read(SchedulingDb db, CancellationToken ct)
    {
        // by EF: what is planned with are the mapped entities themselves
        var calendars = await db.Calendars.AsNoTracking().ToListAsync(ct);
        return new PlantCapacity
        {
            Calendars = calendars,
            DefaultCalendar = calendars.Find(own => own is { Code: CalendarChanged.Plant, Version: > 0 })?.Code,
            Resources = await db.Resources.AsNoTracking().ToListAsync(ct),
            CalendarOf = (await db.Read<(string Equipment, string Calendar)>(
                """
                SELECT coalesce(u.equipment, b.equipment), coalesce(c.code, b.calendar)
                FROM unit_calendar u JOIN calendar c ON c.code = u.calendar AND c.version > 0
                FULL JOIN equipment_calendar b ON b.equipment = u.equipment
                """, null, ct)).ToDictionary(own => own.Equipment, own => own.Calendar)
        };
    }

    /// <summary>Codes of the equipment that may get work: what is defined, and what open orders or old calendars name.</summary>
    public static Task<IEnumerable<string>> Equipment(SchedulingDb db, CancellationToken ct) =>
        db.Read<string>(
            """
            (SELECT code FROM equipment UNION SELECT equipment FROM equipment_calendar
             UNION SELECT unnest(o.equipment) FROM demand_order d JOIN demand_operation o USING (order_id)
             WHERE d.status = 'Released')
            EXCEPT SELECT code FROM equipment WHERE retired_at IS NOT NULL
            """, null, ct);
}
