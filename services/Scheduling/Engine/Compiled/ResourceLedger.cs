using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Who uses which secondary resource when. Work that pauses frees what it does not hold.</summary>
sealed class ResourceLedger
{
    readonly CompiledModel _model;
    readonly UsageProfile[] _profile;

    public ResourceLedger(CompiledModel model)
    {
        _model = model;
        _profile = [.. Enumerable.Range(0, model.ResourceCount).Select(_ => new UsageProfile())];
    }

    public void Clear()
    {
        foreach (var profile in _profile) profile.Clear();
    }

    /// <summary>Books an operation's demands, or with <paramref name="sign"/> −1 takes them back.</summary>
    public void Book(int operation, int alternative, int start, int end, int sign = 1)
    {
        for (var d = _model.DemandOffset[alternative]; d < _model.DemandOffset[alternative + 1]; d++)
        {
            var resource = _model.DemandResource[d];
            var quantity = sign * _model.DemandQuantity[d];
            foreach (var use in Uses(operation, alternative, resource, start, end))
                _profile[resource].Add(use.StartSeconds, use.EndSeconds, quantity);
        }
    }

    /// <summary>If a resource is short: an instant before which the operation cannot start; otherwise never.</summary>
    public int BlockedUntil(int operation, int alternative, int start, int end)
    {
        for (var d = _model.DemandOffset[alternative]; d < _model.DemandOffset[alternative + 1]; d++)
        {
            var blocked = BlockedUntil(d, operation, alternative, start, end);
            if (blocked != ModelTime.Never) return blocked;
        }
        return ModelTime.Never;
    }

    int BlockedUntil(int demand, int operation, int alternative, int start, int end)
    {
        var resource = _model.DemandResource[demand];
        var capacity = _model.ResourceCapacity[resource];
        foreach (var use in Uses(operation, alternative, resource, start, end))
        {
            var (from, to) = (use.StartSeconds, use.EndSeconds);
            var blocked = _profile[resource].BlockedUntil(from, to, _model.DemandQuantity[demand], capacity);
            if (blocked != ModelTime.Never) return blocked;
        }
        return ModelTime.Never;
    }

    /// <summary>The whole span, or only its open parts where the work may pause and a pause frees the
    /// resource.</summary>
    UseSpans Uses(int operation, int alternative, int resource, int start, int end)
    {
        var pauses = _model.Splittable[operation] || _model.IsRunning(operation);
        var calendar = pauses && !_model.ResourceHeldDuringPauses[resource]
            ? _model.AlternativeCalendar[alternative]
            : null;
        return new UseSpans(calendar, Math.Max(0, start), end);
    }

    /// <summary>Enumerates the parts of a span without allocation.</summary>
    struct UseSpans(CompiledCalendar? calendar, int start, int end)
    {
        int _next = calendar?.WindowClosingAfter(start) ?? 0;
        bool _isDone = start >= end;

        public Window Current { get; private set; }

        public readonly UseSpans GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_isDone) return false;
            if (calendar is null)
            {
                (Current, _isDone) = (new Window(start, end), true);
                return true;
            }
            if (_next == calendar.WindowCount || calendar[_next].StartSeconds >= end) return false;
            var window = calendar[_next++];
            Current = new Window(Math.Max(start, window.StartSeconds), Math.Min(end, window.EndSeconds));
            return true;
        }
    }
}
