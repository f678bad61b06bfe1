using System.Text.Json;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>The stored figures of one equipment and shift, with the inputs they were computed from.</summary>
/// <param name="Equipment">Code.</param>
/// <param name="Shift">Identity of the shift; see <see cref="Kernel.Shift.Id"/>.</param>
/// <param name="Time">From its start to its end.</param>
/// <param name="Version">Rises with each recomputation that changes something.</param>
/// <param name="Inputs">What the figures were computed from.</param>
/// <param name="Stored">The figures as stored.</param>
/// <param name="IsCurrent">False once another version, or another calendar, has taken its place.</param>
sealed record FigureRow(
    string Equipment, string Shift, TimeRange Time, int Version, KpiInputs Inputs, StoredKpis Stored, bool IsCurrent)
{
    const string Columns = """
        equipment, shift, starts_at, ends_at, version, planned_busy_seconds, run_seconds, setup_seconds, down_seconds,
        products, availability, effectiveness, quality, oee, superseded_at IS NULL
        """;

    /// <summary>No shift is longer than a day: one that overlaps an instant starts at most this long before.</summary>
    static readonly TimeSpan LengthMax = TimeSpan.FromDays(2);

    // SQL: statements that go in one round trip with others; a new version closes the one before it
    /// <summary>The newest version of the figures of a shift that starts at an instant, current or not.</summary>
    public static NpgsqlBatchCommand Newest(string equipment, DateTimeOffset startsAt) => Sql.Statement(
        $"SELECT {Columns} FROM shift_figure WHERE equipment = $1 AND starts_at = $2 ORDER BY version DESC LIMIT 1",
        Sql.Text(equipment), Sql.Time(startsAt));

    /// <summary>What is in force for some or all equipment in a window.</summary>
    public static NpgsqlBatchCommand Within(string? equipment, TimeRange window) => Sql.Statement(
        $"""
        SELECT {Columns} FROM shift_figure
        WHERE superseded_at IS NULL AND starts_at > $2 AND starts_at < $4 AND ends_at > $3
          AND ($1 IS NULL OR equipment = $1)
        """,
        Sql.Text(equipment), Sql.Time(window.Start - LengthMax), Sql.Time(window.Start), Sql.Time(window.End));

    /// <summary>All that is in force for an equipment.</summary>
    public static NpgsqlBatchCommand All(string equipment) => Sql.Statement(
        $"SELECT {Columns} FROM shift_figure WHERE superseded_at IS NULL AND equipment = $1", Sql.Text(equipment));

    // Not audited: figures, which keep their versions themselves
    /// <summary>Takes figures out of force whose shifts are no longer in the calendar.</summary>
    public static NpgsqlBatchCommand SupersedeOthers(
        string equipment, TimeRange window, IEnumerable<DateTimeOffset> starts, DateTimeOffset now) => Sql.Statement(
        """
        UPDATE shift_figure SET superseded_at = $6
        WHERE equipment = $1 AND superseded_at IS NULL AND starts_at > $2 AND starts_at < $4 AND ends_at > $3
          AND starts_at <> ALL ($5)
        """,
        Sql.Text(equipment), Sql.Time(window.Start - LengthMax), Sql.Time(window.Start), Sql.Time(window.End),
        Sql.Times(starts), Sql.Time(now));

    // Not audited: figures, which keep their versions themselves
    /// <summary>Puts this version in the place of the one in force.</summary>
    public IEnumerable<NpgsqlBatchCommand> Put(DateTimeOffset now) =>
    [
        Sql.Statement(
            """
            UPDATE shift_figure SET superseded_at = $3
            WHERE equipment = $1 AND starts_at = $2 AND superseded_at IS NULL
            """,
            Sql.Text(Equipment), Sql.Time(Time.Start), Sql.Time(now)),
        Sql.Statement(
            """
            INSERT INTO shift_figure (
                equipment, shift, starts_at, ends_at, version, planned_busy_seconds, run_seconds, setup_seconds,
                down_seconds, products, availability, effectiveness, quality, oee, computed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            Sql.Text(Equipment), Sql.Text(Shift), Sql.Time(Time.Start), Sql.Time(Time.End), Sql.Integer(Version),
            Sql.Number(Inputs.PlannedBusyTimeSeconds), Sql.Number(Inputs.ActualProductionTimeSeconds),
            Sql.Number(Inputs.ActualSetupTimeSeconds), Sql.Number(Inputs.ActualDowntimeSeconds),
            Sql.Json(JsonSerializer.Serialize(Inputs.Products, JsonSerializerOptions.Web)),
            Sql.Number(Stored.Availability), Sql.Number(Stored.Effectiveness), Sql.Number(Stored.Quality),
            Sql.Number(Stored.Oee), Sql.Time(now)),
    ];

    public static FigureRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), new TimeRange(row.Instant(2), row.Instant(3)), row.GetInt32(4),
        new KpiInputs(
            row.GetDecimal(5), row.GetDecimal(6), row.GetDecimal(7), row.GetDecimal(8),
            JsonSerializer.Deserialize<ProductOutput[]>(row.GetString(9), JsonSerializerOptions.Web)!),
        new StoredKpis(row.NumberOrNull(10), row.NumberOrNull(11), row.NumberOrNull(12), row.NumberOrNull(13)),
        row.GetBoolean(14));
}

/// <summary>The figures that are stored beside their inputs.</summary>
sealed record StoredKpis(decimal? Availability, decimal? Effectiveness, decimal? Quality, decimal? Oee)
{
    public static StoredKpis Of(KpiInputs inputs)
    {
        var kpis = new KpiSet(inputs);
        return new(kpis.Availability.Value, kpis.Effectiveness.Value, kpis.Quality.Value, kpis.Oee.Value);
    }
}
