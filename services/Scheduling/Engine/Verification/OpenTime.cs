using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Verification;

/// <summary>The verifier's own view of calendars: the spans in which all of several calendars are open and nothing is
/// down, found by a sweep over their borders.</summary>
sealed class OpenTime
{
    readonly List<Window> _spans = [];

    public OpenTime(IReadOnlyCollection<Calendar> calendars, IEnumerable<Window> down)
    {
        var borders = calendars.SelectMany(calendar => calendar.OpenWindows)
            .SelectMany(window => Borders(window, +1))
            .Concat(down.SelectMany(window => Borders(window, -calendars.Count)))
            .GroupBy(border => Math.Max(0, border.At), border => border.Change)
            .OrderBy(group => group.Key);
        var (open, since) = (0, -1);
        foreach (var border in borders)
        {
            open += border.Sum();
            if (open == calendars.Count && since < 0) since = border.Key;
            if (open == calendars.Count || since < 0) continue;
            _spans.Add(new Window(since, border.Key));
            since = -1;
        }
    }

    public int SecondsBetween(int from, int to)
    {
        var seconds = 0;
        for (var i = FirstEndingAfter(from); i < _spans.Count && _spans[i].StartSeconds < to; i++)
            seconds += Math.Min(to, _spans[i].EndSeconds) - Math.Max(from, _spans[i].StartSeconds);
        return seconds;
    }

    public bool IsOpenAt(int instant)
    {
        var i = FirstEndingAfter(instant);
        return i < _spans.Count && _spans[i].StartSeconds <= instant;
    }

    /// <summary>The open parts of a span.</summary>
    public IEnumerable<Window> Within(int from, int to) => _spans
        .Skip(FirstEndingAfter(from)).TakeWhile(span => span.StartSeconds < to)
        .Select(span => new Window(Math.Max(from, span.StartSeconds), Math.Min(to, span.EndSeconds)));

    int FirstEndingAfter(int instant)
    {
        var i = _spans.BinarySearch(new Window(0, instant + 1),
            Comparer<Window>.Create((left, right) => left.EndSeconds.CompareTo(right.EndSeconds)));
        return i < 0 ? ~i : i;
    }

    static (int At, int Change)[] Borders(Window window, int change) =>
        [(window.StartSeconds, change), (window.EndSeconds, -change)];
}
