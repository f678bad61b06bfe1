using System.Data;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Npgsql;

namespace Mes.Equipment.Features.Figures;

/// <summary>Something stored that is not what the raw records give.</summary>
/// <param name="Equipment">Code.</param>
/// <param name="Kind">tile-missing, tile-extra, gap, overlap, figure-missing, figure-extra or figure-differs.</param>
/// <param name="At">Start of the tile or shift.</param>
/// <param name="Stored">As stored, or null.</param>
/// <param name="Recomputed">As the raw records give it, or null.</param>
public sealed record Mismatch(string Equipment, string Kind, DateTimeOffset At, string? Stored, string? Recomputed);

/// <summary>Whether the stored timeline and figures are what the raw records give, computed afresh.</summary>
/// <param name="IsConsistent">True where nothing differs.</param>
/// <param name="TilesChecked">How many tiles are stored.</param>
/// <param name="FiguresChecked">How many shifts were compared.</param>
/// <param name="FiguresPending">How many shifts wait to be computed and were left out.</param>
/// <param name="Mismatches">What differs, at most 100.</param>
public sealed record OeeVerdict(
    bool IsConsistent, int TilesChecked, int FiguresChecked, int FiguresPending, IReadOnlyList<Mismatch> Mismatches);

static class VerifyFiguresEndpoint
{
    const int MismatchesMax = 100;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/oee/verdict", Handle).Named("verifyFigures", "Compute stored figures again and compare")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<OeeVerdict> Handle(ServiceDatabase<EquipmentDb> database, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // One snapshot: records, tiles and figures of one moment.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var calendars = await UnitCalendars.Read(connection, null, ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var units = await connection.Query(
            Sql.Statement("SELECT code FROM equipment_unit ORDER BY code"), row => row.GetString(0), ct);
        var (tiles, figures, pending, mismatches) = (0, 0, 0, new List<Mismatch>());
        foreach (var unit in units)
        {
            var raw = await RawUnit.Read(connection, unit, ct);
            var timeline = StateTimeline.Tile(raw.Records);
            mismatches.AddRange(TimelineCheck.Of(unit, raw.Tiles, timeline));
            var check = new FigureCheck(raw, timeline, calendars.Of(unit), clock.GetUtcNow());
            mismatches.AddRange(check.Run());
            (tiles, figures, pending) = (tiles + raw.Tiles.Count, figures + check.Compared, pending + check.Pending);
        }
        return new OeeVerdict(mismatches.Count == 0, tiles, figures, pending, [.. mismatches.Take(MismatchesMax)]);
    }
}

/// <summary>All that is stored of one unit.</summary>
sealed record RawUnit(
    string Equipment, List<ActivityRecord> Records, List<RawPieces> Pieces, List<StateTile> Tiles,
    List<FigureRow> Figures, List<TimeRange> Dirty)
{
    /// <summary>Every record as it came, the counter-reports and what they undo among them.</summary>
    public static async Task<RawUnit> Read(NpgsqlConnection connection, string equipment, CancellationToken ct)
    {
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var reports = await connection.Query(
            Sql.Statement(
                """
                SELECT report_id, reverses, activity, started_at, ended_at, last_instant, product, run_seconds_per_unit,
                       good, scrap, nonconforming
                FROM production_report WHERE equipment = $1
                """, Sql.Text(equipment)), row => ReadReport(row, equipment), ct);
        var stops = await connection.Query(
            Sql.Statement(
                """
                SELECT id, started_at, ended_at, EXISTS (SELECT FROM downtime_withdrawal w WHERE w.downtime_id = d.id)
                FROM downtime d WHERE equipment = $1
                """, Sql.Text(equipment)),
            row => new ActivityRecord(row.GetGuid(0), equipment, EquipmentState.Breakdown,
                new TimeRange(row.Instant(1), row.InstantOrNull(2)), row.GetGuid(0), row.GetBoolean(3)), ct);
        return new(
            equipment,
            [.. reports.Select(report => report.Record), .. stops],
            [.. reports.Select(report => report.Pieces)],
            await connection.Query(Sql.Statement(
                "SELECT starts_at, ends_at, state, record_ids FROM state_tile WHERE equipment = $1 ORDER BY starts_at",
                Sql.Text(equipment)), Data.Tiles.Read, ct),
            await connection.Query(FigureRow.All(equipment), FigureRow.Read, ct),
            await connection.Query(Sql.Statement(
                """
                SELECT from_at, to_at FROM figure_dirty WHERE equipment = $1
                UNION ALL SELECT starts_at, due_at FROM figure_due WHERE equipment = $1
                """,
                Sql.Text(equipment)), row => new TimeRange(row.Instant(0), row.InstantOrNull(1)), ct));
    }

    static (ActivityRecord Record, RawPieces Pieces) ReadReport(NpgsqlDataReader row, string equipment)
    {
        var (id, reverses) = (row.GetGuid(0), row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1));
        return (
            new ActivityRecord(
                id, equipment, Enum.Parse<EquipmentState>(row.GetString(2)),
                new TimeRange(row.Instant(3), row.Instant(4)), reverses ?? id, reverses is not null),
            new RawPieces(
                id, reverses, row.Instant(5), row.GetString(6), row.NumberOrNull(7), row.GetDecimal(8),
                row.GetDecimal(9), row.GetDecimal(10)));
    }
}

/// <summary>The pieces of one report.</summary>
sealed record RawPieces(
    Guid Id, Guid? Reverses, DateTimeOffset At, string Product, decimal? RunSecondsPerUnit, decimal Good, decimal Scrap,
    decimal Nonconforming);
