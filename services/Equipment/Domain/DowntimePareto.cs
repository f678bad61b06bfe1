using Mes.Kernel;


namespace Mes.Equipment.Domain;

/// <summary>What one reason cost.</summary>
/// <param name="ReasonCode">The reason, or <see cref="DowntimeReasonTree.Unclassified"/>.</param>
/// <param name="Lost">Time lost.</param>
/// <param name="Stops">How many stops (downtime records) that is.</param>
/// <param name="CumulativeShare">Share of all time lost up to and with this row: above 0, at most 1.</param>
public sealed record DowntimeLoss(string ReasonCode, TimeSpan Lost, int Stops, decimal CumulativeShare);

/// <summary>The classic loss Pareto: where the downtime went, the greatest loss first.</summary>
public static class DowntimePareto
{
    /// <summary>
    /// Attributes each breakdown tile to the stop that started first, so that time lost to two stops at once counts
    /// once and the rows add up to the breakdown time of <see cref="StateTotals"/>.
    /// </summary>
    /// <param name="tiles">Tiles of one or many equipments.</param>
    /// <param name="window">The time looked at; must have an end when a stop is ongoing.</param>
    /// <param name="reasonOf">The reason code of a downtime record, null while unclassified.</param>
    public static IReadOnlyList<DowntimeLoss> Of(
        IEnumerable<StateTile> tiles, TimeRange window, Func<Guid, string?> reasonOf)
    {
        var losses = BreakdownsWithin(tiles, window)
            .GroupBy(loss => reasonOf(loss.StopId) ?? DowntimeReasonTree.Unclassified)
            .Select(reason => (
                Code: reason.Key,
                Lost: reason.Aggregate(TimeSpan.Zero, (sum, loss) => sum + loss.Lost),
                Stops: reason.Select(loss => loss.StopId).Distinct().Count()))
            .OrderByDescending(reason => reason.Lost).ThenBy(reason => reason.Code, StringComparer.Ordinal)
            .ToArray();

        var allTicks = (decimal)losses.Sum(reason => reason.Lost.Ticks);
        var soFarTicks = 0L;
        return [.. losses.Select(r => new DowntimeLoss(
            r.Code, r.Lost, r.Stops, (soFarTicks += r.Lost.Ticks) / allTicks))];
    }

    static IEnumerable<(Guid StopId, TimeSpan Lost)> BreakdownsWithin(IEnumerable<StateTile> tiles, TimeRange window) =>
        from tile in tiles
        where tile.State == EquipmentState.Breakdown
        let inside = tile.Time.Intersect(window)
        where inside is not null
        select (tile.RecordIds[0], inside.Value.Length);
}
