using Mes.Contracts;

namespace Mes.Scheduling.Data;

/// <summary>
/// The baseline of a day: what the plan that was in force when the day began, in plant time, ends on that day. As a plan stays in
/// force until the next one, it is kept when that comes; until then the plan in force itself tells it. On the day of the
/// very first plan that is the baseline.
/// </summary>
static class Baselines
{
    const int DaysMax = 30;

    /// <summary>
    /// The days that have a baseline, kept or told by the plan in force, as <c>baseline (day, zone, plan_version)</c>, and their
    /// operations as <c>planned (day, operation_id, order_id, equipment, starts_at, ends_at)</c>; begins a query with the instant
    /// <c>@now</c> and the <c>@plant</c>'s calendar.
    /// </summary>
    public const string Sql =
        $"""
        {Missing},
        baseline AS (SELECT day, zone, plan_version FROM baseline_day UNION ALL SELECT day, zone, plan_version FROM missing),
        planned AS (
            SELECT day, operation_id, order_id, equipment, starts_at, ends_at FROM baseline_operation
            UNION ALL SELECT day, operation_id, order_id, equipment, starts_at, ends_at FROM ending)
        """;

    /// <summary>The days since the last one that is kept, for which the plan with a version stands, and what it ends on
    /// them.</summary>
    const string Missing =
        """
        WITH standing AS (
            SELECT id, version FROM plan WHERE version IS NOT NULL AND (@version::bigint IS NULL OR version <= @version)
            ORDER BY version DESC LIMIT 1),
        missing AS (
            SELECT day::date, zone, version AS plan_version, id AS plan_id
            FROM standing CROSS JOIN (SELECT coalesce(
                    (SELECT zone FROM calendar WHERE code = @plant AND version > 0), 'UTC') AS zone) plant
            CROSS JOIN LATERAL (SELECT (@now AT TIME ZONE zone)::date AS today) now
            CROSS JOIN LATERAL generate_series(greatest(today - @DaysMax,
                coalesce((SELECT max(day) + 1 FROM baseline_day), today)), today, interval '1 day') day),
        ending AS (
            SELECT m.day, p.operation_id, p.order_id, p.equipment, p.starts_at, p.ends_at
            FROM missing m JOIN plan_operation p ON p.plan_id = m.plan_id
                AND p.ends_at >= m.day::timestamp AT TIME ZONE m.zone AND p.ends_at < (m.day + 1)::timestamp AT TIME ZONE m.zone)
        """;

    /// <summary>What <see cref="Sql"/> needs beside what the query has of its own.</summary>
    public static object Values(DateTimeOffset now) =>
        new { now = now.UtcDateTime, plant = CalendarChanged.Plant, version = (long?)null, DaysMax };

    /// <summary>Keeps the baselines of the days that began under a plan, as the next one is put in force; old ones go when a day
    /// comes.</summary>
    // SQL: no entities: it is copied from one table to another
    // Not audited: a copy of a plan, whose record is told
    public static Task Keep(SchedulingDb db, long version, DateTimeOffset now, CancellationToken ct) => db.Execute(
            $"""
            {Missing},
            days AS (INSERT INTO baseline_day SELECT day, plan_version, zone FROM missing ON CONFLICT DO NOTHING RETURNING day),
            gone AS (DELETE FROM baseline_day WHERE day < (SELECT max(day) FROM days) - @DaysMax)
            INSERT INTO baseline_operation SELECT ending.* FROM ending JOIN days USING (day)
            """, new { now = now.UtcDateTime, plant = CalendarChanged.Plant, version, DaysMax }, ct);
}
