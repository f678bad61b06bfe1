using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Messaging;
using Npgsql;

namespace Mes.Equipment.Features.Production;

/// <summary>
/// Counts a production report: its pieces, and its time on the equipment's timeline. A counter-report's pieces are
/// negative and add up with the others; the time of the report that it undoes counts for nothing, whichever came first.
/// A counter-report names the equipment of the report that it undoes.
/// </summary>
sealed class OnProductionReported(EquipmentDb db, Timeline timeline, FigureSignal figures) : IConsume<ProductionReported>
{
    const string StubSql = $"""
        INSERT INTO equipment_unit (code, name, kind, calendar, version)
        VALUES ($1, $1, $2, '{EquipmentUnit.PlantCalendar}', 0) ON CONFLICT DO NOTHING
        """;

    const string ReportSql = """
        INSERT INTO production_report (
            report_id, reverses, equipment, activity, started_at, ended_at, last_instant, good, scrap, nonconforming,
            run_seconds_per_unit, product, order_number, operation_code, operator, is_rework, reported_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT DO NOTHING
        """;

    /// <summary>Pieces of a counter-report that came first move to the shift of the report it undoes.</summary>
    const string MarkCounterSql = """
        INSERT INTO figure_dirty (equipment, from_at, to_at)
        SELECT equipment, last_instant, last_instant + interval '1 microsecond'
        FROM production_report WHERE reverses = $1
        """;

    const string UndoneSql =
        "SELECT started_at, ended_at FROM production_report WHERE report_id = $1 AND equipment = $2";

    /// <inheritdoc />
    public async Task Consume(ProductionReported message, CancellationToken ct)
    {
        var time = TimeOf(message);
        NpgsqlBatchCommand[] change = [Stub(message), Report(message, time), .. Marks(message, time)];
        if (message.Reverses is { } undone)
            await CountCounter(message.Equipment, undone, change, ct);
        else
            await timeline.Retile(message.Equipment, time, change, unsaved: null, ct);
    }

    async Task CountCounter(string equipment, Guid undone, NpgsqlBatchCommand[] change, CancellationToken ct)
    {
        db.AfterCommit(figures.Set);
        await db.Connection.Execute([Timeline.Lock(equipment), .. change], ct);
        var times = await db.Connection.Query(
            Sql.Statement(UndoneSql, Sql.Uuid(undone), Sql.Text(equipment)),
            row => new TimeRange(row.Instant(0), row.Instant(1)), ct);
        foreach (var time in times)
            await timeline.Retile(equipment, time, [], unsaved: null, ct);
    }

    // A fact is never refused: one that ends before it starts has no length.
    static TimeRange TimeOf(ProductionReported message) => new(
        message.StartedAt, message.EndedAt < message.StartedAt ? message.StartedAt : message.EndedAt);

    static NpgsqlBatchCommand Stub(ProductionReported message) => Sql.Statement(
        StubSql,
        Sql.Text(message.Equipment),
        Sql.Text((message.IsInspection ? EquipmentKind.Inspection : EquipmentKind.Production).ToString()));

    static NpgsqlBatchCommand[] Marks(ProductionReported message, TimeRange time) => message.Reverses is null
        ? [Sql.Statement(MarkCounterSql, Sql.Uuid(message.ReportId))]
        : [FigureMarks.Dirty(message.Equipment, time)];

    static NpgsqlBatchCommand Report(ProductionReported message, TimeRange time) => Sql.Statement(
        ReportSql,
        Sql.Uuid(message.ReportId),
        Sql.Uuid(message.Reverses),
        Sql.Text(message.Equipment),
        Sql.Text(message.Activity.ToString()),
        Sql.Time(time.Start),
        Sql.Time(time.End),
        Sql.Time(time.LastInstant),
        Sql.Number(message.Good),
        Sql.Number(message.Scrap),
        Sql.Number(message.Nonconforming),
        Sql.Number(message.RunSecondsPerUnit > 0 ? message.RunSecondsPerUnit : null),
        Sql.Text(message.Product),
        Sql.Text(message.OrderNumber),
        Sql.Text(message.OperationCode),
        Sql.Text(message.Operator),
        Sql.Flag(message.IsRework),
        Sql.Time(message.ReportedAt));
}
