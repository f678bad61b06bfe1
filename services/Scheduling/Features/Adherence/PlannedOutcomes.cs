using Mes.Contracts;
using Mes.Scheduling.Data;

namespace Mes.Scheduling.Features.Adherence;

/// <summary>What became of an operation that was planned to end on a day.</summary>
public enum PlannedOutcome
{
    /// <summary>Finished by the end of that day, where it was planned.</summary>
    Kept,
    /// <summary>Finished by the end of that day, on other equipment.</summary>
    Elsewhere,
    /// <summary>Finished after that day.</summary>
    TooLate,
    /// <summary>Its planned end has passed, and it is not finished.</summary>
    Unfinished,
    /// <summary>Its planned end is still to come: it does not count yet.</summary>
    Ahead,
    /// <summary>Cancelled, taken out of its routing or closed without any work: it does not count.</summary>
    Dropped
}

/// <summary>Sets the baselines of days beside what happened.</summary>
static class PlannedOutcomes
{
    /// <summary>
    /// Begins a query with <c>outcomes</c>: the <c>planned</c> operations of <see cref="Baselines"/> with what was done of each
    /// and its <see cref="PlannedOutcome"/>. Finished is what the order needs no more of; it was then when it was worked on
    /// last.
    /// </summary>
    public const string Sql =
        $"""
        {Baselines.Sql},
        done AS (
            SELECT p.*, b.zone, b.plan_version, d.number, d.product, d.due_at, d.status, o.code, o.setup_family,
                   o.operation_id IS NOT NULL AND (o.is_done OR coalesce(g.finished, 0) >= d.quantity) AS is_finished,
                   o.operation_id IS NULL OR d.status = '{nameof(WorkOrderStatus.Cancelled)}' AS is_gone,
                   g.equipment AS worked_equipment, g.started_at AS worked_from, g.ended_at AS worked_to
            FROM planned p JOIN baseline b USING (day) LEFT JOIN demand_operation o USING (operation_id)
            LEFT JOIN demand_order d ON d.order_id = p.order_id LEFT JOIN progress g USING (operation_id)),
        outcomes AS (
            SELECT *, CASE
                WHEN is_finished AND worked_to IS NULL OR is_gone AND NOT is_finished THEN '{nameof(PlannedOutcome.Dropped)}'
                WHEN is_finished AND (worked_to AT TIME ZONE zone)::date > day THEN '{nameof(PlannedOutcome.TooLate)}'
                WHEN is_finished AND worked_equipment <> equipment THEN '{nameof(PlannedOutcome.Elsewhere)}'
                WHEN is_finished THEN '{nameof(PlannedOutcome.Kept)}'
                WHEN ends_at > @now THEN '{nameof(PlannedOutcome.Ahead)}'
                ELSE '{nameof(PlannedOutcome.Unfinished)}' END AS outcome
            FROM done)
        """;
}
