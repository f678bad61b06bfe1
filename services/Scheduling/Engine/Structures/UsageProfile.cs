using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Structures;

/// <summary>
/// Units of one resource in use over time, as a step function: <c>_used[i]</c> from <c>_time[i]</c> to
/// <c>_time[i + 1]</c>. Work is placed mostly near the end, where changing the function costs least.
/// </summary>
sealed class UsageProfile
{
    int[] _time = new int[64];
    int[] _used = new int[64];
    int _count = 1;

    public UsageProfile() => _time[0] = int.MinValue;

    public void Clear() => (_count, _used[0]) = (1, 0);

    /// <summary>Adds units, or with a negative quantity takes them back, over a span.</summary>
    public void Add(int start, int end, int quantity)
    {
        if (start >= end) return;
        var first = Step(start);
        var last = Step(end);
        for (var i = first; i < last; i++) _used[i] += quantity;
        Join(last);
        Join(first);
    }

    /// <summary>If the span cannot take so many more units: the end of the last step that stands in the way, before
    /// which nothing of this length can start; otherwise never.</summary>
    public int BlockedUntil(int start, int end, int quantity, int capacity)
    {
        if (start >= end) return ModelTime.Never;
        for (var i = IndexAt(end - 1); i >= 0; i--)
        {
            if (_used[i] + quantity > capacity) return i + 1 < _count ? _time[i + 1] : ModelTime.Never - 1;
            if (_time[i] <= start) break;
        }
        return ModelTime.Never;
    }

    /// <summary>Index of the step that begins at the instant, made if there is none.</summary>
    int Step(int instant)
    {
        var i = IndexAt(instant);
        if (_time[i] == instant) return i;
        if (_count == _time.Length) Grow();
        Array.Copy(_time, i + 1, _time, i + 2, _count - i - 1);
        Array.Copy(_used, i + 1, _used, i + 2, _count - i - 1);
        (_time[i + 1], _used[i + 1]) = (instant, _used[i]);
        _count++;
        return i + 1;
    }

    /// <summary>Removes a step that does not differ from the one before it.</summary>
    void Join(int i)
    {
        if (i == 0 || _used[i] != _used[i - 1]) return;
        Array.Copy(_time, i + 1, _time, i, _count - i - 1);
        Array.Copy(_used, i + 1, _used, i, _count - i - 1);
        _count--;
    }

    void Grow()
    {
        Array.Resize(ref _time, _count * 2);
        Array.Resize(ref _used, _count * 2);
    }

    int IndexAt(int instant)
    {
        int low = 0, high = _count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (_time[middle] <= instant) low = middle; else high = middle - 1;
        }
        return low;
    }
}
