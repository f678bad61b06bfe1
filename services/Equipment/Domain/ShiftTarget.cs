namespace Mes.Equipment.Domain;

/// <summary>
/// What a unit makes when it runs as planned through all of its planned time (A = E = 1, ISO 22400), in pieces of what it
/// makes: planned busy time over planned run time per item. What was made of it is then A·E, and its good part the OEE.
/// </summary>
public static class ShiftTarget
{
    /// <summary>
    /// How long a piece of a shift is planned to take, seconds: by what was made, before that by what is made now.
    /// </summary>
    /// <param name="made">What the shift has made.</param>
    /// <param name="ofWork">The planned times of the work under way; unknown ones null.</param>
    /// <returns>Null where nobody has planned a time.</returns>
    public static decimal? SecondsPerPiece(IReadOnlyCollection<ProductOutput> made, IReadOnlyCollection<decimal?> ofWork)
    {
        var planned = made.Where(product => product.PlannedRunTimePerItemSeconds is not null).ToArray();
        var pieces = planned.Sum(product => product.Produced);
        return pieces > 0
            ? planned.Sum(product => product.PlannedRunTimePerItemSeconds * product.Produced) / pieces
            : ofWork.Any(seconds => seconds is not null) ? ofWork.Average() : null;
    }

    /// <summary>The pieces that fit into a time; null where nothing says how long one takes, or nothing was planned.</summary>
    public static decimal? Pieces(TimeSpan planned, decimal? secondsPerPiece) =>
        (decimal)planned.Ticks / TimeSpan.TicksPerSecond / secondsPerPiece;
}
