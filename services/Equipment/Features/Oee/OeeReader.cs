using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Features.Oee;

/// <summary>The figures of a time, each with the numbers it is made of.</summary>
/// <param name="Inputs">What all figures are computed from.</param>
/// <param name="Availability">A = APT / PBT.</param>
/// <param name="Effectiveness">E = Σ(PRI·PQ) / APT.</param>
/// <param name="Quality">Q = Σ(PRI·GQ) / Σ(PRI·PQ).</param>
/// <param name="PieceQuality">ΣGQ / ΣPQ.</param>
/// <param name="Oee">A·E·Q = Σ(PRI·GQ) / PBT.</param>
/// <param name="Nee">As OEE, with setup counted as available.</param>
/// <param name="ScrapRatio">ΣSQ / ΣPQ.</param>
/// <param name="SetupRatio">Setup over production and setup.</param>
/// <param name="TechnicalEfficiency">Production over production and downtime.</param>
/// <param name="UtilizationEfficiency">Production over busy time.</param>
/// <param name="Flags">What cannot be true of these figures as they stand.</param>
public sealed record FiguresView(
    KpiInputs Inputs, Ratio Availability, Ratio Effectiveness, Ratio Quality, Ratio PieceQuality, Ratio Oee, Ratio Nee,
    Ratio ScrapRatio, Ratio SetupRatio, Ratio TechnicalEfficiency, Ratio UtilizationEfficiency, KpiFlags Flags)
{
    internal static FiguresView Of(KpiInputs inputs)
    {
        var k = new KpiSet(inputs);
        return new(
            inputs, k.Availability, k.Effectiveness, k.Quality, k.PieceQuality, k.Oee, k.Nee, k.ScrapRatio,
            k.SetupRatio, k.TechnicalEfficiency, k.UtilizationEfficiency, k.Flags);
    }
}

/// <summary>The inputs of one shift, or of a part of it, and where they come from.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Counted">The part of it that has passed and lies in the time asked for.</param>
/// <param name="Version">Version of the stored figures; null where none are stored, and for a part of a shift.</param>
/// <param name="Inputs">
/// As stored; of a part, or where they wait to be stored, read from the records; of an idle shift its planned time alone.
/// </param>
sealed record ShiftReading(Shift Shift, TimeRange Counted, int? Version, KpiInputs Inputs);

/// <summary>
/// Reads the figures of units shift by shift. A shift that the time asked for cuts counts with what lies inside, so
/// that two times that follow each other add up to both together.
/// </summary>
sealed class OeeReader(NpgsqlConnection connection, UnitCalendars calendars, DateTimeOffset now)
{
    /// <summary>The shifts of each unit that lie in the window, at least in part, and have begun.</summary>
    public async Task<IReadOnlyDictionary<string, List<ShiftReading>>> Read(
        IReadOnlyCollection<EquipmentUnit> units, TimeRange window, CancellationToken ct)
    {
        var one = units.Count == 1 ? units.Single().Code : null;
        // before the stored figures: whoever computes them meanwhile takes the shift off these lists
        var due = (await connection.Query(
            FigureMarks.Due(one, now), row => (Unit: row.GetString(0), Start: row.Instant(1)), ct)).ToHashSet();
        var firstDue = due.GroupBy(mark => mark.Unit).ToDictionary(marks => marks.Key, marks => marks.Min(mark => mark.Start));
        var changed = (await connection.Query(FigureMarks.Within(one, window),
            row => (Unit: row.GetString(0), Time: new TimeRange(row.Instant(1), row.InstantOrNull(2))), ct))
            .ToLookup(mark => mark.Unit, mark => mark.Time);
        var stored = (await connection.Query(FigureRow.Within(one, window), FigureRow.Read, ct))
            .ToDictionary(row => (row.Equipment, row.Time.Start));
        var counted = units.SelectMany(unit => Counted(unit, window)).ToArray();
        var parts = await Live([.. counted.Where(shift => shift.Counted != shift.Shift.Time || IsNotYetStored(shift))], ct);
        var readings = units.ToDictionary(unit => unit.Code, _ => new List<ShiftReading>());
        foreach (var shift in counted)
            readings[shift.Unit].Add(parts.TryGetValue(shift, out var inputs)
                ? new(shift.Shift, shift.Counted, null, inputs)
                : Past(shift.Shift, stored.GetValueOrDefault((shift.Unit, shift.Shift.Time.Start))));
        return readings;

        // Of the shifts that are due the first is noted until it is computed, and then the next
        bool IsNotYetStored(CountedShift shift) => due.Contains((shift.Unit, shift.Shift.Time.Start))
            || (stored.GetValueOrDefault((shift.Unit, shift.Shift.Time.Start))?.Time != shift.Shift.Time
                && (changed[shift.Unit].Any(shift.Shift.Time.Overlaps)
                    || (firstDue.TryGetValue(shift.Unit, out var first) && first < shift.Shift.Time.Start)));
    }

    /// <summary>What is to come does not count yet, and what comes after a unit's retirement never.</summary>
    IEnumerable<CountedShift> Counted(EquipmentUnit unit, TimeRange window)
    {
        var end = unit.RetiredAt < now ? unit.RetiredAt.Value : now;
        return window.Intersect(TimeRange.Until(DateTimeOffset.MinValue, end)) is not { } passed
            ? []
            : from shift in calendars.Of(unit.Code).ShiftsWithin(passed)
              select new CountedShift(unit.Code, shift, shift.Time.Intersect(passed)!.Value);
    }

    static ShiftReading Past(Shift shift, FigureRow? stored) => stored is null
        ? new(shift, shift.Time, null, KpiInputs.Of(StateTotals.Zero, shift.PlannedBusyTime, []))
        : new(shift, shift.Time, stored.Version, stored.Inputs);

    /// <summary>Computes parts of shifts from what they are made of.</summary>
    async Task<Dictionary<CountedShift, KpiInputs>> Live(CountedShift[] parts, CancellationToken ct)
    {
        var inputs = new Dictionary<CountedShift, KpiInputs>();
        if (parts.Length == 0)
            return inputs;
        await using var batch = await connection.Batch(
            parts.SelectMany(part => ShiftInputs.Statements(part.Unit, part.Counted)), ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var part in parts)
        {
            inputs[part] = (await ShiftInputs.Read(reader, part.Shift, part.Counted, ct)).Inputs;
            await reader.NextResultAsync(ct);
        }
        return inputs;
    }

    readonly record struct CountedShift(string Unit, Shift Shift, TimeRange Counted);
}
