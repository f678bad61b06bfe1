using static Mes.Benchmarks.Lists.Rows;

namespace Mes.Benchmarks.Lists;

/// <summary>Inspections, holds and nonconformances.</summary>
static class QualityLists
{
    const string Plans = """
        INSERT INTO plan_version (code, version, definition, changed_at)
        SELECT 'Q' || i, 1, '{"name": "Turned parts", "kind": "InProcess", "trigger": "EveryReport", "holdsLot": true,
            "sampling": {"rule": "All"}, "characteristics": [{"code": "D1", "name": "Diameter", "lower": 1, "upper": 2}]}', now()
        FROM generate_series(0, 299) i;
        INSERT INTO followed_order (order_id, number, product)
        SELECT uid(1, n), 'WO-' || lpad(n::text, 8, '0'), 'P' || skewed(n, 2000) FROM generate_series(1, @rows) n;
        """;

    // one in 500 is open, mostly among the last
    const string Inspections = """
        INSERT INTO inspection (id, serial, plan_code, plan_version, plan, trigger, report_id, order_id, order_number,
            operation_id, operation_code, product, lot, equipment, operator, quantity, unit, sample_size, reported_at, opened_at,
            status, measurement_count, accepted_quantity, rejected_quantity, ended_at, decided_by)
        SELECT uid(2, n), n, v.code, 1, v.definition, 'EveryReport', uid(3, n), uid(1, n), 'WO-' || lpad(n::text, 8, '0'),
            uid(4, n), 'turn', 'P' || skewed(n, 2000), 'L-' || n, 'm1', 'O1', 10, 'pcs', 3, at(n), at(n), s.status, 0,
            CASE WHEN s.status IN ('Accepted', 'Rejected') THEN 10 END, CASE WHEN s.status IN ('Accepted', 'Rejected') THEN 0 END,
            CASE WHEN s.status <> 'Open' THEN at(n) END, CASE WHEN s.status IN ('Accepted', 'Rejected') THEN 'x' END
        FROM generate_series(1, @rows) n JOIN plan_version v ON v.code = 'Q' || skewed(n, 300)
        CROSS JOIN LATERAL (SELECT CASE WHEN n > @rows * 0.99 AND n % 8 = 0 OR n % 5000 = 1 THEN 'Open' WHEN n % 50000 = 2
            THEN 'Cancelled' WHEN n % 100 = 0 THEN 'Rejected' ELSE 'Accepted' END AS status) s;
        """;

    const string HoldsAndNonconformances = """
        INSERT INTO hold (id, version, is_active, order_id, material, lot, reason, placed_at, placed_by, released_at, released_by,
            release_reason)
        SELECT uid(5, n), 1, active, uid(1, n), 'P' || skewed(n, 2000), 'L-' || n, 'scratch', at(n), 'x',
            CASE WHEN NOT active THEN at(n) END, CASE WHEN NOT active THEN 'x' END, CASE WHEN NOT active THEN 'x' END
        FROM generate_series(1, @rows) n
        CROSS JOIN LATERAL (SELECT n > @rows * 0.99 AND n % 8 = 0 OR n % 5000 = 1 AS active) s;
        INSERT INTO nonconformance (id, serial, report_id, judged_report_id, order_id, order_number, operation_id, operation_code,
            product, lot, equipment, operator, quantity, unit, reported_at, opened_at, ended_at, status)
        SELECT uid(6, n), n, uid(3, n), uid(3, n), uid(1, n), 'WO-' || lpad(n::text, 8, '0'), uid(4, n), 'turn',
            'P' || skewed(n, 2000), 'L-' || n, 'm1', 'O1', 2, 'pcs', at(n), at(n), CASE WHEN s.status <> 'Open' THEN at(n) END,
            s.status
        FROM generate_series(1, @rows) n
        CROSS JOIN LATERAL (SELECT CASE WHEN n > @rows * 0.99 AND n % 8 = 0 OR n % 5000 = 1 THEN 'Open' WHEN n % 50000 = 2
            THEN 'Withdrawn' ELSE 'Closed' END AS status) s;
        INSERT INTO disposition (nonconformance_id, position, kind, quantity, reason, decided_by, decided_at)
        SELECT uid(6, n), 1, 'UseAsIs', 2, 'x', 'x', at(n) FROM generate_series(1, @rows) n;
        """;

    public const string Fill = Plans + Inspections + HoldsAndNonconformances;

    public static IEnumerable<Question> Questions()
    {
        const string Api = "/api/quality";
        return
        [
            .. Question.Of($"{Api}/inspections", ["Number", "Order", "Plan"], "status=Open", "status=Accepted",
                "status=Rejected", "status=Cancelled", "order=WO-00077777", "order=none", "plan=Q0", "plan=Q290", "plan=none",
                Since(7), Since(700), Until(-360), "status=Open&plan=Q0", "status=Open&plan=Q290", $"status=Open&{Since(7)}",
                $"plan=Q290&{Since(7)}"),
            .. Question.Of($"{Api}/holds", ["PlacedAt"], "status=Active", "status=Released", "order=WO-00077777", "order=none",
                $"orderId={Id(1, 77777)}", "lot=L-77777", "lot=none", Since(7), Until(-360), $"status=Active&{Since(7)}",
                "status=Active&order=WO-00077777"),
            .. Question.Of($"{Api}/nonconformances", ["Number", "Order"], "status=Open", "status=Closed", "status=Withdrawn",
                "order=WO-00077777", "order=none", Since(7), Since(700), Until(-360), $"status=Open&{Since(7)}",
                $"status=Withdrawn&{Since(7)}",
                "status=Open&order=WO-00077777"),
        ];
    }
}
