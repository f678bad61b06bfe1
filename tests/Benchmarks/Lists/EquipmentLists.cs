using static Mes.Benchmarks.Lists.Rows;

namespace Mes.Benchmarks.Lists;

/// <summary>What units did, their stops, and the reports that count for them.</summary>
static class EquipmentLists
{
    // 200 units, of which the first has a tenth of everything
    const string Units = """
        INSERT INTO work_center (code, name, area, site) VALUES ('w', 'Centre', 'a', 's');
        INSERT INTO equipment_unit (code, name, work_center, kind, calendar, version)
        SELECT 'm' || i, 'Machine ' || i, 'w', 'Production', 'plant', 1 FROM generate_series(0, 199) i;
        INSERT INTO downtime_reason (code, name_en, name_zh, position) VALUES ('jam', 'Jam', 'Jam', 1);
        CREATE FUNCTION unit(n bigint) RETURNS text IMMUTABLE LANGUAGE sql RETURN
            'm' || CASE WHEN n % 10 = 0 THEN 0 ELSE n % 200 END;
        """;

    const string Work = """
        INSERT INTO production_report (report_id, equipment, activity, started_at, ended_at, last_instant, good, scrap,
            nonconforming, product, order_number, operation_code, operator, is_rework, reported_at)
        SELECT uid(1, n), unit(n), 'Run', at(n) - interval '10 minutes', at(n), at(n), 5, 0, 0, 'P' || skewed(n, 2000),
            'WO-' || lpad(n::text, 8, '0'), 'turn', 'O1', false, at(n) FROM generate_series(1, @rows) n;
        INSERT INTO downtime (id, equipment, started_at, ended_at, reported_at)
        SELECT uid(2, n), unit(n), at(n), at(n) + interval '1 minute', at(n) FROM generate_series(1, @rows) n;
        INSERT INTO downtime_part (downtime_id, from_at, reason)
        SELECT uid(2, n), at(n), CASE WHEN n % 5 > 0 THEN 'jam' END FROM generate_series(1, @rows) n;
        INSERT INTO state_tile (equipment, starts_at, ends_at, state, record_ids)
        SELECT unit, at, lead(at) OVER (PARTITION BY unit ORDER BY at), 'Run', ARRAY[id]
        FROM (SELECT unit(n) AS unit, at(n) AS at, uid(1, n) AS id FROM generate_series(1, @rows) n) tiles;
        """;

    public const string Fill = Units + Work;

    public static IEnumerable<Question> Questions() =>
    [
        .. from unit in (string[])["m0", "m7"]
           from question in (IEnumerable<Question>)
           [
               .. Question.Of($"/api/equipment/units/{unit}/downtimes", ["StartedAt"], Since(7), Since(700)),
               .. Question.Of($"/api/equipment/units/{unit}/intervals", [], Since(7), Since(365)),
               .. Question.Of($"/api/equipment/units/{unit}/reports", [], Since(7), Since(365)),
           ]
           select question,
        .. Question.Of("/api/equipment/summary", [], Since(7), Since(31), Since(365)),
        .. Question.Of("/api/equipment/units", [], "search=m1", "search=none"),
    ];
}
