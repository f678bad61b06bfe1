namespace Mes.WorkOrders.Data;

/// <summary>What tells whether operations can be worked on, for statements that read a <see cref="Domain.Readiness"/>.</summary>
static class ReadinessSql
{
    /// <summary>Skills of the operator <c>p</c> that last at <c>@at</c>.</summary>
    public const string Skills = """
        ARRAY(SELECT skill FROM unnest(p.qualifications) AS skill WHERE NOT EXISTS (
            SELECT FROM jsonb_to_recordset(p.skill_expiries) AS e (equipment text, "expiresAt" timestamptz)
            WHERE e.equipment = skill AND e."expiresAt" <= @at))
        """;

    /// <summary>
    /// The members of a readiness at <c>@equipment</c>, for <c>@operator</c> where one is given. What the routing does not ask
    /// for is not waited for.
    /// </summary>
    public const string Columns = $"""
        w.status = 'OnHold' AS is_on_hold,
        w.policies->>'sequence' <> 'Off' AND p.id IS NOT NULL AND p.status <> 'Done' AND p.good <= f.finished
            AS waits_for_predecessor,
        w.policies->>'sequence' <> 'Off' AND (f.finished > 0 OR coalesce(p.reports, 0) > 0)
            AND coalesce(p.status, 'Done') = 'Done' AND coalesce(p.good, w.quantity) <= f.finished AS waits_for_pieces,
        w.policies->>'material' <> 'Off' AND h.shortages IS NOT NULL AS waits_for_material,
        coalesce(h.shortages @> jsonb_build_array(jsonb_build_object('reason', 'expired')), false) AS waits_for_expired_material,
        EXISTS (SELECT FROM quality_hold h WHERE h.operation_id = o.id AND h.is_active) AS waits_for_quality,
        EXISTS (SELECT FROM equipment_stop s WHERE s.equipment = @equipment AND s.ended_at = 'infinity')
            AS waits_for_equipment,
        @operator::text IS NOT NULL AND w.policies->>'qualification' <> 'Off' AND NOT EXISTS (
            SELECT FROM (SELECT {Skills} AS skills FROM operator p WHERE p.code = @operator) k
            WHERE @equipment = ANY (k.skills) AND (@equipment = ANY (o.equipment) OR k.skills && o.equipment)) AS waits_for_skill,
        @operator::text IS NOT NULL AND i.revision IS NOT NULL
            AND coalesce(w.policies->>'acknowledgement', 'Off') <> 'Off'
            AND coalesce(w.policies->>'instruction', 'Block') <> 'Off' AND NOT EXISTS (
                SELECT FROM instruction_reading r
                WHERE r.routing = w.routing_code AND r.operation = o.code AND r.revision = i.revision
                  AND r.operator = @operator AND r.reading IN ('Signed', w.policies->>'acknowledgement'))
            AS waits_for_instruction
        """;

    /// <summary>The same at the equipment that an expression of the statement names.</summary>
    public static string ColumnsAt(string equipment) => Columns.Replace("@equipment", equipment, StringComparison.Ordinal);

    /// <summary>Whether an operation waits for anything, by the names of these members.</summary>
    public const string Waits = """
        (is_on_hold OR waits_for_predecessor OR waits_for_pieces OR waits_for_material OR waits_for_quality
            OR waits_for_equipment OR waits_for_skill OR waits_for_instruction)
        """;

    /// <summary>
    /// Operations <c>o</c> of orders <c>w</c> that the floor works on, with the operation before as <c>p</c>, what is missing
    /// as <c>h</c>, what is through as <c>f.finished</c> and the instruction in force as <c>i</c>.
    /// </summary>
    public const string From = """
        FROM operation o
        JOIN work_order w ON w.id = o.order_id AND w.status IN ('Released', 'OnHold')
        LEFT JOIN operation p ON p.id = o.predecessor_id
        LEFT JOIN shortage h ON h.order_id = w.id AND h.shortages <> '[]'
        CROSS JOIN LATERAL (
            SELECT o.good + o.scrap + greatest(0, o.nonconforming - greatest(0, o.reworked)) AS finished) f
        LEFT JOIN LATERAL (
            SELECT revision, is_empty FROM instruction i WHERE i.routing = w.routing_code AND i.operation = o.code
            ORDER BY revision DESC LIMIT 1) i ON NOT i.is_empty
        """;
}
