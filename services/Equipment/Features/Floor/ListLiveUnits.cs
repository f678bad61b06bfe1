using System.Text.Json;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Npgsql;

namespace Mes.Equipment.Features.Floor;

/// <summary>A unit as it is now.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of its work center, null while nobody has defined it.</param>
/// <param name="State">What it does.</param>
/// <param name="Since">Since when, UTC; null where nobody has worked at it yet.</param>
/// <param name="DownReason">Code of the reason for its stop; null while it is not down or nobody has said why.</param>
/// <param name="ExpectedUpAt">When it is expected back, UTC, or null.</param>
/// <param name="Work">Who works at it on what, the first begun first.</param>
/// <param name="LastOperator">Who worked at it last, where nobody does now; or null.</param>
/// <param name="Output">What it has made in the shift that goes on, against target; null outside of shifts.</param>
public sealed record LiveUnit(
    string Code, string Name, string? WorkCenter, LiveState State, DateTimeOffset? Since, string? DownReason,
    DateTimeOffset? ExpectedUpAt, IReadOnlyList<UnitWork> Work, string? LastOperator, ShiftOutput? Output = null);

static class ListLiveUnitsEndpoint
{
    const string LiveSql = """
        SELECT u.code, u.name, u.work_center, a.since, a.reason, a.expected_up_at, w.work, l.since, l.operator
        FROM (SELECT code, name, work_center FROM equipment_unit
              WHERE code > $1 AND retired_at IS NULL AND ($2 IS NULL OR work_center = $2) ORDER BY code LIMIT $3) u
        LEFT JOIN equipment_availability a ON a.equipment = u.code AND a.is_down
        LEFT JOIN LATERAL (
            SELECT json_agg(json_build_object(
                'workId', work_id, 'operator', operator, 'order', order_number, 'product', product,
                'operationId', operation_id, 'operation', operation_code, 'activity', activity, 'state', state,
                'since', since, 'startedAt', started_at, 'pauseReason', pause_reason,
                'runSecondsPerUnit', run_seconds_per_unit) ORDER BY started_at, work_id)::text AS work
            FROM unit_work WHERE equipment = u.code AND state <> 'Ended') w ON true
        LEFT JOIN LATERAL (
            SELECT since, operator FROM unit_work WHERE equipment = u.code AND state = 'Ended'
            ORDER BY since DESC LIMIT 1) l ON true
        ORDER BY u.code
        """;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/live", Handle).Named("listLiveUnits", "List what each unit does now")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of the codes of the units; retired ones are left out.</summary>
    static async Task<Page<LiveUnit>> Handle(
        Code? workCenter, [AsParameters] PageRequest page, ServiceDatabase<EquipmentDb> database, TimeProvider clock,
        CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var rows = await connection.Query(
            Sql.Statement(LiveSql, Sql.Text(page.After ?? ""), Sql.Text(workCenter?.Value), Sql.Integer(page.Size + 1)),
            Read, ct);
        var output = await ShiftOutput.Read(
            connection, rows.ToDictionary(unit => unit.Code, unit => unit.Work), clock.GetUtcNow(), ct);
        return Page.Of(
            [.. rows.Select(unit => unit with { Output = output.GetValueOrDefault(unit.Code) })], page.Size, unit => unit.Code);
    }

    static LiveUnit Read(NpgsqlDataReader row)
    {
        IReadOnlyList<UnitWork> work = row.IsDBNull(6) ? []
            : JsonSerializer.Deserialize<List<UnitWork>>(row.GetString(6), MessageJson.Options)!;
        var (state, since) = UnitWork.StateOf(row.InstantOrNull(3), work, row.InstantOrNull(7));
        return new LiveUnit(
            row.GetString(0), row.GetString(1), row.TextOrNull(2), state, since, row.TextOrNull(4), row.InstantOrNull(5), work,
            work.Count == 0 ? row.TextOrNull(8) : null);
    }
}
