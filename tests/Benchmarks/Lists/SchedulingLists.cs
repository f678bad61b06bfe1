using static Mes.Benchmarks.Lists.Rows;

namespace Mes.Benchmarks.Lists;

/// <summary>Planning runs, plans and the operations of a plan.</summary>
static class SchedulingLists
{
    // the operations of a hundred plans, as many as are kept of 10,000 each
    public const string Fill = """
        INSERT INTO planning_run (id, attempt, trigger, mode, status, asked_at, not_before, started_at, ended_at, orders,
            operations, value, bound, gap, duration_ms)
        SELECT uid(1, n), 1, 'schedule', 'Incremental', CASE n % 100000 WHEN 5 THEN 'Cancelled' ELSE
            CASE n % 3 WHEN 0 THEN 'Done' ELSE 'Unchanged' END END, at(n), at(n), at(n), at(n), 1, 1, '[0, 1]', '[0, 1]', 0, 5
        FROM generate_series(1, @rows) n;
        INSERT INTO plan (id, version, mode, method, origin, operations, weighted_tardiness_seconds, bound_seconds, gap,
            makespan_seconds, duration_ms)
        SELECT uid(2, n), n, 'Incremental', 'search', at(n), 10000, 0, 0, 0, 0, 5 FROM generate_series(1, @rows) n;
        INSERT INTO demand_order (order_id, number, version, status, quantity, priority, product)
        SELECT uid(3, n), 'WO-' || lpad(n::text, 8, '0'), 1, 'Released', 1, 0, 'P1' FROM generate_series(1, 1000) n;
        INSERT INTO demand_operation (operation_id, order_id, sequence, code, equipment, setup_seconds, run_seconds_per_unit,
            is_done)
        SELECT uid(4, n), uid(3, 1 + n / 10), 1, 'turn', ARRAY['m1'], 0, 1, false FROM generate_series(1, 9990) n;
        INSERT INTO plan_operation (plan_id, operation_id, order_id, equipment, setup_starts_at, starts_at, ends_at, waits_for)
        SELECT uid(2, @rows - n / 9990), uid(4, 1 + n % 9990), uid(3, 1 + n % 9990 / 10), 'm' || n % 50, at(n), at(n), at(n),
            'Nothing'
        FROM generate_series(0, @rows - 1) n;
        """;

    public static IEnumerable<Question> Questions(long rows) =>
    [
        .. Question.Of("/api/scheduling/runs", [], "status=Failed", "status=Cancelled", "status=Running", "status=Done",
            Since(7), $"status=Cancelled&{Since(7)}", $"{Until(-360)}"),
        .. Question.Of("/api/scheduling/plans", [], Since(7), Since(700), Until(-360)),
        .. Question.Of($"/api/scheduling/plans/{Id(2, rows)}/operations", [], "equipment=m7", "order=WO-00000777", "order=none"),
    ];
}
