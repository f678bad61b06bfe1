using System.ComponentModel.DataAnnotations;
using Mes.Equipment.Data;
using Npgsql;

namespace Mes.Equipment.Features.Production;

/// <summary>A production report as it was counted here; the work orders keep the report itself.</summary>
/// <param name="ReportId">Identity of the report.</param>
/// <param name="Reverses">The report that this one undoes, or null.</param>
/// <param name="ReversedBy">The counter-report that undoes this one, or null.</param>
/// <param name="Equipment">Code.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="StartedAt">Start of the work, UTC.</param>
/// <param name="EndedAt">End of the work, UTC.</param>
/// <param name="CountedAt">The last instant of the work: its shift is the one going on then.</param>
/// <param name="Good">Good pieces; negative in a counter-report, as are the others.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that waited for a decision by Quality.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), null where none is known.</param>
/// <param name="Product">Product code.</param>
/// <param name="Order">Number of the work order.</param>
/// <param name="Operation">Code of its operation.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="IsRework">Whether the work was rework.</param>
public sealed record CountedReport(
    Guid ReportId, Guid? Reverses, Guid? ReversedBy, string Equipment,
    [property: AllowedValues("Run", "Setup")] string Activity, DateTimeOffset StartedAt,
    DateTimeOffset EndedAt, DateTimeOffset CountedAt, decimal Good, decimal Scrap, decimal Nonconforming,
    decimal? RunSecondsPerUnit, string Product, string Order, string Operation, string Operator,
    bool IsRework)
{
    internal const string Columns = """
        r.report_id, r.reverses,
        (SELECT c.report_id FROM production_report c WHERE c.reverses = r.report_id ORDER BY c.report_id LIMIT 1),
        r.equipment, r.activity, r.started_at, r.ended_at, r.last_instant, trim_scale(r.good), trim_scale(r.scrap),
        trim_scale(r.nonconforming), trim_scale(r.run_seconds_per_unit), r.product, r.order_number, r.operation_code,
        r.operator, r.is_rework
        """;

    internal static CountedReport Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2),
        row.GetString(3), row.GetString(4), row.Instant(5), row.Instant(6), row.Instant(7), row.GetDecimal(8),
        row.GetDecimal(9), row.GetDecimal(10), row.NumberOrNull(11), row.GetString(12), row.GetString(13),
        row.GetString(14), row.GetString(15), row.GetBoolean(16));
}
