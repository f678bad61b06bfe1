using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Keeps the calendars that Equipment defines; one that was entered here before gives way.</summary>
sealed class OnCalendarChanged(SchedulingDb db, CalendarEvents calendars) : IConsume<CalendarChanged>
{
    public Task Consume(CalendarChanged message, CancellationToken ct) =>
        calendars.Take(message.Code, () => Write(message, ct), ct);

    async Task<bool> Write(CalendarChanged message, CancellationToken ct)
    {
        // by EF: the mapping reads the patterns, which are JSON and go to the audit
        var known = await db.Calendars.AsNoTracking().SingleOrDefaultAsync(calendar => calendar.Code == message.Code, ct);
        if (known?.Version >= message.Version)
        {
            return false;
        }
        // SQL: two calendars may arrive for the first time together, and the audit row is the one below
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO calendar (code, version, zone, patterns, exceptions, shifts, closed_days)
            VALUES ({message.Code}, {message.Version}, {message.Zone}, {MessageJson.Write(message.Patterns)}::jsonb,
                {MessageJson.Write(message.Exceptions)}::jsonb, '[]', '[]')
            ON CONFLICT (code) DO UPDATE SET version = excluded.version, zone = excluded.zone, patterns = excluded.patterns,
                exceptions = excluded.exceptions, shifts = excluded.shifts, closed_days = excluded.closed_days
            """, ct);
        db.Audit("calendar", message.Code, known is null ? null : new
        {
            known.Version, known.Zone, known.Patterns, known.Exceptions, known.Shifts, known.ClosedDays
        }, new { message.Version, message.Zone, message.Patterns, message.Exceptions });
        return true;
    }
}
