using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>
/// The first answer to a breakdown or a deviation: the same equipment and the same sequence, each operation as little
/// later as the new facts allow, none earlier. What was not planned, or can no longer be done where it was, goes into
/// the first gap behind what it waits for. Linear in the plan but for sorting; what comes after may optimize.
/// </summary>
sealed class RightShift
{
    const int PassesMax = 100;
    readonly CompiledModel _model;
    readonly int[] _alternative;
    readonly int[] _key;
    readonly int[] _startFloor;
    readonly int[] _endFloor;
    readonly int[] _waiting;

    RightShift(CompiledModel model, IReadOnlyDictionary<string, Placement> before)
    {
        _model = model;
        _key = new int[model.OperationCount];
        _startFloor = new int[model.OperationCount];
        _endFloor = new int[model.OperationCount];
        _waiting = new int[model.OperationCount];
        _alternative = new int[model.OperationCount];
        for (var i = model.OperationCount - 1; i >= 0; i--) Read(model.TopologicalOrder[i], before);
    }

    /// <summary>Shifts an earlier plan until it fits the model.</summary>
    /// <exception cref="ModelRefusedException">Shifting alone does not help: a lock stands in the way, a maximum lag
    /// cannot be kept, or the calendars end.</exception>
    public static Solution Shift(CompiledModel model, IReadOnlyDictionary<string, Placement> before)
    {
        var shift = new RightShift(model, before);
        var raised = -1;
        for (var pass = 0; pass < PassesMax; pass++)
        {
            var table = shift.Place();
            raised = shift.RaiseFloors(table);
            if (raised < 0) return table.ToSolution();
        }
        throw ListPlanner.Refused(model, new DeadEnd(raised, -1));
    }

    /// <summary>What was not planned comes as late as what follows it allows.</summary>
    void Read(int operation, IReadOnlyDictionary<string, Placement> before)
    {
        _alternative[operation] = -1;
        if (_model.IsFixed(operation))
            (_key[operation], _alternative[operation]) =
                (_model.FixedStart[operation], _model.AlternativeOffset[operation]);
        else if (before.TryGetValue(_model.Operations[operation].Id, out var placement))
        {
            _key[operation] = _startFloor[operation] = placement.StartSeconds;
            _alternative[operation] = _model.AlternativeOn(operation, placement.EquipmentId);
        }
        else
        {
            _key[operation] = ModelTime.Never;
            foreach (var arc in _model.Successors(operation))
                _key[operation] = Math.Min(_key[operation], _key[_model.ArcTo[arc]]);
        }
    }

    /// <summary>Places all operations in the order of their old starts, predecessors first, each behind the one before
    /// it on its equipment.</summary>
    Timetable Place()
    {
        var table = new Timetable(_model);
        var placer = new GroupPlacer(_model, table);
        var last = (int[])table.LastRunning.Clone();
        var open = new IndexHeap();
        for (var i = 0; i < _waiting.Length; i++)
            if ((_waiting[i] = _model.Predecessors(i).Length) == 0) open.Push(_key[i], i);
        while (open.Count > 0)
        {
            var operation = open.Pop().Item;
            if (!_model.IsFixed(operation)) Place(table, last, operation);
            foreach (var arc in _model.Successors(operation))
                if (--_waiting[_model.ArcTo[arc]] == 0) open.Push(_key[_model.ArcTo[arc]], _model.ArcTo[arc]);
        }
        for (var group = 0; group < _model.GroupCount; group++)
            if (placer.FindBrokenArc(group) is { } broken) throw ListPlanner.Refused(_model, broken);
        return placer.FindUnplaced() is { } unplaced ? throw ListPlanner.Refused(_model, unplaced) : table;
    }

    void Place(Timetable table, int[] last, int operation)
    {
        var best = Slot.None;
        var wanted = _alternative[operation];
        for (var a = _model.AlternativeOffset[operation]; a < _model.AlternativeOffset[operation + 1]; a++)
        {
            if (wanted >= 0 && wanted != a) continue;
            var equipment = _model.AlternativeEquipment[a];
            var slot = Earliest(table, operation, a, wanted < 0 ? table.LastRunning[equipment] : last[equipment]);
            if (slot.End < best.End) best = slot;
        }
        if (!best.Exists) throw ListPlanner.Refused(_model, new DeadEnd(operation, -1));
        table.Place(operation, best);
        if (wanted >= 0) last[_model.AlternativeEquipment[wanted]] = operation;
    }

    Slot Earliest(Timetable table, int operation, int alternative, int after)
    {
        var (ready, endFloor) = table.ReadyTime(operation);
        return table.Earliest(operation, alternative, Math.Max(ready, _startFloor[operation]),
            Math.Max(endFloor, _endFloor[operation]), after);
    }

    /// <summary>An operation before an exceeded maximum lag, which may not start or end as early in the next pass; −1
    /// if all lags hold.</summary>
    int RaiseFloors(Timetable table)
    {
        var raised = -1;
        for (var arc = 0; arc < _model.ArcFrom.Length; arc++)
        {
            if (!_model.HasMaxLag(arc)) continue;
            var (from, to, kind) = (_model.ArcFrom[arc], _model.ArcTo[arc], _model.ArcKind[arc]);
            var begin = kind == LagKind.StartStart ? table.Start[from] : table.End[from];
            var latest = (kind == LagKind.EndEnd ? table.End[to] : table.Start[to]) - _model.ArcMaxLag[arc];
            if (latest <= begin) continue;
            if (_model.IsFixed(from)) throw ListPlanner.Refused(_model, new DeadEnd(to, from));
            var floors = kind == LagKind.StartStart ? _startFloor : _endFloor;
            floors[from] = latest;
            raised = from;
        }
        return raised;
    }
}
