using Mes.Equipment.Domain;
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

    const string DeleteSql = "DELETE FROM state_tile WHERE equipment = $1 AND starts_at = ANY ($2)";

    const string InsertSql =
        "INSERT INTO state_tile (equipment, starts_at, ends_at, state, record_ids) VALUES ($1, $2, $3, $4, $5)";

    public static NpgsqlBatchCommand Around(string equipment, TimeRange window) =>
        Sql.Statement(AroundSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    public static NpgsqlBatchCommand Within(string equipment, TimeRange window) =>
        Sql.Statement(WithinSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    /// <summary>The breakdowns alone.</summary>
    public static NpgsqlBatchCommand BreakdownsWithin(string equipment, TimeRange window) =>
        Sql.Statement(BreakdownsSql, Sql.Text(equipment), Sql.Time(window.Start), Sql.Time(window.EndOrMax));

    public static NpgsqlBatchCommand LeadingTo(string equipment, DateTimeOffset instant) =>
        Sql.Statement(LeadingToSql, Sql.Text(equipment), Sql.Time(instant));

    public static IEnumerable<NpgsqlBatchCommand> Apply(string equipment, TimelineChange change)
    {
        if (change.Removed.Count > 0)
            yield return Sql.Statement(
                DeleteSql, Sql.Text(equipment), Sql.Times(change.Removed.Select(tile => tile.Time.Start)));
        foreach (var tile in change.Added)
            yield return Sql.Statement(
                InsertSql, Sql.Text(equipment), Sql.Time(tile.Time.Start), Sql.Time(tile.Time.End),
                Sql.Text(tile.State.ToString()), Sql.Uuids(tile.RecordIds));
    }

    public static StateTile Read(NpgsqlDataReader reader) => new(
        Enum.Parse<EquipmentState>(reader.GetString(2)),
        new TimeRange(reader.Instant(0), reader.InstantOrNull(1)),
        reader.GetFieldValue<Guid[]>(3));
}
