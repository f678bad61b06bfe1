using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>What the raw tables give for a shift, or for the part of it that has passed.</summary>
static class ShiftInputs
{
    /// <summary>
    /// Pieces belong to the shift in which their report ended; those of a counter-report to the shift of the report
    /// that it undoes, or to its own while that one is not here.
    /// </summary>
    const string PiecesSql = """
        WITH own AS (
            SELECT report_id, reverses, product, run_seconds_per_unit, good, scrap, nonconforming FROM production_report
            WHERE equipment = $1 AND last_instant >= $2 AND last_instant < $3),
        counted AS (
            SELECT o.* FROM own o
            WHERE NOT EXISTS (SELECT FROM production_report s WHERE s.report_id = o.reverses AND s.equipment = $1)
            UNION ALL
            SELECT c.report_id, c.reverses, c.product, c.run_seconds_per_unit, c.good, c.scrap, c.nonconforming
            FROM own o JOIN production_report c ON c.reverses = o.report_id AND c.equipment = $1)
        SELECT product, run_seconds_per_unit, sum(good + scrap + nonconforming), sum(good), sum(scrap)
        FROM counted GROUP BY product, run_seconds_per_unit ORDER BY product COLLATE "C", run_seconds_per_unit
        """;

    /// <summary>Two statements; read with <see cref="Read"/>.</summary>
    // SQL: two statements of a batch: the inputs of many shifts are read in one round trip
    public static IEnumerable<NpgsqlBatchCommand> Statements(string equipment, TimeRange window) =>
    [
        Tiles.Within(equipment, window),
        Sql.Statement(PiecesSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.End)),
    ];

    /// <summary>Reads the two results that the reader stands at.</summary>
    /// <returns>The inputs, and whether the state at the window's end is ongoing.</returns>
    public static async Task<(KpiInputs Inputs, bool IsOngoing)> Read(
        NpgsqlDataReader reader, Shift shift, TimeRange window, CancellationToken ct)
    {
        var tiles = await reader.Rows(Tiles.Read, ct);
        await reader.NextResultAsync(ct);
        var products = await reader.Rows(ReadProduct, ct);
        var inputs = KpiInputs.Of(StateTotals.Within(tiles, window), shift.PlannedBusyTimeWithin(window), products);
        return (inputs, tiles is [.., { Time.IsOngoing: true }]);
    }

    /// <summary>True when both give the same figures.</summary>
    public static bool AreSame(KpiInputs one, KpiInputs other) =>
        Times(one) == Times(other) && one.Products.SequenceEqual(other.Products);

    /// <summary>True when nothing was reported.</summary>
    public static bool AreIdle(KpiInputs inputs) => inputs is
    {
        ActualProductionTimeSeconds: 0,
        ActualSetupTimeSeconds: 0,
        ActualDowntimeSeconds: 0,
        Products.Count: 0,
    };

    static (decimal?, decimal, decimal, decimal) Times(KpiInputs inputs) => (
        inputs.PlannedBusyTimeSeconds, inputs.ActualProductionTimeSeconds, inputs.ActualSetupTimeSeconds,
        inputs.ActualDowntimeSeconds);

    static ProductOutput ReadProduct(NpgsqlDataReader row) =>
        new(row.GetString(0), row.NumberOrNull(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4));
}
