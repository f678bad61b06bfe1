using static Mes.Benchmarks.Lists.Rows;

namespace Mes.Benchmarks.Lists;

/// <summary>Orders, reports, what was reported against the rules, confirmations, genealogy and the trail.</summary>
static class WorkOrdersLists
{
    const string MasterData = """
        INSERT INTO product (code, name, unit, version) SELECT 'P' || i, 'Part ' || i, 'pcs', 1 FROM generate_series(0, 1999) i;
        INSERT INTO routing (code, revision, product, policies, steps, components)
        SELECT 'R' || i, '1', 'P' || i, '{}', '[]', '[]' FROM generate_series(0, 1999) i;
        INSERT INTO operator (code, name, qualifications) SELECT 'O' || i, 'Operator ' || i, '{}' FROM generate_series(0, 299) i;
        INSERT INTO equipment (code, name, work_center, kind, version)
        SELECT 'm' || i, 'Machine ' || i, 'w', 'Production', 1 FROM generate_series(0, 199) i;
        INSERT INTO sign_on (id, operator, station, signed_on_at, signed_off_at)
        SELECT uid(5, n), 'O' || spread(n, 300), 'm' || spread(n, 200), at(n),
            CASE WHEN n <= @rows - 150 THEN at(n) + interval '8 hours' END FROM generate_series(1, @rows) n;
        """;

    // 3 % are not finished; a tenth of what was ever due had no date
    const string Orders = """
        INSERT INTO work_order (id, number, product, unit, quantity, routing_code, routing_revision, lot, policies, priority,
            release_at, due_at, status, received, reports, version, components)
        SELECT uid(1, n), 'WO-' || lpad(n::text, 8, '0'), 'P' || skewed(n, 2000), 'pcs', 100, 'R' || skewed(n, 2000), '1',
            'L-' || n, '{}', CASE WHEN n % 40 = 0 THEN 100 WHEN n % 7 = 0 THEN 10 ELSE 0 END, NULL,
            CASE WHEN n % 10 = 3 THEN NULL
                WHEN n > @rows * 0.97 THEN now() + (spread(n, 7000) - 1000) * interval '14 minutes'
                ELSE at(n) + spread(n, 400) * interval '2 hours' END,
            CASE WHEN n <= @rows * 0.97 THEN CASE n % 50 WHEN 0 THEN 'Cancelled' WHEN 1 THEN 'ClosedShort' ELSE 'Completed' END
                ELSE (ARRAY['Planned', 'Released', 'Released', 'Released', 'OnHold'])[1 + spread(n, 5)] END,
            0, 1, 1, '[]'
        FROM generate_series(1, @rows) n;
        INSERT INTO operation (id, order_id, sequence, code, equipment, setup_seconds, run_seconds_per_unit, is_receipt,
            is_inspection, status, good, scrap, nonconforming, last_ended_at)
        SELECT uid(2, n), uid(1, n), 10, 'turn', ARRAY['m' || spread(n, 200)], 0, 60, true, false,
            CASE WHEN n <= @rows * 0.97 THEN 'Done' ELSE 'Waiting' END, 5, 0, 0, at(n) FROM generate_series(1, @rows) n;
        INSERT INTO planned_operation (operation_id, plan_version, equipment, setup_starts_at, starts_at, ends_at)
        SELECT uid(2, n), 1, 'm' || spread(n, 200), due_at, due_at, due_at + (spread(n, 100) - 90) * interval '1 hour'
        FROM generate_series((@rows * 0.97)::bigint + 1, @rows) n JOIN work_order ON id = uid(1, n) WHERE due_at IS NOT NULL;
        """;

    // a twentieth are of one operation
    const string Reports = """
        INSERT INTO report (id, order_id, operation_id, equipment, operator, sign_on_id, activity, started_at, ended_at, good,
            scrap, nonconforming, is_rework, consumed, reported_at)
        SELECT uid(3, n), uid(1, o), uid(2, o), 'm' || spread(o, 200), 'O' || spread(n, 300), uid(5, n), 'Run',
            at(n) - interval '1 hour', at(n), 5, 0, 0, false, '[]', at(n)
        FROM generate_series(1, @rows) n CROSS JOIN LATERAL (SELECT CASE WHEN n % 20 = 0 THEN 1 ELSE n END AS o) hot;
        INSERT INTO erp_feed (position, report_id) SELECT n, uid(3, n) FROM generate_series(1, @rows) n;
        INSERT INTO issue (id, order_number, material, lot, quantity, unit, issued_at)
        SELECT uid(4, n), 'WO-' || lpad(n::text, 8, '0'), 'B' || spread(n, 500), 'B-' || n / 3, 3, 'kg', at(n)
        FROM generate_series(1, @rows) n;
        INSERT INTO serial_number (product, serial, order_id, sequence, allotted_at)
        SELECT 'P1', 'S' || n, uid(1, 1 + n / 100000), 1 + n % 100000, at(n) FROM generate_series(1, @rows) n;
        """;

    // one in 200 waits for somebody, mostly among the last
    const string Discrepancies = """
        INSERT INTO discrepancy (id, kind, subject_id, order_id, operation_id, found_at, settled_at, settlement)
        SELECT uid(6, n), CASE WHEN n % 100000 = 5 THEN 'order-not-open'
                ELSE (ARRAY['sequence', 'over-quantity', 'qualification', 'material', 'equal-report'])[1 + spread(n, 5)] END,
            uid(3, n), uid(1, o), uid(2, o), at(n),
            CASE WHEN n <= @rows * 0.99 AND n % 1000 <> 1 OR n % 3 = 0 THEN at(n) + interval '1 hour' END, 'seen'
        FROM generate_series(1, @rows) n CROSS JOIN LATERAL (SELECT CASE WHEN n % 20 = 0 THEN 1 ELSE n END AS o) hot;
        """;

    public const string Fill = MasterData + Orders + Reports + Discrepancies + Audit;

    public static IEnumerable<Question> Questions(long rows)
    {
        const string Api = "/api/work-orders";
        var (one, last) = ("WO-00000001", $"WO-{rows:D8}");
        return
        [
            .. Question.Of($"{Api}/orders", ["Order", "DueAt", "Priority", "Product"],
                "late=true", "late=false", "status=Planned&status=Released&status=OnHold", "status=Planned", "status=OnHold",
                "status=Completed", "status=Cancelled", "product=P0", "product=P1900", "product=none", $"order={last}",
                $"{Since(1)}&{Until(1)}", Since(30), "status=Planned&product=P1", $"late=true&{Since(30)}",
                "search=WO-", "search=WO-0000", $"search={last}", "search=P1", "search=none", "search=P1&status=OnHold",
                "search=WO-&late=true"),
            .. Question.Of($"{Api}/operations/{Id(2, 1)}/reports", ["EndedAt", "ReportedAt"], Since(7)),
            .. Question.Of($"{Api}/operations/{Id(2, 9)}/reports", ["EndedAt", "ReportedAt"]),
            .. Question.Of($"{Api}/discrepancies", ["FoundAt", "Kind"],
                "kind=material", "kind=order-not-open", "kind=none", "status=Open", "status=Settled", $"order={last}",
                $"order={one}", "order=none", Since(7), "status=Open&kind=material", "status=Open&kind=order-not-open",
                $"status=Open&order={last}", $"orderId={Id(1, rows)}", $"kind=material&{Since(7)}", $"status=Open&{Since(7)}"),
            .. Question.Of("/api/erp/confirmations", []),
            .. Question.Of($"{Api}/sign-ons", [], "station=m7", "station=none"),
            new($"{Api}/dispatch", "equipment=m7"), new($"{Api}/dispatch", "equipment=m7", Pages: 2),
            .. Question.Of($"{Api}/dispatch/equipment", []),
            .. Question.Of($"{Api}/orders/{Id(1, 3)}/serials", []),
            new($"{Api}/genealogy/up", "material=P1015&lot=L-1000"), new($"{Api}/genealogy/down", "material=B7&lot=B-7"),
            .. Question.Of($"{Api}/products", [], "search=P1", "search=none"),
            .. Question.Of($"{Api}/routings", [], "search=R1", "product=P7"),
            .. AuditQuestions("work-orders"),
        ];
    }
}
