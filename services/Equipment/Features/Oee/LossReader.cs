using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Oee;

/// <summary>What one reason cost, the greatest loss first.</summary>
/// <param name="Reason">Code, or "unclassified".</param>
/// <param name="LostMinutes">Minutes lost; time lost to two stops at once counts once, for the earlier.</param>
/// <param name="Stops">How many stops, or parts of stops, that is.</param>
/// <param name="CumulativeShare">Share of all time lost up to and with this row: above 0, at most 1.</param>
public sealed record LossView(string Reason, decimal LostMinutes, int Stops, decimal CumulativeShare);

/// <summary>Where the downtime of one or many units went.</summary>
/// <param name="Pareto">By reason.</param>
/// <param name="Branches">Minutes per node of the reason tree, each with all below it.</param>
public sealed record Losses(IReadOnlyList<LossView> Pareto, IReadOnlyDictionary<string, decimal> Branches);

/// <summary>Reads what stopped units, by reason.</summary>
static class LossReader
{
    /// <summary>What is to come is not lost yet.</summary>
    public static async Task<Losses> Read(
        IReadOnlyList<string> units, TimeRange range, DateTimeOffset now, EquipmentDb db,
        ServiceDatabase<EquipmentDb> database, CancellationToken ct)
    {
        if (range.Intersect(TimeRange.Until(DateTimeOffset.MinValue, now)) is not { } past)
            return new Losses([], new Dictionary<string, decimal>());
        var (tiles, reasonOf) = await CutByReason(await Breakdowns(units, past, database, ct), db, ct);
        var pareto = DowntimePareto.Of(tiles, past, reasonOf);
        var tree = new DowntimeReasonTree(await db.Reasons.AsNoTracking()
            .Select(row => new DowntimeReason(row.Code, row.ParentCode, row.NameEn, row.NameZh)).ToListAsync(ct));
        var branches = tree.RollUp(pareto.Select(row => KeyValuePair.Create(row.ReasonCode, row.Lost)));
        return new Losses(
            [.. pareto.Select(row => new LossView(row.ReasonCode, Minutes(row.Lost), row.Stops, row.CumulativeShare))],
            branches.ToDictionary(pair => pair.Key, pair => Minutes(pair.Value)));
    }

    static async Task<List<StateTile>> Breakdowns(
        IReadOnlyList<string> units, TimeRange window, ServiceDatabase<EquipmentDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var tiles = new List<StateTile>();
        foreach (var unit in units)
        {
            tiles.AddRange(await connection.Query(Tiles.BreakdownsWithin(unit, window), Tiles.Read, ct));
        }
        return tiles;
    }

    /// <summary>
    /// A stop with several reasons becomes several, one per part; each part gets an id for this reading.
    /// </summary>
    static async Task<(List<StateTile> Tiles, Func<Guid, string?> ReasonOf)> CutByReason(
        List<StateTile> tiles, EquipmentDb db, CancellationToken ct)
    {
        var ids = tiles.Select(tile => tile.RecordIds[0]).Distinct().ToArray();
        var stops = await db.Downtimes.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(ct);
        var parts = stops.SelectMany(stop => stop.PartTimes().Select(
            part => (StopId: stop.Id, Id: Guid.NewGuid(), part.Time, part.Reason))).ToArray();
        var partsOf = parts.ToLookup(part => part.StopId);
        var cut = from tile in tiles
                  from part in partsOf[tile.RecordIds[0]]
                  let time = tile.Time.Intersect(part.Time)
                  where time is not null
                  select tile with { Time = time.Value, RecordIds = [part.Id] };
        var reasons = parts.ToDictionary(part => part.Id, part => part.Reason);
        return ([.. cut], id => reasons[id]);
    }

    static decimal Minutes(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerMinute;
}
