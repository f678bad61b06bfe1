namespace Mes.Scheduling.Engine;

/// <summary>
/// The first answer to a breakdown or a deviation: the same equipment and the same sequence, each operation as little
/// later as the new facts allow, none earlier. Linear in the plan but for sorting; what comes after may optimize.
/// </summary>
public sealed class RightShift
{
    const int PassesMax = 100;
    readonly CompiledModel _model;
    readonly int[] _alternative;
    readonly int[] _plannedStart;
    readonly int[] _startFloor;
    readonly int[] _endFloor;
    readonly int[] _waiting;

    RightShift(CompiledModel model, IEnumerable<PlannedOperation> plan)
    {
        _model = model;
        _plannedStart = new int[model.OperationCount];
        _endFloor = new int[model.OperationCount];
        _waiting = new int[model.OperationCount];
        _alternative = new int[model.OperationCount];
        Read(plan.ToDictionary(planned => planned.OperationId));
        _startFloor = (int[])_plannedStart.Clone();
    }

    /// <summary>Shifts a plan until it fits the model again.</summary>
    /// <param name="model">The facts as they are now: what has ended left out, what runs marked so. A frozen zone
    /// would hold what must move: set none.</param>
    /// <param name="plan">The plan so far; operations that the model does not have are passed over.</param>
    /// <exception cref="ModelRefusedException">An operation is not in the plan, or shifting alone does not help: a
    /// lock stands in the way, a maximum lag cannot be kept, or the calendars end.</exception>
    public static Plan Repair(CompiledModel model, IEnumerable<PlannedOperation> plan)
    {
        var shift = new RightShift(model, plan);
        for (var pass = 0; pass < PassesMax; pass++)
        {
            var table = shift.Place();
            if (shift.RaiseFloors(table)) continue;
            return PlanAssembly.Assemble(model, table.ToSolution(), LowerBound.Compute(model), "right shift");
        }
        throw ListPlanner.Refused(model, new DeadEnd(0, -1));
    }

    void Read(Dictionary<string, PlannedOperation> plan)
    {
        for (var i = 0; i < _model.OperationCount; i++)
        {
            var id = _model.Operations[i].Id;
            if (!plan.TryGetValue(id, out var planned)) throw Incomplete(id);
            _plannedStart[i] = _model.IsFixed(i) ? _model.FixedStart[i] : planned.StartSeconds;
            _alternative[i] = _model.AlternativeOffset[i];
            for (var a = _model.AlternativeOffset[i]; a < _model.AlternativeOffset[i + 1]; a++)
            {
                var equipment = _model.Source.Equipment[_model.AlternativeEquipment[a]].Id;
                if (equipment == planned.EquipmentId) _alternative[i] = a;
            }
        }
    }

    static ModelRefusedException Incomplete(string operation) => new([new ModelRefusal(RefusalCode.PlanIncomplete,
        new Dictionary<string, object> { ["operation"] = operation },
        "Plan anew: only what was planned can be shifted.")]);

    /// <summary>Places all operations in the order of their old starts, predecessors first, each behind the one before
    /// it on its equipment.</summary>
    Timetable Place()
    {
        var table = new Timetable(_model);
        var placer = new GroupPlacer(_model, table);
        var last = (int[])table.LastRunning.Clone();
        var open = new IndexHeap();
        for (var i = 0; i < _waiting.Length; i++)
            if ((_waiting[i] = _model.Predecessors(i).Length) == 0) open.Push(_plannedStart[i], i);
        while (open.Count > 0)
        {
            var operation = open.Pop().Item;
            if (!_model.IsFixed(operation)) Place(table, last, operation);
            foreach (var arc in _model.Successors(operation))
                if (--_waiting[_model.ArcTo[arc]] == 0) open.Push(_plannedStart[_model.ArcTo[arc]], _model.ArcTo[arc]);
        }
        for (var group = 0; group < _model.GroupCount; group++)
            if (placer.FindBrokenArc(group) is { } broken) throw ListPlanner.Refused(_model, broken);
        return placer.FindUnplaced() is { } unplaced ? throw ListPlanner.Refused(_model, unplaced) : table;
    }

    void Place(Timetable table, int[] last, int operation)
    {
        var (ready, endFloor) = table.ReadyTime(operation);
        var alternative = _alternative[operation];
        ref var after = ref last[_model.AlternativeEquipment[alternative]];
        var slot = table.Earliest(operation, alternative, Math.Max(ready, _startFloor[operation]),
            Math.Max(endFloor, _endFloor[operation]), after);
        if (!slot.Exists) throw ListPlanner.Refused(_model, new DeadEnd(operation, -1));
        table.Place(operation, slot);
        after = operation;
    }

    /// <summary>True if a maximum lag was exceeded, and the operation before it may not start or end as early in the
    /// next pass.</summary>
    bool RaiseFloors(Timetable table)
    {
        var isRaised = false;
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
            isRaised = true;
        }
        return isRaised;
    }
}
