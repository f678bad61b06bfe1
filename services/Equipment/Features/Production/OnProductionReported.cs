using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Messaging;
using Npgsql;

namespace Mes.Equipment.Features.Production;

/// <summary>
/// Counts production reports: their pieces, and their time on the equipment's timeline. A counter-report's pieces are
/// negative and add up with the others; the time of the report that it undoes counts for nothing, whichever came first.
/// A counter-report names the equipment of the report that it undoes.
/// </summary>
sealed class OnProductionReported(EquipmentDb db, Timeline timeline) : IConsumeBatch<ProductionReported>
{
    // SQL: a batch of reports is some sets of rows, put in by one statement each; what is known already is left out
    const string StubsSql = $"""
        INSERT INTO equipment_unit (code, name, kind, calendar, version)
        SELECT code, code, kind, '{EquipmentUnit.PlantCalendar}', 0 FROM unnest($1, $2) AS told (code, kind)
        ORDER BY code ON CONFLICT DO NOTHING RETURNING code
        """;

    // Not audited: copies of the reports of WorkOrders
    const string ReportsSql = """
        INSERT INTO production_report (
            report_id, reverses, equipment, activity, started_at, ended_at, last_instant, good, scrap, nonconforming,
            run_seconds_per_unit, product, order_number, operation_code, operator, is_rework, reported_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT DO NOTHING
        """;

    // Not audited: marks of work to do
    /// <summary>Pieces of a counter-report that came first move to the shift of the report it undoes.</summary>
    const string MarkCountersSql = """
        INSERT INTO figure_dirty (equipment, from_at, to_at)
        SELECT equipment, last_instant, last_instant + interval '1 microsecond'
        FROM production_report WHERE reverses = ANY ($1)
        """;

    const string UndoneSql = """
        SELECT r.equipment, r.started_at, r.ended_at
        FROM unnest($1, $2) AS undone (report_id, equipment) JOIN production_report r USING (report_id, equipment)
        """;

    /// <inheritdoc />
    public async Task Consume(IReadOnlyList<ProductionReported> messages, CancellationToken ct)
    {
        var counters = messages.Where(message => message.Reverses is not null).ToList();
        var work = messages.Where(message => message.Reverses is null).ToList();
        foreach (var code in await Enter(messages, work, ct))
        {
            db.Audit("equipment_unit", code, null, new { Code = code, Version = 0 });
        }
        await timeline.Retile(
            [.. work.Select(message => new EquipmentTime(message.Equipment, TimeOf(message))), .. await Undone(counters, ct)],
            unsaved: null, ct);
        if (counters.Count > 0)
        {
            // their pieces count in their own shifts, too
            await db.Connection.Execute([FigureMarks.Dirty(
                [.. counters.Select(message => new EquipmentTime(message.Equipment, TimeOf(message)))])], ct);
        }
    }

    /// <summary>Puts the reports in under their units' locks, in one round trip.</summary>
    /// <returns>The units that nobody had named before.</returns>
    async Task<List<string>> Enter(
        IReadOnlyList<ProductionReported> messages, List<ProductionReported> work, CancellationToken ct)
    {
        var @lock = Timeline.Lock(messages.Select(message => message.Equipment));
        await using var batch = await db.Connection.Batch([@lock, Stubs(messages), Reports(messages), MarkCounters(work)], ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);       // the lock's tells nothing
        var stubs = await reader.Rows(row => row.GetString(0), ct);
        await reader.NextResultAsync(ct);       // to the end: a later statement may fail
        return stubs;
    }

    Task<List<EquipmentTime>> Undone(List<ProductionReported> counters, CancellationToken ct) => counters.Count == 0
        ? Task.FromResult<List<EquipmentTime>>([])
        : db.Connection.Query(
            Sql.Statement(UndoneSql, Sql.Uuids(counters.Select(message => message.Reverses!.Value)),
                Sql.Texts([.. counters.Select(message => message.Equipment)])),
            row => new EquipmentTime(row.GetString(0), new TimeRange(row.Instant(1), row.Instant(2))), ct);

    // A fact is never refused: one that ends before it starts has no length.
    static TimeRange TimeOf(ProductionReported message) => new(
        message.StartedAt, message.EndedAt < message.StartedAt ? message.StartedAt : message.EndedAt);

    static NpgsqlBatchCommand Stubs(IReadOnlyList<ProductionReported> messages)
    {
        var units = messages.DistinctBy(message => message.Equipment).ToList();
        return Sql.Statement(
            StubsSql, Sql.Texts([.. units.Select(message => message.Equipment)]), Sql.Texts([.. units.Select(message =>
                (message.IsInspection ? EquipmentKind.Inspection : EquipmentKind.Production).ToString())]));
    }

    static NpgsqlBatchCommand MarkCounters(List<ProductionReported> work) =>
        Sql.Statement(MarkCountersSql, Sql.Uuids(work.Select(message => message.ReportId)));

    static NpgsqlBatchCommand Reports(IReadOnlyList<ProductionReported> messages)
    {
        var times = messages.Select(TimeOf).ToList();
        return Sql.Statement(
            ReportsSql,
            Sql.Uuids(messages.Select(message => message.ReportId)),
            Sql.UuidsOrNull(messages.Select(message => message.Reverses)),
            Texts(message => message.Equipment),
            Texts(message => message.Activity.ToString()),
            Sql.Times(times.Select(time => time.Start)),
            Sql.Times(times.Select(time => time.EndOrMax)),
            Sql.Times(times.Select(time => time.LastInstant)),
            Sql.Numbers(messages.Select(message => message.Good)),
            Sql.Numbers(messages.Select(message => message.Scrap)),
            Sql.Numbers(messages.Select(message => message.Nonconforming)),
            Sql.NumbersOrNull(messages.Select(message =>
                message.RunSecondsPerUnit > 0 ? message.RunSecondsPerUnit : (decimal?)null)),
            Texts(message => message.Product),
            Texts(message => message.OrderNumber),
            Texts(message => message.OperationCode),
            Texts(message => message.Operator),
            Sql.Flags(messages.Select(message => message.IsRework)),
            Sql.Times(messages.Select(message => message.ReportedAt)));

        NpgsqlParameter Texts(Func<ProductionReported, string> of) => Sql.Texts([.. messages.Select(of)]);
    }
}
