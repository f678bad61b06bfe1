using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Turns a model into its flat form; whatever is wrong with it is collected on the way.</summary>
sealed class ModelCompiler
{
    readonly SchedulingModel _model;
    readonly RefusalList _refusals;
    readonly CompiledModel _compiled;
    readonly Dictionary<string, int> _equipmentIndex = [];
    readonly Dictionary<string, int> _resourceIndex = [];
    readonly Dictionary<string, int> _operationIndex = [];
    readonly Dictionary<SetupMatrix, (SetupTable Table, Dictionary<string, int> Row)> _setups = [];
    readonly Dictionary<(CompiledCalendar, int), CompiledCalendar> _intersections = [];
    CompiledCalendar[] _resourceCalendar = [];

    ModelCompiler(SchedulingModel model, RefusalList refusals) =>
        (_model, _refusals, _compiled) = (model, refusals, new CompiledModel(model));

    /// <summary>The refusals, and the flat form if there are none.</summary>
    public static IReadOnlyList<ModelRefusal> TryCompile(
        SchedulingModel model, out CompiledModel? compiled, int perCodeMax = RefusalList.PerCodeMax)
    {
        compiled = null;
        var refusals = new RefusalList(perCodeMax);
        ModelCheck.Run(model, refusals);
        if (!refusals.IsEmpty) return refusals.Items;
        var compiler = new ModelCompiler(model, refusals);
        compiler.Compile();
        if (refusals.IsEmpty) compiled = compiler._compiled;
        return refusals.Items;
    }

    void Compile()
    {
        CompileEquipment();
        CompileResources();
        CompileJobs();
        CompileAlternatives();
        CompileFixing();
        if (!_refusals.IsEmpty) return;
        CompileArcs();
        if (!_refusals.IsEmpty) return;
        Groups.Build(_compiled);
        _compiled.Bounds = HeadsAndTails.Compute(_compiled);
        FeasibilityCheck.Run(_compiled, _refusals);
    }

    void CompileEquipment()
    {
        var equipment = _model.Equipment;
        for (var i = 0; i < equipment.Count; i++) _equipmentIndex.Add(equipment[i].Id, i);
        var down = _model.Breakdowns.ToLookup(breakdown => breakdown.EquipmentId, breakdown => breakdown.Down);
        _compiled.EquipmentCalendar = [.. equipment.Select(item =>
            new CompiledCalendar(item.Calendar.OpenWindows).Without(down[item.Id]))];
        _compiled.EquipmentSetup = [.. equipment.Select(item => item.Setup is null ? null : Setup(item.Setup).Table)];
        _compiled.EquipmentInitialFamily = [.. equipment.Select(item => FamilyRow(item, item.InitialFamily))];
    }

    (SetupTable Table, Dictionary<string, int> Row) Setup(SetupMatrix matrix)
    {
        if (_setups.TryGetValue(matrix, out var known)) return known;
        var row = new Dictionary<string, int>();
        foreach (var family in matrix.Families) row.Add(family, row.Count);
        var table = new SetupTable(row.Count, [.. matrix.Seconds.SelectMany(seconds => seconds)]);
        return _setups[matrix] = (table, row);
    }

    int FamilyRow(Model.Equipment equipment, string? family) => equipment.Setup is null || family is null
        ? -1
        : Setup(equipment.Setup).Row.GetValueOrDefault(family, -1);

    void CompileResources()
    {
        for (var i = 0; i < _model.Resources.Count; i++) _resourceIndex.Add(_model.Resources[i].Id, i);
        _resourceCalendar = [.. _model.Resources.Select(resource => new CompiledCalendar(resource.Calendar.OpenWindows))];
        _compiled.ResourceCapacity = [.. _model.Resources.Select(resource => resource.Capacity)];
        _compiled.ResourceHeldDuringPauses = [.. _model.Resources.Select(resource => resource.HeldDuringPauses)];
    }

    void CompileJobs()
    {
        var jobs = _model.Jobs;
        _compiled.JobDue = [.. jobs.Select(job => job.DueSeconds ?? ModelTime.Never)];
        _compiled.JobWeight = [.. jobs.Select(job => job.Weight)];
        _compiled.Operations = [.. jobs.SelectMany(job => job.Operations)];
        _compiled.JobOf = [.. jobs.SelectMany((job, index) => Enumerable.Repeat(index, job.Operations.Count))];
        _compiled.Splittable = [.. _compiled.Operations.Select(operation => operation.Splittable)];
        for (var i = 0; i < _compiled.Operations.Length; i++) _operationIndex.Add(_compiled.Operations[i].Id, i);
        var baseline = Array.ConvertAll(_compiled.Operations, operation =>
            _model.Baseline.GetValueOrDefault(operation.Id));
        _compiled.BaselineStart = Array.ConvertAll(baseline, placement => placement?.StartSeconds ?? 0);
        _compiled.BaselineEquipment = Array.ConvertAll(baseline,
            placement => placement is null ? -1 : _equipmentIndex.GetValueOrDefault(placement.EquipmentId, -1));
        _compiled.Fixing = Array.ConvertAll(_compiled.Operations, FixingOf);
        _compiled.Release = [.. Enumerable.Range(0, _compiled.OperationCount).Select(ReleaseOf)];
    }

    Fixing FixingOf(Operation operation)
    {
        if (operation.Running is not null) return Fixing.Running;
        if (operation.Lock is not null) return Fixing.Locked;
        return _model.Baseline.TryGetValue(operation.Id, out var placement) && placement.StartSeconds >= 0
            && placement.StartSeconds < _model.FrozenUntilSeconds
            && operation.Alternatives.Any(alternative => alternative.EquipmentId == placement.EquipmentId)
            ? Fixing.Frozen
            : Fixing.Free;
    }

    int ReleaseOf(int operation)
    {
        var own = Math.Max(_compiled.Operations[operation].MaterialSeconds, 0);
        var isOverdue = _compiled.BaselineEquipment[operation] >= 0 && _compiled.BaselineStart[operation] < 0;
        var zone = _compiled.IsFixed(operation) || isOverdue ? 0 : _model.FrozenUntilSeconds;
        return Math.Max(Math.Max(own, zone), _model.Jobs[_compiled.JobOf[operation]].ReleaseSeconds);
    }

    void CompileAlternatives()
    {
        var rows = new AlternativeRows();
        for (var i = 0; i < _compiled.OperationCount; i++)
        {
            foreach (var alternative in AlternativesOf(i)) AddAlternative(rows, i, alternative);
            rows.EndOperation();
        }
        rows.MoveTo(_compiled);
        for (var i = 0; i < _compiled.OperationCount; i++)
            if (_compiled.AlternativeOffset[i] == _compiled.AlternativeOffset[i + 1]) RefuseNoCalendarTime(i);
    }

    IEnumerable<Alternative> AlternativesOf(int index)
    {
        var operation = _compiled.Operations[index];
        if (operation.Running is { } running) return [AsAlternative(operation, running)];
        if (!_compiled.IsFixed(index)) return operation.Alternatives;
        var place = operation.Lock ?? _model.Baseline[operation.Id];
        return operation.Alternatives.Where(alternative => alternative.EquipmentId == place.EquipmentId);
    }

    static Alternative AsAlternative(Operation operation, Running running)
    {
        var known = operation.Alternatives.FirstOrDefault(item => item.EquipmentId == running.EquipmentId);
        return new Alternative(running.EquipmentId, running.RemainingSeconds) { Demands = known?.Demands ?? [] };
    }

    void AddAlternative(AlternativeRows rows, int operation, Alternative alternative)
    {
        var equipment = _equipmentIndex[alternative.EquipmentId];
        var calendar = _compiled.EquipmentCalendar[equipment];
        if (!_compiled.IsRunning(operation)) // what runs is interrupted by the equipment only
            foreach (var demand in alternative.Demands)
                calendar = WithResource(calendar, _resourceIndex[demand.ResourceId]);
        var isUsable = _compiled.IsFixed(operation) || calendar.EarliestStart(_compiled.Release[operation],
            alternative.DurationSeconds, _compiled.Splittable[operation]) != ModelTime.Never;
        if (!isUsable) return;
        foreach (var demand in alternative.Demands) rows.AddDemand(_resourceIndex[demand.ResourceId], demand.Quantity);
        var family = FamilyRow(_model.Equipment[equipment], _compiled.Operations[operation].SetupFamily);
        rows.Add(equipment, alternative.DurationSeconds, family, calendar);
    }

    CompiledCalendar WithResource(CompiledCalendar calendar, int resource)
    {
        if (_resourceCalendar[resource].IsAlwaysOpen) return calendar;
        if (_intersections.TryGetValue((calendar, resource), out var known)) return known;
        return _intersections[(calendar, resource)] = calendar.Intersect(_resourceCalendar[resource]);
    }

    void RefuseNoCalendarTime(int index)
    {
        var operation = _compiled.Operations[index];
        var calendars = operation.Alternatives.Select(alternative => alternative.Demands.Aggregate(
            _compiled.EquipmentCalendar[_equipmentIndex[alternative.EquipmentId]],
            (calendar, demand) => WithResource(calendar, _resourceIndex[demand.ResourceId])));
        var fits = operation.Alternatives.Zip(calendars,
            (alternative, calendar) => calendar.LongestWindow >= alternative.DurationSeconds);
        if (operation.Splittable || fits.Any(fit => fit))
        {
            _refusals.Add(RefusalCode.NoCalendarTime,
                "Extend the calendar of one of the equipment, or release earlier.",
                ("operation", operation.Id), ("release", _compiled.Release[index]),
                    ("equipment", EquipmentOf(operation)));
            return;
        }
        _refusals.Add(RefusalCode.LongerThanEveryWindow,
            "Let the operation be split, or open one of its equipment, with its resources, for longer.",
            ("operation", operation.Id), ("equipment", EquipmentOf(operation)),
            ("duration", operation.Alternatives.Min(alternative => alternative.DurationSeconds)),
            ("longestWindow", calendars.Max(calendar => calendar.LongestWindow)));
    }

    static string[] EquipmentOf(Operation operation) =>
        [.. operation.Alternatives.Select(alternative => alternative.EquipmentId)];

    void CompileFixing()
    {
        _compiled.FixedStart = new int[_compiled.OperationCount];
        _compiled.FixedEnd = new int[_compiled.OperationCount];
        for (var i = 0; i < _compiled.OperationCount; i++)
            if (_compiled.IsFixed(i)) (_compiled.FixedStart[i], _compiled.FixedEnd[i]) = FixedSpan(i);
    }

    (int Start, int End) FixedSpan(int index)
    {
        var operation = _compiled.Operations[index];
        var calendar = _compiled.AlternativeCalendar[_compiled.AlternativeOffset[index]];
        var duration = _compiled.AlternativeDuration[_compiled.AlternativeOffset[index]];
        if (operation.Running is { } running)
        {
            var resumed = duration == 0 ? 0 : calendar.OpenAtOrAfter(0);
            var end = resumed == ModelTime.Never ? resumed : calendar.Finish(resumed, duration);
            if (end == ModelTime.Never) RefuseNoCalendarTime(operation, running);
            return (running.StartSeconds, end);
        }
        var start = (operation.Lock ?? _model.Baseline[operation.Id]).StartSeconds;
        var possible = calendar.EarliestStart(start, duration, operation.Splittable);
        if (possible == start)
            return (start, operation.Splittable ? calendar.Finish(start, duration) : start + duration);
        _refusals.Add(RefusalCode.LockClosed,
            "Move the lock into open time that is long enough; after a breakdown, shift the plan first.",
            ("operation", operation.Id), ("start", start), ("duration", duration),
            ("next possible", possible == ModelTime.Never ? "never" : possible),
            ("fixed by", _compiled.Fixing[index]));
        return (start, ModelTime.Never);
    }

    void RefuseNoCalendarTime(Operation operation, Running running) => _refusals.Add(RefusalCode.NoCalendarTime,
        "Extend the equipment's calendar.", ("operation", operation.Id), ("remaining", running.RemainingSeconds),
        ("equipment", running.EquipmentId));

    void CompileArcs()
    {
        // What runs has begun, whether or not its predecessors have ended: the floor's word stands.
        var arcs = _model.Precedences.Where(arc => !_compiled.IsRunning(_operationIndex[arc.To])).ToArray();
        _compiled.ArcFrom = [.. arcs.Select(arc => _operationIndex[arc.From])];
        _compiled.ArcTo = [.. arcs.Select(arc => _operationIndex[arc.To])];
        _compiled.ArcKind = [.. arcs.Select(arc => arc.Kind)];
        _compiled.ArcMinLag = [.. arcs.Select(arc => arc.MinLagSeconds)];
        _compiled.ArcMaxLag = [.. arcs.Select(arc => arc.MaxLagSeconds ?? ModelTime.Never)];
        var count = _compiled.OperationCount;
        (_compiled.SuccessorOffset, _compiled.SuccessorArc) = Graph.Rows(_compiled.ArcFrom, count);
        (_compiled.PredecessorOffset, _compiled.PredecessorArc) = Graph.Rows(_compiled.ArcTo, count);
        _compiled.TopologicalOrder = Graph.TopologicalOrder(count, _compiled.ArcFrom, _compiled.ArcTo);
        if (_compiled.TopologicalOrder.Length == count) return;
        foreach (var cycle in Graph.Cycles(count, _compiled.ArcFrom, _compiled.ArcTo))
        {
            _refusals.Add(RefusalCode.PrecedenceCycle, "Remove one of the arcs between these operations.",
                ("operations", cycle.Select(operation => _compiled.Operations[operation].Id).ToArray()));
        }
    }
}
