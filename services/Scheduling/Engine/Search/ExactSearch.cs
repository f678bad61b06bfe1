using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Branch and bound for small models: every order in which operations can start, on every alternative, each as early as
/// what started before it allows. Where only ends and setups count, one of these plans is optimal (Sprecher, Kolisch
/// and Drexl 1995: semi-active schedules). A branch ends when its part of the plan cannot become better than the best.
/// </summary>
sealed class ExactSearch
{
    const int OperationsMax = 20;
    const int PlacementsMax = 400_000;
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly SearchStop _stop;
    readonly int[] _free, _last, _head, _jobEnd;
    readonly long[] _load;
    ObjectiveValue _value;
    Solution? _better;
    int _placements;
    bool _isCut;

    ExactSearch(CompiledModel model, ObjectiveValue value, SearchStop stop)
    {
        (_model, _table, _value, _stop) = (model, new Timetable(model), value, stop);
        _free = [.. model.TopologicalOrder.Where(i => !model.IsFixed(i))];
        _last = (int[])_table.LastRunning.Clone();
        (_head, _jobEnd) = (new int[model.OperationCount], new int[model.JobCount]);
        _load = new long[model.EquipmentCount];
    }

    /// <summary>Looks for a better plan than one of the given value. True if none is better than the one it tells, or
    /// than that value.</summary>
    public static bool TryProve(CompiledModel model, ObjectiveValue value, SearchStop stop, out Solution? better)
    {
        better = null;
        if (!Fits(model)) return false;
        var search = new ExactSearch(model, value, stop);
        search.Place(placed: 0, now: int.MinValue);
        better = search._better;
        return !search._isCut;
    }

    /// <summary>Waiting may pay where maximum lags bind, where a pause holds a resource, and where a lock decides what a
    /// setup costs.</summary>
    static bool Fits(CompiledModel model)
    {
        var objective = model.Source.Objective;
        var free = Enumerable.Range(0, model.OperationCount).Count(i => !model.IsFixed(i));
        var hasLocks = Enumerable.Range(0, model.OperationCount).Any(i => model.IsFixed(i) && !model.IsRunning(i));
        return free is > 0 and <= OperationsMax && model.GroupCount == model.OperationCount
            && !objective.Uses(Criterion.Instability) && !objective.Uses(Criterion.WorkInProcess)
            && !(hasLocks && model.EquipmentSetup.Any(setup => setup is not null))
            && !model.ResourceHeldDuringPauses.Any(isHeld => isHeld);
    }

    void Place(int placed, int now)
    {
        if (placed == _free.Length) { Keep(); return; }
        foreach (var operation in _free)
        {
            if (_table.IsPlaced(operation) || !IsReady(operation)) continue;
            for (var a = _model.AlternativeOffset[operation]; a < _model.AlternativeOffset[operation + 1]; a++)
            {
                if (_isCut) return;
                Branch(operation, a, placed, now);
            }
        }
    }

    bool IsReady(int operation)
    {
        foreach (var arc in _model.Predecessors(operation)) if (!_table.IsPlaced(_model.ArcFrom[arc])) return false;
        return true;
    }

    void Branch(int operation, int alternative, int placed, int now)
    {
        _isCut = ++_placements > PlacementsMax || (_placements % SearchStop.Interval == 0 && _stop.IsDue);
        var equipment = _model.AlternativeEquipment[alternative];
        var (ready, endFloor) = _table.ReadyTime(operation);
        var before = _last[equipment];
        var slot = _table.Earliest(operation, alternative, ready, endFloor, before);
        if (!slot.Exists || slot.Start < now) return; // found where this operation comes sooner
        _table.Place(operation, slot);
        _last[equipment] = operation;
        if (KeepsFixed(operation) && Bound(slot.Start) < _value) Place(placed + 1, slot.Start);
        _last[equipment] = before;
        _table.Remove(operation);
    }

    bool KeepsFixed(int operation)
    {
        foreach (var arc in _model.Successors(operation))
        {
            var after = _model.ArcTo[arc];
            if (!_model.IsFixed(after)) continue;
            var begin = _model.ArcKind[arc] == LagKind.StartStart ? _table.Start[operation] : _table.End[operation];
            var end = _model.ArcKind[arc] == LagKind.EndEnd ? _table.End[after] : _table.Start[after];
            if (end - begin < _model.ArcMinLag[arc]) return false;
        }
        return true;
    }

    /// <summary>What the objective cannot fall below, whatever comes: nothing more starts before now.</summary>
    ObjectiveValue Bound(int now)
    {
        var jobEnd = _jobEnd;
        Array.Clear(jobEnd);
        long makespan = 0;
        foreach (var i in _model.TopologicalOrder)
        {
            _head[i] = _table.IsPlaced(i) ? _table.Start[i] : Math.Max(Math.Max(now, _model.Bounds.Start[i]), Ready(i));
            var end = _table.IsPlaced(i) ? _table.End[i] : _head[i] + _model.Bounds.Span[i];
            jobEnd[_model.JobOf[i]] = Math.Max(jobEnd[_model.JobOf[i]], end);
            makespan = Math.Max(makespan, end);
        }
        long tardiness = 0;
        for (var job = 0; job < jobEnd.Length; job++)
            tardiness += _model.JobWeight[job] * Math.Max(0L, (long)jobEnd[job] - _model.JobDue[job]);
        return _model.Source.Objective.Of(
            new PlanMeasures(tardiness, Math.Max(makespan, Load(now)), _table.TotalSetup, 0, 0));
    }

    int Ready(int operation)
    {
        var ready = 0;
        foreach (var arc in _model.Predecessors(operation))
        {
            var before = _model.ArcFrom[arc];
            if (_model.ArcKind[arc] == LagKind.EndEnd) continue;
            var from = _model.ArcKind[arc] == LagKind.StartStart ? _head[before]
                : _table.IsPlaced(before) ? _table.End[before] : _head[before] + _model.Bounds.Span[before];
            ready = Math.Max(ready, from + _model.ArcMinLag[arc]);
        }
        return ready;
    }

    /// <summary>Equipment has to do, after what it has done, all that can be done only there.</summary>
    long Load(int now)
    {
        Array.Clear(_load);
        foreach (var i in _free)
        {
            var first = _model.AlternativeOffset[i];
            if (!_table.IsPlaced(i) && _model.AlternativeOffset[i + 1] - first == 1)
                _load[_model.AlternativeEquipment[first]] += _model.AlternativeDuration[first];
        }
        long most = 0;
        for (var equipment = 0; equipment < _load.Length; equipment++)
        {
            if (_load[equipment] == 0) continue;
            var from = Math.Max(now, _last[equipment] < 0 ? 0 : _table.End[_last[equipment]]);
            most = Math.Max(most, from + _load[equipment]);
        }
        return most;
    }

    void Keep()
    {
        var solution = _table.ToSolution();
        var value = _model.Source.Objective.Of(solution.Measure(_model));
        if (value >= _value) return;
        (_value, _better) = (value, solution);
    }
}
