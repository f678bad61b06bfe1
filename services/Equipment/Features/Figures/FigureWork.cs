using Mes.Equipment.Data;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Features.Figures;

/// <summary>
/// What one pass of the <see cref="FigureWriter"/> takes on: times whose shifts are to be computed again.
/// </summary>
/// <param name="Windows">Per equipment; without an end where a state is ongoing.</param>
/// <param name="Ongoing">Equipment with a state that goes on, and of which all that has passed is done now.</param>
/// <param name="HasRest">Whether more waited than one pass takes.</param>
sealed record FigureWork(ILookup<string, TimeRange> Windows, IReadOnlySet<string> Ongoing, bool HasRest)
{
    const int RowsMax = 500;

    /// <summary>At most this much of a longer window is done in one pass.</summary>
    static readonly TimeSpan PieceMax = TimeSpan.FromDays(31);

    /// <summary>Takes rows off both lists; they are gone when the transaction commits.</summary>
    public static async Task<FigureWork> Take(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        // SQL: rows are taken off the lists and returned by one statement each
        // Not audited: marks of work to do
        var dirty = await connection.Query(
            Sql.Statement($"""
                DELETE FROM figure_dirty WHERE id IN (SELECT id FROM figure_dirty ORDER BY id LIMIT {RowsMax})
                RETURNING equipment, from_at, to_at
                """), ReadWindow, ct);
        var due = await connection.Query(
            Sql.Statement($"""
                DELETE FROM figure_due WHERE (equipment, starts_at) IN (
                    SELECT equipment, starts_at FROM figure_due WHERE due_at <= $1 ORDER BY due_at LIMIT {RowsMax})
                RETURNING equipment, starts_at, due_at
                """, Sql.Time(now)), ReadWindow, ct);
        var left = dirty.Select(row => (row.Equipment, Window: Rest(row.Window, now))).Where(row => row.Window is not null)
            .Select(row => new EquipmentTime(row.Equipment, row.Window!.Value)).ToList();
        if (left.Count > 0)
            await connection.Execute([FigureMarks.Dirty(left)], ct);
        return new FigureWork(
            dirty.Select(row => (row.Equipment, Window: Piece(row.Window, now))).Concat(due)
                .ToLookup(row => row.Equipment, row => row.Window),
            dirty.Where(row => row.Window.End is null && Rest(row.Window, now) is null).Select(row => row.Equipment).ToHashSet(),
            left.Count > 0 || dirty.Count == RowsMax || due.Count == RowsMax);
    }

    /// <summary>The part of a window that is done now; of an ongoing one, what has passed.</summary>
    static TimeRange Piece(TimeRange window, DateTimeOffset now)
    {
        var longest = window.Start + PieceMax;
        var end = window.End ?? Later(now, window.Start.AddMicroseconds(1));
        return new TimeRange(window.Start, end < longest ? end : longest);
    }

    static TimeRange? Rest(TimeRange window, DateTimeOffset now)
    {
        var done = Piece(window, now).EndOrMax;
        return done < (window.End ?? now) ? new TimeRange(done, window.End) : null;
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    static (string Equipment, TimeRange Window) ReadWindow(NpgsqlDataReader row) =>
        (row.GetString(0), new TimeRange(row.Instant(1), row.InstantOrNull(2)));
}
