using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>
/// Keeps the stored tiles of equipment equal to the tiling of its records. Changes of one equipment queue up at its lock;
/// they touch only the tiles around them, however long the history.
/// </summary>
sealed class Timeline(EquipmentDb db, FigureSignal figures)
{
    const int LockClass = 0x54696D65;       // 'Time'

    /// <summary>
    /// The records that overlap [$2, $3) and count: those that were countered or withdrawn are left out already.
    /// </summary>
    const string RecordsSql = """
        SELECT report_id, activity, started_at, ended_at FROM production_report r
        WHERE equipment = $1 AND reverses IS NULL AND tstzrange(started_at, ended_at) && tstzrange($2, $3)
          AND NOT EXISTS (SELECT FROM production_report c WHERE c.reverses = r.report_id AND c.equipment = $1)
        UNION ALL
        SELECT id, 'Breakdown', started_at, ended_at FROM downtime d
        WHERE equipment = $1 AND tstzrange(started_at, ended_at) && tstzrange($2, $3)
          AND NOT EXISTS (SELECT FROM downtime_withdrawal w WHERE w.downtime_id = d.id)
        """;

    /// <summary>
    /// Has changes of the equipment queue up until the transaction ends. All that a transaction needs is locked at once, in
    /// order, so that no two wait for each other.
    /// </summary>
    // SQL: all locks of a transaction are taken in one order, and in one round trip with what is read under them
    public static NpgsqlBatchCommand Lock(IEnumerable<string> equipment) => Sql.Statement(
        $"""
        SELECT pg_advisory_xact_lock({LockClass}, key)
        FROM (SELECT DISTINCT hashtext(code) AS key FROM unnest($1) AS code ORDER BY key) AS sorted
        """, Sql.Texts([.. equipment]));

    /// <summary>Has changes of this equipment queue up until the transaction ends.</summary>
    public Task Hold(string equipment, CancellationToken ct) => db.Connection.Execute([Lock([equipment])], ct);

    /// <summary>
    /// Tiles windows again after something in them has changed, and marks their figures to be computed again. All of the
    /// change but one record is written.
    /// </summary>
    /// <param name="changed">Cover the time, old and new, of what has changed.</param>
    /// <param name="unsaved">A record as it will be, which the database does not have yet.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Retile(IReadOnlyCollection<EquipmentTime> changed, ActivityRecord? unsaved, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        await db.Connection.Execute([Lock(changed.Select(window => window.Equipment)), FigureMarks.Dirty(changed)], ct);
        foreach (var windows in EquipmentTime.Rounds(changed))
        {
            await Retile(windows, unsaved, ct);
        }
    }

    /// <summary>Of each equipment one window, all in two round trips.</summary>
    async Task Retile(IReadOnlyList<EquipmentTime> windows, ActivityRecord? unsaved, CancellationToken ct)
    {
        var changes = new List<(string, TimelineChange)>();
        await using (var batch = await db.Connection.Batch(windows.SelectMany<EquipmentTime, NpgsqlBatchCommand>(window =>
            [Records(window.Equipment, window.Time), Tiles.Around(window.Equipment, window.Time)]), ct))
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            foreach (var (equipment, window) in windows)
            {
                var records = await reader.Rows(row => ReadRecord(row, equipment), ct);
                await reader.NextResultAsync(ct);
                var tiles = await reader.Rows(Tiles.Read, ct);
                await reader.NextResultAsync(ct);
                var effective = unsaved is null ? records : records.Where(record => record.Id != unsaved.Id).Append(unsaved);
                changes.Add((equipment, StateTimeline.Retile(tiles, effective, window)));
            }
        }
        await db.Connection.Execute([.. Tiles.Apply(changes)], ct);
    }

    /// <summary>Reads the records that count in a window.</summary>
    public static NpgsqlBatchCommand Records(string equipment, TimeRange window) =>
        Sql.Statement(RecordsSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    static ActivityRecord ReadRecord(NpgsqlDataReader reader, string equipment) => new(
        reader.GetGuid(0),
        equipment,
        Enum.Parse<EquipmentState>(reader.GetString(1)),
        new TimeRange(reader.Instant(2), reader.InstantOrNull(3)),
        SourceReportId: reader.GetGuid(0));
}
