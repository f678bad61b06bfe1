using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Keeps which unit goes by which calendar.</summary>
sealed class OnUnitCalendarChanged(SchedulingDb db, CalendarEvents calendars) : IConsume<UnitCalendarChanged>
{
    public Task Consume(UnitCalendarChanged message, CancellationToken ct) =>
        calendars.Take(message.Equipment, () => Write(message, ct), ct);

    async Task<bool> Write(UnitCalendarChanged message, CancellationToken ct)
    {
        var known = (await db.Read<Known>(
            "SELECT version, calendar FROM unit_calendar WHERE equipment = @Equipment", new { message.Equipment }, ct))
            .SingleOrDefault();
        if (known?.Version >= message.Version)
        {
            return false;
        }
        // SQL: a unit may be told for the first time or again
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO unit_calendar (equipment, version, calendar)
            VALUES ({message.Equipment}, {message.Version}, {message.Calendar})
            ON CONFLICT (equipment) DO UPDATE SET version = excluded.version, calendar = excluded.calendar
            """, ct);
        db.Audit("unit_calendar", message.Equipment, known, new { message.Version, message.Calendar });
        return true;
    }

    sealed record Known(long Version, string Calendar);
}
