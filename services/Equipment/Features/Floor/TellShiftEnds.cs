using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Jobs;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Floor;

/// <summary>
/// The job that tells of work which nobody has ended although its shift is over: the shift of its unit's calendar in which it
/// was last spoken of. Work that was begun outside of shifts is overtime, of which this says nothing.
/// </summary>
sealed class TellShiftEnds(EquipmentDb db, OutboxSignal<EquipmentDb> signal, TimeProvider clock) : IJob
{
    public const string Key = "shift-ends";

    /// <summary>So long after the end of a shift people may still end their work, or say that they go on.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    /// <summary>Every minute.</summary>
    public static JobSchedule EveryMinute { get; } = new(Key, "* * * * *", Hangfire.MisfireHandlingMode.Relaxed);

    public Task Run(JobCall call, CancellationToken stop) => db.InTransaction(signal, async () =>
    {
        (db.Actor, db.Action) = (Actor.System(Key), Key);
        var before = clock.GetUtcNow() - Grace;
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var open = await db.Connection.Query(
            Sql.Statement(
                """
                SELECT w.work_id, w.equipment, w.since, w.told_shift_end
                FROM unit_work w JOIN equipment_unit u ON u.code = w.equipment
                WHERE w.state <> 'Ended' AND w.since < $1 ORDER BY w.work_id
                """, Sql.Time(before)),
            row => new Open(row.GetGuid(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3)), stop);
        var calendars = await UnitCalendars.Read(db.Connection, [.. open.Select(work => work.Equipment).Distinct()], stop);
        foreach (var work in open)
        {
            if (calendars.Of(work.Equipment).ShiftAt(work.Since)?.Time.End is { } end && end < before && end != work.ToldEnd)
            {
                await Tell(work, end, stop);
            }
        }
        return open.Count;
    }, stop);

    /// <summary>Unless somebody has spoken of the work meanwhile.</summary>
    async Task Tell(Open work, DateTimeOffset end, CancellationToken ct)
    {
        // SQL: one statement: of what is said of the work at the same time nothing must be lost
        // Not audited: a copy of the work of WorkOrders
        var isTold = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE unit_work SET told_shift_end = {end.ToUniversalTime()}
            WHERE work_id = {work.Id} AND state <> 'Ended' AND since = {work.Since.ToUniversalTime()}
            """, ct) > 0;
        if (isTold)
        {
            db.Outbox.Add(new WorkShiftEnded(work.Id, work.Equipment, end.ToUniversalTime()));
        }
    }

    readonly record struct Open(Guid Id, string Equipment, DateTimeOffset Since, DateTimeOffset? ToldEnd);
}
