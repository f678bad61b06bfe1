namespace Mes.WorkOrders.Data;

/// <summary>Where pieces stand, for statements that read a <see cref="Domain.PieceSaid"/> of serial numbers <c>s</c>.</summary>
static class PieceSql
{
    /// <summary>The members.</summary>
    public const string Columns = """
        said.is_scrapped, said.last_result, coalesce(said.is_last_receipt, false) AS is_last_receipt,
        EXISTS (SELECT FROM built_in b WHERE b.material = s.product AND b.component_serial = s.serial AND b.consumed
            @> jsonb_build_array(jsonb_build_object('material', s.product, 'componentSerial', s.serial))) AS is_built_in
        """;

    /// <summary>What the columns read.</summary>
    public const string Join = """
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(DISTINCT p.operation_id), '{}') AS operation_ids,
                   coalesce(bool_or(p.result = 'Scrap'), false) AS is_scrapped,
                   (array_agg(p.result ORDER BY p.ended_at DESC, p.report_id DESC))[1] AS last_result,
                   (array_agg(o.is_receipt ORDER BY p.ended_at DESC, p.report_id DESC))[1] AS is_last_receipt
            FROM piece_report p JOIN operation o ON o.id = p.operation_id
            WHERE p.order_id = s.order_id AND p.serial = s.serial
              AND p.serials @> jsonb_build_array(jsonb_build_object('serial', s.serial))) AS said
        """;
}
