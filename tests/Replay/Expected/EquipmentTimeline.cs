namespace Mes.Replay.Expected;

/// <summary>
/// The states of one equipment between its first and last instant, as rows overlap: breakdown over setup over run
/// over "not reported", in half-open intervals that tile the time. <c>DepthMax</c> is the most rows open at one
/// instant.
/// </summary>
sealed record EquipmentTimeline(
    TimeSpan Run, TimeSpan Setup, TimeSpan Breakdown, TimeSpan NotReported, int DepthMax)
{
    public static EquipmentTimeline Of(IEnumerable<LogRow> rows)
    {
        var changes = rows
            .SelectMany(row => new[] { (At: row.StartedAt, row.Type, By: 1), (At: row.EndedAt, row.Type, By: -1) })
            .GroupBy(change => change.At)
            .OrderBy(instant => instant.Key);
        var sweep = new Sweep();
        foreach (var instant in changes)
            sweep.MoveTo(instant.Key, instant.Select(change => (change.Type, change.By)));
        return sweep.Result();
    }

    /// <summary>Walks from instant to instant and books each piece of time to the state that wins it.</summary>
    sealed class Sweep
    {
        readonly int[] _open = new int[3];
        readonly TimeSpan[] _times = new TimeSpan[3];
        TimeSpan _notReported;
        int _depthMax;
        DateTimeOffset? _now;

        // All changes of an instant are applied together: a row without length opens nothing.
        public void MoveTo(DateTimeOffset instant, IEnumerable<(ReportType Type, int By)> changes)
        {
            Book(instant - (_now ?? instant));
            foreach (var (type, by) in changes)
                _open[(int)type] += by;
            _depthMax = Math.Max(_depthMax, _open.Sum());
            _now = instant;
        }

        public EquipmentTimeline Result() => new(
            _times[(int)ReportType.Run], _times[(int)ReportType.Setup], _times[(int)ReportType.Breakdown],
            _notReported, _depthMax);

        void Book(TimeSpan piece)
        {
            ReportType[] byRank = [ReportType.Breakdown, ReportType.Setup, ReportType.Run];
            var winner = Array.FindIndex(byRank, type => _open[(int)type] > 0);
            if (winner < 0)
                _notReported += piece;
            else
                _times[(int)byRank[winner]] += piece;
        }
    }
}
