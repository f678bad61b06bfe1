using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Features.Figures;

/// <summary>
/// Computes the figures of the shifts in some windows. A shift that is over gets a new version where something has
/// changed; one that is still going on is noted for its end, and read live until then.
/// </summary>
sealed class FigureRecomputation(NpgsqlConnection connection, DateTimeOffset now)
{
    // SQL: the figures of many shifts are read and written as batches
    // Not audited: marks of work to do
    const string DueSql = """
        INSERT INTO figure_due (equipment, starts_at, due_at) VALUES ($1, $2, $3)
        ON CONFLICT (equipment, starts_at) DO UPDATE SET due_at = excluded.due_at
        """;

    /// <summary>How far ahead the next shift is looked for while a state goes on.</summary>
    static readonly TimeSpan LookAhead = TimeSpan.FromDays(31);

    /// <returns>Whether a shift is due by now that was not among them: the next of a state that goes on.</returns>
    public async Task<bool> Run(FigureWork work, CancellationToken ct)
    {
        if (work.Windows.Count == 0)
            return false;
        var calendars = await UnitCalendars.Read(connection, [.. work.Windows.Select(group => group.Key)], ct);
        var hasNext = false;
        foreach (var group in work.Windows)
            hasNext |= await Recompute(group.Key, calendars.Of(group.Key), [.. group], work.Ongoing.Contains(group.Key), ct);
        return hasNext;
    }

    async Task<bool> Recompute(
        string equipment, ShiftCalendar calendar, TimeRange[] windows, bool goesOn, CancellationToken ct)
    {
        var shifts = windows.SelectMany(calendar.ShiftsWithin).DistinctBy(shift => shift.Time.Start)
            .OrderBy(shift => shift.Time.Start).ToArray();
        var over = shifts.Where(shift => shift.Time.End <= now).ToArray();
        var due = shifts.Except(over).ToList();
        var (figures, isOngoing) = await Compute(equipment, over, ct);
        // what has begun while no shift was on goes on into the next one, too
        DateTimeOffset? from = isOngoing ? over[^1].Time.EndOrMax
            : goesOn && due.Count == 0 ? windows.Max(window => window.EndOrMax) : null;
        if (from is { } since && Next(calendar, since) is { } next)
            due.Add(next);
        await connection.Execute(
            [
                .. windows.Select(window => FigureRow.SupersedeOthers(
                    equipment, window, calendar.ShiftsWithin(window).Select(shift => shift.Time.Start), now)),
                .. figures.SelectMany(figure => figure.Put(now)),
                .. due.Select(shift => Sql.Statement(
                    DueSql, Sql.Text(equipment), Sql.Time(shift.Time.Start), Sql.Time(shift.Time.End))),
            ], ct);
        return due.Any(shift => shift.Time.End <= now);
    }

    /// <summary>What has changed, and whether the state at the end of the last shift goes on.</summary>
    async Task<(List<FigureRow> Changed, bool IsOngoing)> Compute(
        string equipment, Shift[] shifts, CancellationToken ct)
    {
        var (changed, isOngoing) = (new List<FigureRow>(), false);
        if (shifts.Length == 0)
            return (changed, false);
        await using var batch = await connection.Batch(shifts.SelectMany(shift => Statements(equipment, shift)), ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var shift in shifts)
        {
            (var inputs, isOngoing) = await ShiftInputs.Read(reader, shift, shift.Time, ct);
            await reader.NextResultAsync(ct);
            var newest = (await reader.Rows(FigureRow.Read, ct)).SingleOrDefault();
            await reader.NextResultAsync(ct);
            if (IsNews(shift, inputs, newest))
                changed.Add(new FigureRow(equipment, shift.Id, shift.Time, (newest?.Version ?? 0) + 1, inputs,
                    StoredKpis.Of(inputs), IsCurrent: true));
        }
        return (changed, isOngoing);
    }

    static IEnumerable<NpgsqlBatchCommand> Statements(string equipment, Shift shift) =>
        [.. ShiftInputs.Statements(equipment, shift.Time), FigureRow.Newest(equipment, shift.Time.Start)];

    static bool IsNews(Shift shift, KpiInputs inputs, FigureRow? newest) => newest is { IsCurrent: true }
        ? (newest.Shift, newest.Time) != (shift.Id, shift.Time) || !ShiftInputs.AreSame(newest.Inputs, inputs)
            || newest.Stored != StoredKpis.Of(inputs)
        : !ShiftInputs.AreIdle(inputs);

    static Shift? Next(ShiftCalendar calendar, DateTimeOffset from) =>
        calendar.ShiftsWithin(new TimeRange(from, from + LookAhead)).FirstOrDefault();
}
