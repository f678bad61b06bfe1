using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Npgsql;

namespace Mes.Equipment.Features;

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

/// <summary>The inputs of one shift and where they come from.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Version">Version of the stored figures; null where none are stored.</param>
/// <param name="Inputs">As stored; read live while the shift goes on; of an idle shift its planned time alone.</param>
sealed record ShiftReading(Shift Shift, int? Version, KpiInputs Inputs);

/// <summary>Reads the figures of units shift by shift.</summary>
sealed class OeeReading(NpgsqlConnection connection, CalendarBook calendars, DateTimeOffset now)
{
    /// <summary>The shifts of each unit that lie in the window, at least in part, and have begun.</summary>
    public async Task<IReadOnlyDictionary<string, List<ShiftReading>>> Read(
        string[] units, TimeRange window, CancellationToken ct)
    {
        var one = units.Length == 1 ? units[0] : null;
        var stored = (await connection.Query(FigureRow.Within(one, window), FigureRow.Read, ct))
            .ToDictionary(row => (row.Equipment, row.Time.Start));
        var readings = new Dictionary<string, List<ShiftReading>>();
        foreach (var unit in units)
        {
            var begun = calendars.Of(unit).ShiftsWithin(window).Where(shift => shift.Time.Start < now).ToArray();
            readings[unit] = [.. begun.Where(shift => shift.Time.End <= now)
                .Select(shift => Past(shift, stored.GetValueOrDefault((unit, shift.Time.Start))))];
            foreach (var shift in begun.Where(shift => shift.Time.End > now))
                readings[unit].Add(await Live(unit, shift, ct));
        }
        return readings;
    }

    static ShiftReading Past(Shift shift, FigureRow? stored) => stored is null
        ? new(shift, null, KpiInputs.Of(StateTotals.Zero, shift.PlannedBusyTime, []))
        : new(shift, stored.Version, stored.Inputs);

    /// <summary>Of a shift that is going on, what has passed.</summary>
    async Task<ShiftReading> Live(string unit, Shift shift, CancellationToken ct)
    {
        var passed = new TimeRange(shift.Time.Start, now);
        await using var batch = await connection.Batch(ShiftInputs.Statements(unit, passed), ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return new(shift, null, (await ShiftInputs.Read(reader, shift, passed, ct)).Inputs);
    }
}
