using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>
/// The stored timeline: one row per tile. All statements go by the key (equipment, start), whatever its length.
/// </summary>
static class Tiles
{
    /// <summary>
    /// The tiles that overlap [$2, $3), the last one that starts before it and the first one that ends after it: tiles
    /// follow each other, so these are neighbours by start.
    /// </summary>
    const string AroundSql = """
        SELECT starts_at, ends_at, state, record_ids FROM state_tile
        WHERE equipment = $1
          AND starts_at >= coalesce(
              (SELECT max(starts_at) FROM state_tile WHERE equipment = $1 AND starts_at < $2), $2)
          AND starts_at <= coalesce(
              (SELECT min(starts_at) FROM state_tile WHERE equipment = $1 AND starts_at >= $3), 'infinity')
        ORDER BY starts_at
        """;

    const string WithinSql = """
        SELECT starts_at, ends_at, state, record_ids FROM state_tile
        WHERE equipment = $1 AND starts_at < $3 AND (ends_at > $2 OR ends_at IS NULL)
          AND starts_at >= coalesce(
              (SELECT max(starts_at) FROM state_tile WHERE equipment = $1 AND starts_at <= $2), $2)
        ORDER BY starts_at
        """;

    const string BreakdownsSql = $"SELECT * FROM ({WithinSql}) t WHERE state = 'Breakdown' ORDER BY starts_at";

    /// <summary>The tile at $2 or before it, with the row of breakdowns that leads to it.</summary>
    const string LeadingToSql = """
        SELECT starts_at, ends_at, state, record_ids FROM state_tile
        WHERE equipment = $1 AND starts_at <= $2
          AND starts_at >= coalesce((SELECT max(starts_at) FROM state_tile
                                     WHERE equipment = $1 AND starts_at <= $2 AND state <> 'Breakdown'), '-infinity')
        ORDER BY starts_at
        """;

    // SQL: what a report does to a timeline is a set of tiles, removed and put in by one statement each
    // Not audited: computed from reports and downtimes
    const string DeleteSql = """
        DELETE FROM state_tile t USING unnest($1, $2) AS gone (equipment, starts_at)
        WHERE t.equipment = gone.equipment AND t.starts_at = gone.starts_at
        """;

    // an array of arrays would want them all of one length
    // Not audited: computed from reports and downtimes
    const string InsertSql = """
        INSERT INTO state_tile (equipment, starts_at, ends_at, state, record_ids)
        SELECT equipment, starts_at, ends_at, state, record_ids::uuid[]
        FROM unnest($1, $2, $3, $4, $5) AS tile (equipment, starts_at, ends_at, state, record_ids)
        """;

    public static NpgsqlBatchCommand Around(string equipment, TimeRange window) =>
        Sql.Statement(AroundSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    public static NpgsqlBatchCommand Within(string equipment, TimeRange window) =>
        Sql.Statement(WithinSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    /// <summary>The breakdowns alone.</summary>
    public static NpgsqlBatchCommand BreakdownsWithin(string equipment, TimeRange window) =>
        Sql.Statement(BreakdownsSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    public static NpgsqlBatchCommand LeadingTo(string equipment, DateTimeOffset instant) =>
        Sql.Statement(LeadingToSql, Sql.Text(equipment), Sql.Time(instant));

    /// <summary>The changes of several equipments' tiles.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Apply(IReadOnlyCollection<(string Equipment, TimelineChange Change)> changes)
    {
        var removed = changes.SelectMany(of => of.Change.Removed.Select(tile => (of.Equipment, tile.Time.Start))).ToList();
        if (removed.Count > 0)
            yield return Sql.Statement(
                DeleteSql, Sql.Texts([.. removed.Select(tile => tile.Equipment)]), Sql.Times(removed.Select(tile => tile.Start)));
        var added = changes.SelectMany(of => of.Change.Added.Select(tile => (of.Equipment, Tile: tile))).ToList();
        if (added.Count > 0)
            yield return Sql.Statement(
                InsertSql, Sql.Texts([.. added.Select(one => one.Equipment)]),
                Sql.Times(added.Select(one => one.Tile.Time.Start)), Sql.TimesOrNull(added.Select(one => one.Tile.Time.End)),
                Sql.Texts([.. added.Select(one => one.Tile.State.ToString())]),
                Sql.Texts([.. added.Select(one => $"{{{string.Join(',', one.Tile.RecordIds)}}}")]));
    }

    public static StateTile Read(NpgsqlDataReader reader) => new(
        Enum.Parse<EquipmentState>(reader.GetString(2)),
        new TimeRange(reader.Instant(0), reader.InstantOrNull(1)),
        reader.GetFieldValue<Guid[]>(3));
}
