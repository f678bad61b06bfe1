using static Mes.Benchmarks.Lists.Rows;

namespace Mes.Benchmarks.Lists;

/// <summary>Lots, stock, the ledger, needs and reservations, and where the ledger and the floor disagree.</summary>
static class InventoryLists
{
    const string MasterData = """
        INSERT INTO material (code, name, unit, is_stub)
        SELECT 'M' || i, 'Material ' || i, 'kg', false FROM generate_series(0, 1999) i;
        INSERT INTO location (code, name, kind) SELECT 'S' || i, 'Shelf ' || i, 'Storage' FROM generate_series(0, 99) i;
        """;

    // one in a thousand is held; two fifths are used up
    const string Stock = """
        INSERT INTO lot (material, number, status, origin, received_at, expires_at)
        SELECT 'M' || skewed(n, 2000), 'L-' || n, CASE WHEN n % 1000 = 3 THEN 'Held' ELSE 'Available' END, 'Receipt',
            CASE WHEN n % 50 <> 0 THEN at(n) END, CASE WHEN n % 4 = 0 THEN at(n) + interval '3 years' END
        FROM generate_series(1, @rows) n;
        INSERT INTO stock (material, lot, location, is_virtual, on_hand, reserved)
        SELECT 'M' || skewed(n, 2000), 'L-' || n, 'S' || spread(n, 100), false, CASE WHEN n % 5 > 1 THEN 10 ELSE 0 END, 0
        FROM generate_series(1, @rows) n;
        INSERT INTO stock (material, lot, location, is_virtual, on_hand)
        SELECT 'M' || skewed(n, 2000), 'L-' || n, (SELECT code FROM location WHERE kind = 'Supplier'), true, -10
        FROM generate_series(1, @rows) n;
        """;

    // a fifth of the ledger is of one lot
    const string Ledger = """
        INSERT INTO movement (id, kind, source_kind, source_id, leg_kind, part, order_number, occurred_at, posted_at)
        SELECT uid(1, n), 'Issue', 'command', uid(1, n)::text, 'Issue', 1, 'WO-' || lpad(n::text, 8, '0'), at(n), at(n)
        FROM generate_series(1, @rows) n;
        INSERT INTO ledger_entry (movement_id, line, material, lot, location, quantity)
        SELECT uid(1, n), line, 'M' || skewed(lot, 2000), 'L-' || lot,
            CASE line WHEN 1 THEN 'S' || spread(lot, 100) ELSE (SELECT code FROM location WHERE kind = 'Supplier') END,
            CASE line WHEN 1 THEN 5 ELSE -5 END
        FROM generate_series(1, @rows) n CROSS JOIN LATERAL (SELECT CASE WHEN n % 5 = 0 THEN 1 ELSE n END AS lot) hot
        CROSS JOIN (VALUES (1), (2)) lines (line);
        INSERT INTO label_print (id, material, lot, number, printed_at, printed_by)
        SELECT uid(2, n), 'M' || skewed(n, 2000), 'L-' || n, 1, at(n), 'x' FROM generate_series(1, @rows) n;
        """;

    const string Needs = """
        INSERT INTO work_order (number, order_id, version, status, priority, due_at, product)
        SELECT 'WO-' || lpad(n::text, 8, '0'), uid(3, n), 1, 'Completed', 0, at(n), 'P' || skewed(n, 2000)
        FROM generate_series(1, @rows) n;
        INSERT INTO component_demand (order_number, material, required, issued, reserved)
        SELECT 'WO-' || lpad(n::text, 8, '0'), 'M' || skewed(n, 2000), 10, CASE WHEN n < @rows * 0.97 THEN 10 ELSE 0 END, 0
        FROM generate_series(1, @rows) n;
        INSERT INTO reservation (id, order_number, material, lot, location, quantity, created_at)
        SELECT uid(4, n), 'WO-' || lpad(n::text, 8, '0'), 'M' || skewed(n, 2000), 'L-' || n, 'S' || spread(n, 100), 5, at(n)
        FROM generate_series(1, @rows) n;
        """;

    const string Discrepancies = """
        INSERT INTO discrepancy (id, kind, report_id, order_number, material, lot, quantity, unit, status, found_at, settled_at)
        SELECT uid(5, n), CASE WHEN n % 100000 = 5 THEN 'unit-changed'
                ELSE (ARRAY['consumption-short', 'reversal-short', 'held-lot-consumed'])[1 + spread(n, 3)] END,
            uid(6, n), 'WO-' || lpad(n::text, 8, '0'), 'M' || skewed(n, 2000), 'L-' || n, 1, 'kg', s.status, at(n),
            CASE WHEN s.status <> 'Open' THEN at(n) END
        FROM generate_series(1, @rows) n CROSS JOIN LATERAL (SELECT CASE
            WHEN n <= @rows * 0.99 AND n % 1000 <> 1 OR n % 3 = 0 THEN CASE WHEN n % 2 = 0 THEN 'Covered' ELSE 'Settled' END
            ELSE 'Open' END AS status) s;
        """;

    public const string Fill = MasterData + Stock + Ledger + Needs + Discrepancies;

    public static IEnumerable<Question> Questions()
    {
        const string Api = "/api/inventory";
        return
        [
            .. Question.Of($"{Api}/lots", [], "material=M0", "material=M1900", "material=none", "status=Held",
                "status=Available", "status=Held&material=M0", "status=Held&material=M1900", Since(7), $"{Since(7)}&status=Held",
                $"{Since(7)}&material=M1900", $"{Since(7)}&material=M0", "search=L-", "search=L-99", "search=L-77777",
                "search=none", "search=L-&status=Held", "search=L-&material=M1900", $"search=L-&{Since(7)}"),
            .. Question.Of($"{Api}/stock", [], "material=M0", "material=M1900", "material=none", "lot=L-7", "lot=L-77777",
                "lot=none", "location=S7", "location=none", "material=M0&location=S7", "location=S7&lot=L-77777"),
            .. Question.Of($"{Api}/lots/M156/L-1", []),
            .. Question.Of($"{Api}/discrepancies", ["FoundAt", "Kind", "Material"],
                "material=M0", "material=M1900", "material=none", "kind=reversal-short", "kind=unit-changed", "kind=none",
                "status=Open", "status=Covered", "status=Settled", "status=Open&material=M0", "status=Open&material=M1900",
                "status=Open&kind=unit-changed", Since(7), $"status=Open&{Since(7)}", $"kind=unit-changed&{Since(7)}"),
            .. Question.Of($"{Api}/demands", [], "order=WO-00077777", "order=none", "material=M0", "material=M1900",
                "material=none"),
            .. Question.Of($"{Api}/reservations", [], "order=WO-00077777", "order=none", "material=M0", "material=M1900",
                "material=none", Since(7), $"material=M1900&{Since(7)}"),
            .. Question.Of($"{Api}/materials", [], "search=M1", "search=none"),
        ];
    }
}
