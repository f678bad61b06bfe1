using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>Takes what Equipment tells of calendars, and notes what the plan in force has to answer at once.</summary>
sealed class CalendarEvents(SchedulingDb db, PlanningEvents events, TimeProvider clock)
{
    const long LockKey = 0x4D657343616C;        // 'MesCal'

    /// <summary>
    /// Writes a change. It counts where something is planned by it, and is an event where open time differs. An assignment that
    /// was entered here before goes as soon as a told one stands in its place.
    /// </summary>
    /// <param name="subject">Code of what changes.</param>
    /// <param name="write">Writes it and tells the audit; false where it is no news.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task Take(string subject, Func<Task<bool>> write, CancellationToken ct)
    {
        // a calendar and the units that go by it may come at the same time: each must see the other; EF knows no such lock
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var before = await PlantCalendars.Read(db, ct);
        if (!await write())
        {
            return;
        }
        await LetGo(ct);
        var after = await PlantCalendars.Read(db, ct);
        var changes = CalendarChanges.Between(before, after, await PlantCalendars.Equipment(db, ct));
        if (changes.Count > 0)
        {
            await db.NoteChange(ct);
        }
        if (changes.Any(change => change.MovesOpenTime(clock.GetUtcNow())))
        {
            await events.Note(PlanningEvents.Calendar, subject, ct);
        }
    }

    async Task LetGo(CancellationToken ct)
    {
        // SQL: one statement: what goes is chosen by other tables, which are no entities
        var gone = await db.Database.SqlQuery<Entered>(
            $"""
            DELETE FROM equipment_calendar b USING unit_calendar u, calendar c
            WHERE b.equipment = u.equipment AND c.code = u.calendar AND c.version > 0
            RETURNING b.equipment AS "Equipment", b.calendar AS "Calendar"
            """).ToListAsync(ct);
        gone.ForEach(row => db.Audit("equipment_calendar", row.Equipment, new { row.Calendar }, null));
    }

    sealed record Entered(string Equipment, string Calendar);
}
