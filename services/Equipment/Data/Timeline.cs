using Mes.Equipment.Domain;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>
/// Keeps the stored tiles of an equipment equal to the tiling of its records. Changes of one equipment queue up at its
/// lock; each costs two round trips and touches only the tiles around it, however long the history.
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

    /// <summary>First statement of every change of an equipment; held until the transaction ends.</summary>
    public static NpgsqlBatchCommand Lock(string equipment) => Sql.Statement(
        $"SELECT pg_advisory_xact_lock({LockClass}, hashtext($1))", Sql.Text(equipment));

    /// <summary>Has changes of this equipment queue up until the transaction ends.</summary>
    public Task Hold(string equipment, CancellationToken ct) => db.Connection.Execute([Lock(equipment)], ct);

    /// <summary>
    /// Tiles the window again after something in it has changed, and marks its figures to be computed again.
    /// </summary>
    /// <param name="equipment">The equipment.</param>
    /// <param name="window">Covers the time, old and new, of what has changed.</param>
    /// <param name="change">Statements of the change, run first; they return nothing.</param>
    /// <param name="unsaved">A record as it will be, which the database does not have yet.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Retile(
        string equipment, TimeRange window, IEnumerable<NpgsqlBatchCommand> change, ActivityRecord? unsaved,
        CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        NpgsqlBatchCommand[] write = [Lock(equipment), .. change, FigureMarks.Dirty(equipment, window)];
        if (window.IsEmpty)
        {
            await db.Connection.Execute(write, ct);
            return;
        }
        var (records, tiles) = await Read(
            [.. write, Records(equipment, window), Tiles.Around(equipment, window)], equipment, ct);
        var effective = unsaved is null ? records : records.Where(record => record.Id != unsaved.Id).Append(unsaved);
        await db.Connection.Execute([.. Tiles.Apply(equipment, StateTimeline.Retile(tiles, effective, window))], ct);
    }

    async Task<(List<ActivityRecord> Records, List<StateTile> Tiles)> Read(
        NpgsqlBatchCommand[] statements, string equipment, CancellationToken ct)
    {
        await using var batch = await db.Connection.Batch(statements, ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);       // the first result is the lock's
        var records = await reader.Rows(row => ReadRecord(row, equipment), ct);
        await reader.NextResultAsync(ct);
        return (records, await reader.Rows(Tiles.Read, ct));
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
