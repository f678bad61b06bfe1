namespace Mes.Replay.Play;

/// <summary>
/// Tells when the effects of a replay have drained through the services: every figure is as it must be and stays so, or
/// nothing has changed for so long that nothing will.
/// </summary>
/// <param name="truth">What the figures must come to.</param>
/// <param name="stillMax">How long nothing may change before what is there counts as the end.</param>
sealed class Settling(ReplayFigures truth, TimeSpan stillMax)
{
    /// <summary>How long figures that are right must stay so: an effect applied twice would show in this time.</summary>
    public static readonly TimeSpan ProvingTime = TimeSpan.FromSeconds(3);

    IReadOnlyList<FigureComparison> _last = [];
    TimeSpan _lastChange;

    /// <summary>Every figure as last seen against the truth.</summary>
    public IReadOnlyList<FigureComparison> Figures => _last;

    public bool IsEqual => _last.Count > 0 && _last.All(figure => figure.IsEqual);

    /// <summary>Looks at the figures of a moment.</summary>
    /// <param name="snapshot">What the services show.</param>
    /// <param name="now">Time since the wait began.</param>
    /// <returns>True when the wait is over.</returns>
    public bool IsOver(Snapshot snapshot, TimeSpan now)
    {
        IReadOnlyList<FigureComparison> figures =
            [.. FiguresComparison.Compare(snapshot.Figures, truth), .. snapshot.Checks];
        if (!figures.SequenceEqual(_last))
            (_last, _lastChange) = (figures, now);
        return now - _lastChange >= (IsEqual ? ProvingTime : stillMax);
    }
}
