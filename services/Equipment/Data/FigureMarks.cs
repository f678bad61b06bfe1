using System.Threading.Channels;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>
/// Notes that the figures of some shifts are to be computed again, in the transaction that changes what they are made
/// of.
/// </summary>
static class FigureMarks
{
    // SQL: marks of many shifts, found and noted in one statement beside the others of the transaction
    // Not audited: marks of work to do
    const string DirtySql = "INSERT INTO figure_dirty (equipment, from_at, to_at) SELECT * FROM unnest($1, $2, $3)";

    // Not audited: marks of work to do
    const string AllSql = """
        INSERT INTO figure_dirty (equipment, from_at, to_at)
        SELECT u.code, least(t.from_at, r.from_at),
               CASE WHEN NOT t.is_ongoing IS TRUE THEN greatest(t.to_at, r.to_at + interval '1 microsecond') END
        FROM unnest($1) AS u(code),
             LATERAL (SELECT min(starts_at) AS from_at, max(ends_at) AS to_at, bool_or(ends_at IS NULL) AS is_ongoing
                      FROM state_tile WHERE equipment = u.code) t,
             LATERAL (SELECT min(last_instant) AS from_at, max(last_instant) AS to_at
                      FROM production_report WHERE equipment = u.code) r
        WHERE coalesce(t.from_at, r.from_at) IS NOT NULL
        """;

    /// <summary>The shifts of windows; also of those without length, in which pieces may have been counted.</summary>
    public static NpgsqlBatchCommand Dirty(IReadOnlyCollection<EquipmentTime> windows) => Sql.Statement(
        DirtySql, Sql.Texts([.. windows.Select(window => window.Equipment)]),
        Sql.Times(windows.Select(window => window.Time.Start)),
        Sql.TimesOrNull(windows.Select(window => window.Time.IsEmpty ? window.Time.Start.AddMicroseconds(1) : window.Time.End)));

    /// <summary>The shifts of some or all equipment that are over and wait to be computed for the first time.</summary>
    public static NpgsqlBatchCommand Due(string? equipment, DateTimeOffset now) => Sql.Statement(
        "SELECT equipment, starts_at FROM figure_due WHERE due_at <= $2 AND ($1 IS NULL OR equipment = $1)",
        Sql.Text(equipment), Sql.Time(now));

    /// <summary>Times of a window in which shifts of some or all equipment wait to be computed.</summary>
    public static NpgsqlBatchCommand Within(string? equipment, TimeRange window) => Sql.Statement(
        """
        SELECT DISTINCT equipment, from_at, to_at FROM figure_dirty
        WHERE from_at < $3 AND (to_at IS NULL OR to_at > $2) AND ($1 IS NULL OR equipment = $1)
        """,
        Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.End));

    /// <summary>All shifts of some equipment, when its calendar has changed.</summary>
    public static NpgsqlBatchCommand DirtyAll(string[] equipment) => Sql.Statement(
        AllSql, Sql.Texts(equipment));
}

/// <summary>Tells this process that a transaction with marks has committed; many at once are told as one.</summary>
sealed class FigureSignal
{
    readonly Channel<bool> _told =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _told.Writer.TryWrite(true);

    public ValueTask<bool> Wait(CancellationToken ct) => _told.Reader.ReadAsync(ct);
}
