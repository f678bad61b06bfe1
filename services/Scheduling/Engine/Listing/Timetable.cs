using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>
/// A plan in the making: which operation is where, as one linked list per equipment, and who uses the resources.
/// Every placement respects equipment, calendars, setups on both sides, and resources; precedence is what the caller
/// passes as the earliest start and end. Begins with the running and locked operations in place.
/// </summary>
sealed class Timetable
{
    const int Buckets = 64;
    readonly CompiledModel _model;
    readonly ResourceLedger _ledger;
    readonly int[] _places; // per operation a row of the columns below
    readonly Column _alternative, _start, _end, _setupStart, _previous, _next, _setup;
    readonly int[] _first;
    readonly int[] _fixed;
    int[] _near = [];
    int _nearSeconds;
    (int Operation, Slot Slot)[] _journal = new (int, Slot)[64];
    bool _isRecording;

    public Timetable(CompiledModel model)
    {
        _model = model;
        _ledger = new ResourceLedger(model);
        _places = new int[model.OperationCount * Column.Stride];
        (_alternative, _start, _end) = (new Column(_places, 0), new Column(_places, 1), new Column(_places, 2));
        (_setupStart, _previous) = (new Column(_places, 3), new Column(_places, 4));
        (_next, _setup) = (new Column(_places, 5), new Column(_places, 6));
        _fixed = [.. Enumerable.Range(0, model.OperationCount).Where(model.IsFixed).OrderBy(i => !model.IsRunning(i))
            .ThenBy(i => model.IsRunning(i) ? model.FixedEnd[i] : model.FixedStart[i])
            .ThenBy(i => model.IsRunning(i) ? model.FixedStart[i] : model.FixedEnd[i])];
        (_first, Last) = (new int[model.EquipmentCount], new int[model.EquipmentCount]);
        LastRunning = new int[model.EquipmentCount];
        Clear();
    }

    /// <summary>Takes out everything but what is fixed.</summary>
    public void Clear()
    {
        _alternative.Fill(-1);
        foreach (var operations in new[] { _first, Last, LastRunning }) Array.Fill(operations, -1);
        _ledger.Clear();
        _setup.Fill(0);
        (TotalSetup, _isRecording, _nearSeconds) = (0, false, 0);
        PlaceFixed();
    }

    /// <summary>Places every operation as in a complete plan.</summary>
    public void Load(Solution solution)
    {
        Clear();
        BeginIndex(Math.Max(0, solution.End.DefaultIfEmpty().Max()));
        var following = new int[_model.OperationCount];
        Array.Fill(following, -1);
        for (var i = 0; i < following.Length; i++)
            if (solution.Previous[i] >= 0) following[solution.Previous[i]] = i;
        for (var i = 0; i < following.Length; i++)
            for (var x = solution.Previous[i] < 0 ? i : -1; x >= 0; x = following[x])
                if (!IsPlaced(x)) Place(x, solution.SlotOf(x));
    }

    /// <summary>From now on every change can be taken back.</summary>
    public void Record() => (_isRecording, Mark) = (true, 0);

    /// <summary>Changes recorded so far.</summary>
    public int Mark { get; private set; }

    /// <summary>Takes changes back, the last first, until so many are left.</summary>
    public void UndoTo(int mark)
    {
        _isRecording = false;
        while (Mark > mark)
        {
            var (operation, slot) = _journal[--Mark];
            if (slot.Exists) Place(operation, slot); else Remove(operation);
        }
        _isRecording = true;
    }

    /// <summary>Σ seconds of setup, of running work none.</summary>
    public long TotalSetup { get; private set; }

    /// <summary>False if the setup before an operation has lost its time, because what stood before it went.</summary>
    public bool IsSetUp(int operation) => _model.IsRunning(operation)
        || _setupStart[operation] >= (_previous[operation] < 0 ? 0 : _end[_previous[operation]]);

    /// <summary>The finished plan.</summary>
    public Solution ToSolution()
    {
        var solution = Solution.OfLength(_model.OperationCount);
        CopyTo(solution);
        return solution;
    }

    public void CopyTo(Solution solution)
    {
        for (var i = 0; i < _model.OperationCount; i++)
        {
            (solution.Alternative[i], solution.Previous[i]) = (_alternative[i], _previous[i]);
            (solution.SetupStart[i], solution.Start[i], solution.End[i]) = (_setupStart[i], _start[i], _end[i]);
        }
    }

    /// <summary>Per operation, −1 while it is not placed.</summary>
    public Column Alternative => _alternative;

    public Column Start => _start;

    public Column End => _end;

    public Column SetupStart => _setupStart;

    /// <summary>Per operation the one before it on its equipment, or −1.</summary>
    public Column Previous => _previous;

    /// <summary>Per equipment its last operation, or −1.</summary>
    public int[] Last { get; }

    /// <summary>Per equipment the running operation that ends last, or −1; nothing is placed before it.</summary>
    public int[] LastRunning { get; }

    public bool IsPlaced(int operation) => _alternative[operation] >= 0;

    public int EquipmentOf(int operation) => _model.AlternativeEquipment[_alternative[operation]];

    /// <summary>The operation after this one on its equipment, or the first one after −1; −1 at the end.</summary>
    public int Next(int equipment, int operation) => operation < 0 ? _first[equipment] : _next[operation];

    /// <summary>The last operation on an equipment that starts no later than an instant, or −1.</summary>
    public int At(int equipment, int instant)
    {
        var at = _nearSeconds > 0 ? Near(equipment, instant, -1) : -1;
        for (var next = Next(equipment, at); next >= 0 && _start[next] <= instant; next = Next(equipment, next)) at = next;
        return at;
    }

    /// <summary>Earliest start and end of an operation by its release and the predecessors placed so far.</summary>
    public (int Ready, int EndFloor) ReadyTime(int operation)
    {
        int ready = _model.Release[operation], endFloor = 0;
        foreach (var arc in _model.Predecessors(operation))
        {
            var (before, lag) = (_model.ArcFrom[arc], _model.ArcMinLag[arc]);
            if (!IsPlaced(before)) continue;
            if (_model.ArcKind[arc] == LagKind.EndStart) ready = Math.Max(ready, _end[before] + lag);
            else if (_model.ArcKind[arc] == LagKind.StartStart) ready = Math.Max(ready, _start[before] + lag);
            else endFloor = Math.Max(endFloor, _end[before] + lag);
        }
        return (ready, endFloor);
    }

    /// <summary>The first gap on the alternative's equipment that takes the operation, looking from the operation
    /// <paramref name="after"/> on (−1: from the beginning).</summary>
    public Slot Earliest(int operation, int alternative, int ready, int endFloor, int after)
    {
        var equipment = _model.AlternativeEquipment[alternative];
        if (_nearSeconds > 0) after = Near(equipment, ready, after);
        while (true)
        {
            var next = Next(equipment, after);
            if (next < 0 || _start[next] > ready)
            {
                var slot = Fit(operation, alternative, ready, endFloor, after);
                if (!slot.Exists || next < 0 || FitsBefore(equipment, slot, next)) return slot;
            }
            after = next;
        }
    }

    /// <summary>Puts an operation into a slot that <see cref="Earliest"/> has found.</summary>
    public void Place(int operation, Slot slot)
    {
        var equipment = _model.AlternativeEquipment[slot.Alternative];
        _alternative[operation] = slot.Alternative;
        (_setupStart[operation], _start[operation], _end[operation]) = (slot.SetupStart, slot.Start, slot.End);
        Link(equipment, operation, slot.After);
        if (!_model.IsRunning(operation)) SetSetup(operation, Setup(equipment, slot.After, slot.Alternative));
        if (_nearSeconds > 0) _near[equipment * Buckets + Bucket(slot.Start)] = operation;
        _ledger.Book(operation, slot.Alternative, slot.Start, slot.End);
        if (_isRecording) Note(operation, Slot.None);
    }

    /// <summary>Takes an operation out again.</summary>
    public void Remove(int operation)
    {
        var equipment = EquipmentOf(operation);
        var (before, after) = (_previous[operation], _next[operation]);
        if (_isRecording)
            Note(operation, new Slot(_alternative[operation], before, _setupStart[operation], _start[operation],
                _end[operation]));
        SetSetup(operation, 0);
        if (before < 0) _first[equipment] = after; else _next[before] = after;
        if (after < 0) Last[equipment] = before; else _previous[after] = before;
        if (after >= 0) SetUp(equipment, after);
        _ledger.Book(operation, _alternative[operation], _start[operation], _end[operation], sign: -1);
        _alternative[operation] = -1;
    }

    /// <summary>Setup seconds of an operation directly behind another one (−1: behind the initial state).</summary>
    public int Setup(int equipment, int before, int alternative) => _model.EquipmentSetup[equipment] is not { } table ? 0
        : table.Between(before < 0 ? _model.EquipmentInitialFamily[equipment]
            : _model.AlternativeFamily[_alternative[before]], _model.AlternativeFamily[alternative]);

    void PlaceFixed()
    {
        foreach (var i in _fixed)
        {
            var alternative = _model.AlternativeOffset[i];
            var equipment = _model.AlternativeEquipment[alternative];
            var (start, end) = (_model.FixedStart[i], _model.FixedEnd[i]);
            Place(i, new Slot(alternative, Last[equipment], start, start, end));
            if (_model.IsRunning(i)) LastRunning[equipment] = i; else SetUp(equipment, i);
        }
    }

    Slot Fit(int operation, int alternative, int ready, int endFloor, int after)
    {
        var equipment = _model.AlternativeEquipment[alternative];
        var setup = Setup(equipment, after, alternative);
        var free = after < 0 ? 0 : _end[after];
        var from = Math.Max(ready, _model.EquipmentCalendar[equipment].After(free, setup));
        while (from < ModelTime.MaxSeconds)
        {
            var (start, end) = _model.InOpenTime(operation, alternative, from, endFloor);
            if (start == ModelTime.Never) break;
            var blockedUntil = _ledger.BlockedUntil(operation, alternative, start, end);
            if (blockedUntil == ModelTime.Never)
                return new Slot(alternative, after, SetupStartOf(equipment, setup, start), start, end);
            from = blockedUntil;
        }
        return Slot.None;
    }

    int SetupStartOf(int equipment, int setup, int start) =>
        setup == 0 ? start : _model.EquipmentCalendar[equipment].LatestStart(start, setup);

    bool FitsBefore(int equipment, Slot slot, int next)
    {
        var setup = _model.Setup(equipment, _model.AlternativeFamily[slot.Alternative],
            _model.AlternativeFamily[_alternative[next]]);
        return slot.End <= SetupStartOf(equipment, setup, _start[next]);
    }

    void Link(int equipment, int operation, int before)
    {
        var after = Next(equipment, before);
        (_previous[operation], _next[operation]) = (before, after);
        if (before < 0) _first[equipment] = operation; else _next[before] = operation;
        if (after < 0) { Last[equipment] = operation; return; }
        _previous[after] = operation;
        SetUp(equipment, after);
    }

    /// <summary>Sets an operation's setup by what is now before it.</summary>
    void SetUp(int equipment, int operation)
    {
        var setup = Setup(equipment, _previous[operation], _alternative[operation]);
        _setupStart[operation] = SetupStartOf(equipment, setup, _start[operation]);
        SetSetup(operation, setup);
    }

    void SetSetup(int operation, int setup)
    {
        TotalSetup += setup - _setup[operation];
        _setup[operation] = setup;
    }

    /// <summary>A loaded plan is long: it gets an index by time, so that the search for a gap starts near it.</summary>
    void BeginIndex(int makespan)
    {
        _nearSeconds = makespan / Buckets + 1;
        if (_near.Length == 0) _near = new int[_model.EquipmentCount * Buckets];
        Array.Fill(_near, -1);
    }

    int Bucket(int instant) => Math.Clamp(instant / _nearSeconds, 0, Buckets - 1);

    /// <summary>An operation on the equipment that starts no later, if the index knows one.</summary>
    int Near(int equipment, int ready, int otherwise)
    {
        for (var i = equipment * Buckets + Bucket(ready); i >= equipment * Buckets; i--)
        {
            var x = _near[i];
            if (x >= 0 && IsPlaced(x) && _start[x] <= ready && EquipmentOf(x) == equipment) return x;
        }
        return otherwise;
    }

    void Note(int operation, Slot slot)
    {
        if (Mark == _journal.Length) Array.Resize(ref _journal, Mark * 2);
        _journal[Mark++] = (operation, slot);
    }
}
