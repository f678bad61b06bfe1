namespace Mes.Replay.Play;

/// <summary>Everything that one log makes a replay do.</summary>
sealed record ReplayPlan
{
    public required MasterData Master { get; init; }

    public required IReadOnlyList<WorkerPresence> Presences { get; init; }

    /// <summary>The steps in the order in which they are played.</summary>
    public required IReadOnlyList<ReplayAction> Actions { get; init; }

    /// <summary>Whether the steps of one order follow each other; a shuffled replay keeps no order among them.</summary>
    public required bool InSequence { get; init; }

    public required Commands Commands { get; init; }

    /// <summary>Code → name of the equipment.</summary>
    public required IReadOnlyDictionary<string, string> EquipmentNames { get; init; }

    /// <summary>The time of the log, as queries of at most a year: no longer time is summed up at once.</summary>
    public required IReadOnlyList<string> Windows { get; init; }

    /// <param name="rows">The log's rows, at least one.</param>
    /// <param name="logName">The log's file name without folder.</param>
    /// <param name="shuffleSeed">When given, the rows are played in an order drawn from it.</param>
    public static ReplayPlan Of(IReadOnlyList<LogRow> rows, string logName, int? shuffleSeed)
    {
        var histories = OrderHistory.From(rows);
        var master = MasterData.Of(rows, histories);
        var inTime = Timeline.InTime(histories, master.Orders);
        var codes = Codes.Slugs(master.Equipment.Select(unit => unit.Name));
        return new ReplayPlan
        {
            Master = master,
            Presences = WorkerPresence.Of(rows),
            Actions = shuffleSeed is { } seed ? Timeline.Shuffled(inTime, seed) : inTime,
            InSequence = shuffleSeed is null,
            Commands = new Commands(new CommandIds(logName), codes),
            EquipmentNames = codes.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal),
            Windows = [.. WindowsOf(rows.Min(row => row.StartedAt), rows.Max(row => row.EndedAt).AddDays(1))],
        };
    }

    static IEnumerable<string> WindowsOf(DateTimeOffset from, DateTimeOffset to)
    {
        for (var next = from; from < to; from = next)
        {
            next = from.AddDays(366) < to ? from.AddDays(366) : to;
            yield return $"from={from.UtcDateTime:O}&to={next.UtcDateTime:O}";
        }
    }
}
