using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>
/// Open windows as flat arrays with the open time before each, so that every question is one binary search.
/// "Work" counts open seconds since the first window.
/// </summary>
sealed class CompiledCalendar
{
    readonly int[] _open;
    readonly int[] _close;
    readonly int[] _workBefore;

    /// <summary>From ascending windows, disjoint or touching; what lies before the origin is cut off.</summary>
    public CompiledCalendar(IEnumerable<Window> windows)
    {
        var merged = Merge(windows);
        _open = [.. merged.Select(window => window.StartSeconds)];
        _close = [.. merged.Select(window => window.EndSeconds)];
        _workBefore = new int[merged.Count + 1];
        for (var i = 0; i < merged.Count; i++) _workBefore[i + 1] = _workBefore[i] + _close[i] - _open[i];
    }

    /// <summary>Open seconds in all.</summary>
    public int TotalWork => _workBefore[^1];

    /// <summary>True if it is one window from the origin to the end of time.</summary>
    public bool IsAlwaysOpen => _open is [0] && _close[0] == ModelTime.MaxSeconds;

    /// <summary>Length of the longest window, in seconds.</summary>
    public int LongestWindow => _open.Length == 0 ? 0 : _open.Zip(_close, (open, close) => close - open).Max();

    /// <summary>The open windows, ascending, none touching the next.</summary>
    public IEnumerable<Window> Windows => _open.Zip(_close, (open, close) => new Window(open, close));

    /// <summary>First instant, at or after <paramref name="from"/>, at which work of this length can start so that it
    /// is finished within the calendar: in one window, or over several if it can be split.</summary>
    public int EarliestStart(int from, int work, bool splittable)
    {
        var i = WindowClosingAfter(from);
        if (splittable)
        {
            if (i == _open.Length) return ModelTime.Never;
            var start = Math.Max(from, _open[i]);
            return work <= TotalWork - WorkAt(start) ? start : ModelTime.Never;
        }
        for (; i < _open.Length; i++)
        {
            var start = Math.Max(from, _open[i]);
            if (work <= _close[i] - start) return start;
        }
        return ModelTime.Never;
    }

    /// <summary>First instant, at or after <paramref name="from"/>, at which such work can start so that it does not
    /// end before <paramref name="endFloor"/>.</summary>
    public int EarliestStartEndingAtOrAfter(int from, int endFloor, int work, bool splittable)
    {
        if (!splittable) return EarliestStart(Math.Max(from, endFloor - work), work, splittable: false);
        var start = EarliestStart(Math.Max(from, LatestStart(endFloor, work)), work, splittable: true);
        return start == ModelTime.Never || Finish(start, work) >= endFloor
            ? start
            : EarliestStart(start + 1, work, splittable: true);
    }

    /// <summary>When work that starts in open time has got its open seconds.</summary>
    public int Finish(int start, int work)
    {
        if (work == 0) return start;
        var done = WorkAt(start);
        if (work > TotalWork - done) return ModelTime.Never;
        var target = done + work;
        var i = FirstAtLeast(_workBefore, target) - 1;
        return _open[i] + target - _workBefore[i];
    }

    /// <summary>First instant, at or after <paramref name="from"/>, by which so much open time has passed.</summary>
    public int After(int from, int work) => work == 0 ? from : Finish(from, work);

    /// <summary>Last instant from which so much open time passes until <paramref name="end"/>; below zero if there is
    /// none.</summary>
    public int LatestStart(int end, int work)
    {
        if (work == 0) return end;
        var target = WorkAt(end) - work;
        if (target < 0) return -1;
        var i = FirstAtLeast(_workBefore, target + 1) - 1;
        return _open[i] + target - _workBefore[i];
    }

    /// <summary>Open seconds in a span.</summary>
    public int WorkBetween(int from, int to) => WorkAt(to) - WorkAt(from);

    /// <summary>True if the instant lies in a window; at its end it does not.</summary>
    public bool IsOpen(int instant)
    {
        var i = WindowClosingAfter(instant);
        return i < _open.Length && _open[i] <= instant;
    }

    /// <summary>Number of windows.</summary>
    public int WindowCount => _open.Length;

    /// <summary>One window.</summary>
    public Window this[int index] => new(_open[index], _close[index]);

    /// <summary>Index of the first window that closes after the instant; the count if there is none.</summary>
    public int WindowClosingAfter(int instant) =>
        _close.Length == 1 ? (_close[0] > instant ? 0 : 1) : FirstAtLeast(_close, instant + 1);

    /// <summary>First open instant at or after this one, or never.</summary>
    public int OpenAtOrAfter(int instant)
    {
        var i = WindowClosingAfter(instant);
        return i == _open.Length ? ModelTime.Never : Math.Max(instant, _open[i]);
    }

    /// <summary>The time when both calendars are open.</summary>
    public CompiledCalendar Intersect(CompiledCalendar other)
    {
        var both = new List<Window>();
        for (int i = 0, j = 0; i < _open.Length && j < other._open.Length;)
        {
            var common = new Window(Math.Max(_open[i], other._open[j]), Math.Min(_close[i], other._close[j]));
            if (common.StartSeconds < common.EndSeconds) both.Add(common);
            if (_close[i] < other._close[j]) i++; else j++;
        }
        return new CompiledCalendar(both);
    }

    /// <summary>The calendar without the given spans, in any order.</summary>
    public CompiledCalendar Without(IEnumerable<Window> closed)
    {
        var open = Windows.ToList();
        foreach (var hole in closed) open = [.. open.SelectMany(window => Cut(window, hole))];
        return new CompiledCalendar(open);
    }

    static IEnumerable<Window> Cut(Window window, Window hole)
    {
        var before = window with { EndSeconds = Math.Min(window.EndSeconds, hole.StartSeconds) };
        var after = window with { StartSeconds = Math.Max(window.StartSeconds, hole.EndSeconds) };
        if (before.StartSeconds < before.EndSeconds) yield return before;
        if (after.StartSeconds < after.EndSeconds) yield return after;
    }

    static List<Window> Merge(IEnumerable<Window> windows)
    {
        var merged = new List<Window>();
        foreach (var window in windows.Where(window => window.EndSeconds > 0))
        {
            var start = Math.Max(0, window.StartSeconds);
            if (merged.Count > 0 && merged[^1].EndSeconds == start)
                merged[^1] = merged[^1] with { EndSeconds = window.EndSeconds };
            else
                merged.Add(new Window(start, window.EndSeconds));
        }
        return merged;
    }

    int WorkAt(int instant)
    {
        var i = WindowClosingAfter(instant);
        return _workBefore[i] + (i < _open.Length ? Math.Max(0, instant - _open[i]) : 0);
    }

    /// <summary>Index of the first element that is at least the value; the length if there is none.</summary>
    static int FirstAtLeast(int[] ascending, int value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (ascending[middle] < value) low = middle + 1; else high = middle;
        }
        return low;
    }
}
