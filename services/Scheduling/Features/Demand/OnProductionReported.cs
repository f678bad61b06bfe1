using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>
/// Keeps what was finished on each operation and what runs where. Work that leaves the plan is an event. Reports and
/// counter-reports may come in any order, and be divided into batches in any way.
/// </summary>
sealed class OnProductionReported(SchedulingDb db, PlanningEvents events, TimeProvider clock)
    : IConsumeBatch<ProductionReported>
{
    public async Task Consume(IReadOnlyList<ProductionReported> messages, CancellationToken ct)
    {
        await Keep([.. messages.DistinctBy(message => message.ReportId)], ct);
        var work = messages.Where(IsWork).ToList();
        if (work.Count > 0)
        {
            await NoteWhatLeftThePlan(work, ct);
        }
        foreach (var counter in messages.Where(message => message is { Corrects: null, Reverses: not null })
                     .OrderBy(message => message.Equipment, StringComparer.Ordinal))
        {
            await Undo(counter, counter.Reverses!.Value, ct);
        }
    }

    // where Quality has decided on pieces nobody has worked
    static bool IsWork(ProductionReported message) => message is { Corrects: null, Reverses: null };

    // one statement for the whole batch: what it counts commutes, and no row is read to be written
    /// <summary>
    /// Counts the reports that are new, whatever message brought them: their pieces, where and when the operations were
    /// last worked on, and what was last done on the equipment. What was undone before it arrived was not worked.
    /// </summary>
    // Not audited: copies of the reports of WorkOrders
    Task<int> Keep(List<ProductionReported> reports, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        WITH told AS (
            SELECT * FROM unnest({reports.ConvertAll(report => report.ReportId)},
                {reports.ConvertAll(report => report.OperationId)}, {reports.ConvertAll(report => report.Equipment)},
                {reports.ConvertAll(report => report.StartedAt.ToUniversalTime())},
                {reports.ConvertAll(report => report.EndedAt.ToUniversalTime())},
                {reports.ConvertAll(report => report.Good + report.Scrap)}, {reports.ConvertAll(ReportsOf)},
                {reports.ConvertAll(IsWork)})
            AS r (report_id, operation_id, equipment, started_at, ended_at, finished, reports, is_work)),
        kept AS (
            INSERT INTO work_report (report_id, operation_id, equipment, started_at, ended_at, is_undone)
            SELECT report_id, CASE WHEN is_work THEN operation_id END, equipment, started_at, ended_at, NOT is_work FROM told
            ON CONFLICT (report_id) DO UPDATE SET operation_id = excluded.operation_id, equipment = excluded.equipment,
                started_at = excluded.started_at, ended_at = excluded.ended_at
                WHERE work_report.operation_id IS NULL AND excluded.operation_id IS NOT NULL    -- its undoing came first
            RETURNING report_id, is_undone),
        new AS (SELECT told.*, is_work AND NOT is_undone AS counts FROM told JOIN kept USING (report_id)),
        counted AS (
            INSERT INTO progress (operation_id, finished, reports, equipment, started_at, ended_at)
            SELECT operation_id, sum(finished), sum(reports),
                   (array_agg(equipment ORDER BY ended_at DESC, equipment DESC) FILTER (WHERE counts))[1],
                   min(started_at) FILTER (WHERE counts), max(ended_at) FILTER (WHERE counts)
            FROM new GROUP BY operation_id ORDER BY operation_id
            ON CONFLICT (operation_id) DO UPDATE SET
                finished = progress.finished + excluded.finished, reports = progress.reports + excluded.reports,
                equipment = CASE
                    WHEN excluded.ended_at IS NULL
                        OR (progress.ended_at, progress.equipment) > (excluded.ended_at, excluded.equipment)
                    THEN progress.equipment ELSE excluded.equipment END,
                started_at = least(progress.started_at, excluded.started_at),
                ended_at = greatest(progress.ended_at, excluded.ended_at))
        INSERT INTO equipment_last (equipment, operation_id, ended_at)
        SELECT DISTINCT ON (equipment) equipment, operation_id, ended_at FROM new WHERE counts
        ORDER BY equipment, ended_at DESC, operation_id DESC
        ON CONFLICT (equipment) DO UPDATE SET operation_id = excluded.operation_id, ended_at = excluded.ended_at
            WHERE (equipment_last.ended_at, equipment_last.operation_id) < (excluded.ended_at, excluded.operation_id)
        """, ct);

    static int ReportsOf(ProductionReported message) =>
        message.Corrects is not null ? 0 : message.Reverses is not null ? -1 : 1;

    /// <summary>
    /// Work that is done elsewhere than planned, or of which what remains, after all that was reported, will end further
    /// from its planned end than the plant tolerates. What was reported long after the fact changes nothing that lies ahead.
    /// </summary>
    async Task NoteWhatLeftThePlan(List<ProductionReported> work, CancellationToken ct)
    {
        var running = clock.GetUtcNow().AddHours(-PlanningInput.RunningHours);
        var orders = await db.Read<string>(
            """
            SELECT DISTINCT d.number
            FROM unnest(@reports) AS told (report_id)
            JOIN work_report r USING (report_id)
            JOIN plan_operation p USING (operation_id)
            JOIN demand_operation o USING (operation_id) JOIN demand_order d ON d.order_id = o.order_id
            JOIN progress g USING (operation_id) CROSS JOIN planning_settings s
            WHERE NOT r.is_undone AND r.ended_at > @running
              AND p.plan_id = (SELECT id FROM plan WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1)
              AND (p.equipment <> r.equipment
                OR r.ended_at = g.ended_at AND abs(extract(epoch FROM r.ended_at - p.ends_at)
                    + o.run_seconds_per_unit * greatest(0, d.quantity - g.finished)) > 60 * s.deviation_minutes)
            """, new { reports = work.ConvertAll(message => message.ReportId), running }, ct);
        foreach (var order in orders)
        {
            await events.Note(PlanningEvents.Progress, order, ct);
        }
    }

    // SQL: what remains is found from the other reports in the statement that writes it
    /// <summary>An operation of which every report was undone waits again, as if nothing had been done.</summary>
    async Task Undo(ProductionReported message, Guid undone, CancellationToken ct)
    {
        // Not audited: copies of the reports of WorkOrders
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO work_report (report_id, is_undone) VALUES ({undone}, true)
            ON CONFLICT (report_id) DO UPDATE SET is_undone = true
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE progress p SET equipment = last.equipment, started_at = last.started_at, ended_at = last.ended_at
            FROM (SELECT (array_agg(equipment ORDER BY ended_at DESC, equipment DESC))[1] AS equipment,
                         min(started_at) AS started_at, max(ended_at) AS ended_at
                  FROM work_report WHERE operation_id = {message.OperationId} AND NOT is_undone) last
            WHERE p.operation_id = {message.OperationId} AND (last.ended_at IS NOT NULL OR p.reports <= 0)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (DELETE FROM equipment_last WHERE equipment = {message.Equipment}
                AND operation_id = {message.OperationId} RETURNING equipment)
            INSERT INTO equipment_last (equipment, operation_id, ended_at)
            SELECT w.equipment, w.operation_id, w.ended_at FROM work_report w JOIN gone USING (equipment)
            WHERE NOT w.is_undone ORDER BY w.ended_at DESC, w.operation_id DESC LIMIT 1
            """, ct);
        await db.NoteChange(ct);
        await events.Note(PlanningEvents.Progress, message.OrderNumber, ct);
    }
}
