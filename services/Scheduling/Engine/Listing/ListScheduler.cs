using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>Where a list scheduler got stuck.</summary>
/// <param name="Operation">The operation that found no place.</param>
/// <param name="Because">The fixed operation in the way, or −1 if time ran out.</param>
readonly record struct DeadEnd(int Operation, int Because);

/// <summary>
/// Event-driven list scheduling: time moves from event to event; whenever an equipment is idle, a rule picks from what
/// waits there, among those that can start at once. An operation that becomes ready joins the queue where it would end
/// first. Operations bound by maximum lags are placed together. O(log N) per operation.
/// </summary>
sealed class ListScheduler
{
    const int CandidatesMax = 16;
    readonly CompiledModel _model;
    readonly DispatchRule _rule;
    readonly Priorities _priorities;
    readonly Timetable _table;
    readonly GroupPlacer _groups;
    readonly IndexHeap _events = new();
    readonly IndexHeap[] _queue;
    readonly long[] _queuedWork;
    readonly int[] _wake;
    readonly Column _waiting, _ready, _endFloor, _alternative, _follower, _lag; // per group, in rows
    readonly (double Key, int Group, Slot Slot)[] _candidates = new (double, int, Slot)[CandidatesMax];
    int _now;
    DeadEnd? _deadEnd;

    public ListScheduler(CompiledModel model, DispatchRule rule, Priorities priorities)
    {
        (_model, _rule, _priorities) = (model, rule, priorities);
        _table = new Timetable(model);
        _groups = new GroupPlacer(model, _table);
        _queue = [.. Enumerable.Range(0, model.EquipmentCount).Select(_ => new IndexHeap())];
        (_queuedWork, _wake) = (new long[model.EquipmentCount], new int[model.EquipmentCount]);
        Array.Fill(_wake, ModelTime.Never);
        var rows = new int[model.GroupCount * Column.Stride];
        (_waiting, _ready) = (new Column(rows, 0), new Column(rows, 1));
        (_endFloor, _alternative) = (new Column(rows, 2), new Column(rows, 3));
        (_follower, _lag) = (new Column(rows, 4), new Column(rows, 5));
        _groups.CountUnplacedPredecessors(_waiting);
        FindFollowers();
    }

    /// <summary>Where one group alone waits for another, and for it alone, it is told at once when it can start: most
    /// operations of a routing, which then need not ask for their predecessors.</summary>
    void FindFollowers()
    {
        _follower.Fill(-1);
        for (var group = 0; group < _model.GroupCount; group++)
        {
            if (_model.Members(group) is not [var operation] || _model.Successors(operation) is not [var arc]) continue;
            var next = _model.ArcTo[arc];
            var isFollower = _model.ArcKind[arc] == LagKind.EndStart && _model.Predecessors(next).Length == 1
                && _model.Members(_model.GroupOf[next]).Length == 1
                && !_model.IsFixed(operation) && !_model.IsFixed(next);
            if (!isFollower) continue;
            (_follower[group], _lag[group]) = (_model.GroupOf[next], _model.ArcMinLag[arc]);
            _ready[_model.GroupOf[next]] = _model.Release[next];
        }
    }

    /// <summary>The timetable with every operation placed, or null and where it got stuck.</summary>
    /// <param name="locksFirst">Places what locked operations wait for before everything else.</param>
    /// <param name="deadEnd">The operation without a place, if there is one.</param>
    public Timetable? Run(bool locksFirst, out DeadEnd deadEnd)
    {
        if (locksFirst) PlaceAncestorsOfLocks();
        for (var group = 0; group < _model.GroupCount; group++)
            if (_waiting[group] == 0 && _groups.IsOpen(group)) Arrive(group);
        while (_events.Count > 0 && _deadEnd is null) Handle(_events.Pop());
        _deadEnd ??= _groups.FindUnplaced();
        deadEnd = _deadEnd ?? default;
        return _deadEnd is null ? _table : null;
    }

    void Handle((double Key, int Item) next)
    {
        var (time, isWake) = ((int)Math.Floor(next.Key), next.Key != Math.Floor(next.Key));
        _now = time;
        if (!isWake) { Enqueue(next.Item); return; }
        if (_wake[next.Item] != time) return; // an earlier event has replaced it
        _wake[next.Item] = ModelTime.Never;
        Decide(next.Item);
    }

    /// <summary>All that a group waits for is placed: it joins a queue as soon as its first operation is
    /// ready.</summary>
    void Arrive(int group)
    {
        (_ready[group], _endFloor[group]) = _table.ReadyTime(_groups.Lead(group));
        Await(group);
    }

    void Await(int group)
    {
        if (_ready[group] <= _now) Enqueue(group); else _events.Push(_ready[group], group);
    }

    void Wake(int equipment, int time)
    {
        if (time >= _wake[equipment]) return;
        _wake[equipment] = time;
        _events.Push(time + 0.5, equipment); // after the arrivals of the same instant
    }

    void Enqueue(int group)
    {
        var lead = _groups.Lead(group);
        var alternative = Route(lead, _ready[group]);
        var equipment = _model.AlternativeEquipment[alternative];
        _alternative[group] = alternative;
        _queue[equipment].Push(_priorities.Key(_rule, lead, alternative, _ready[group]), group);
        _queuedWork[equipment] += _model.AlternativeDuration[alternative];
        Wake(equipment, Math.Max(_now, FreeAt(equipment)));
    }

    /// <summary>The alternative on which the operation would end first behind what waits there already.</summary>
    int Route(int operation, int ready)
    {
        var (first, end) = (_model.AlternativeOffset[operation], _model.AlternativeOffset[operation + 1]);
        var (best, bestEnd) = (first, long.MaxValue);
        for (var a = first; a < end && end - first > 1; a++)
        {
            var equipment = _model.AlternativeEquipment[a];
            var work = Math.Min(_queuedWork[equipment] + _model.AlternativeDuration[a], ModelTime.MaxSeconds);
            long estimate = _model.EquipmentCalendar[equipment].After(Math.Max(ready, FreeAt(equipment)), (int)work);
            if (estimate < bestEnd) (best, bestEnd) = (a, estimate);
        }
        return best;
    }

    int FreeAt(int equipment)
    {
        var current = _groups.Frontier(equipment, _now);
        return current < 0 ? 0 : _table.End[current];
    }

    void Decide(int equipment)
    {
        if (_queue[equipment].Count == 0) return;
        if (FreeAt(equipment) > _now) { Wake(equipment, FreeAt(equipment)); return; }
        var (chosen, count) = Collect(equipment);
        for (var i = 0; i < count; i++)
            if (i != chosen) _queue[equipment].Push(_candidates[i].Key, _candidates[i].Group);
        if (_deadEnd is not null) return;
        if (chosen >= 0)
        {
            _queuedWork[equipment] -= _model.AlternativeDuration[_alternative[_candidates[chosen].Group]];
            Commit(_candidates[chosen].Group, _candidates[chosen].Slot);
            if (_queue[equipment].Count > 0) Wake(equipment, Math.Max(_now, FreeAt(equipment)));
            return;
        }
        var wake = ModelTime.Never;
        for (var i = 0; i < count; i++) wake = Math.Min(wake, _candidates[i].Slot.SetupStart);
        Wake(equipment, wake);
    }

    /// <summary>Takes the first candidates from the queue and chooses one that can start now, or none (−1).</summary>
    (int Chosen, int Count) Collect(int equipment)
    {
        var (chosen, chosenKey, count) = (-1, double.MaxValue, 0);
        var isDynamic = _rule == DispatchRule.Atcs;
        while (_queue[equipment].Count > 0 && count < CandidatesMax && (chosen < 0 || isDynamic) && _deadEnd is null)
        {
            var (key, group) = _queue[equipment].Pop();
            var slot = SlotFor(group);
            if (!slot.Exists) continue;
            _candidates[count] = (key, group, slot);
            var indexKey = isDynamic ? AtcsKey(equipment, group) : key;
            if (slot.SetupStart <= _now && indexKey < chosenKey) (chosen, chosenKey) = (count, indexKey);
            count++;
        }
        return (chosen, count);
    }

    double AtcsKey(int equipment, int group)
    {
        var alternative = _alternative[group];
        var setup = _table.Setup(equipment, _groups.Frontier(equipment, _now), alternative);
        return _priorities.AtcsKey(_groups.Lead(group), alternative, _now, setup);
    }

    /// <summary>Where the group's first operation can go; if its equipment has no time left, on another one.</summary>
    Slot SlotFor(int group)
    {
        var lead = _groups.Lead(group);
        var alternative = _alternative[group];
        var frontier = _groups.Frontier(_model.AlternativeEquipment[alternative], _now);
        var slot = _table.Earliest(lead, alternative, _ready[group], _endFloor[group], frontier);
        if (slot.Exists) return slot;
        _queuedWork[_model.AlternativeEquipment[alternative]] -= _model.AlternativeDuration[alternative];
        Place(group);
        return slot;
    }

    void Commit(int group, Slot slot)
    {
        if (_model.Members(group).Length > 1) { Place(group); return; }
        _table.Place(_groups.Lead(group), slot);
        if (_follower[group] >= 0) Follow(_follower[group], slot.End + _lag[group]); else Release(group);
    }

    void Follow(int group, int ready)
    {
        _waiting[group]--;
        _ready[group] = Math.Max(_ready[group], ready);
        Await(group);
    }

    void Place(int group)
    {
        if (_groups.TryPlace(group, _now, out var deadEnd)) Release(group);
        else _deadEnd = deadEnd;
    }

    /// <summary>Tells the successors of a placed group.</summary>
    void Release(int group)
    {
        _deadEnd ??= _groups.FindBrokenArc(group);
        foreach (var after in _groups.ReleasedBy(group, _waiting)) Arrive(after);
    }

    void PlaceAncestorsOfLocks()
    {
        var latest = _groups.LatestStarts();
        var open = new IndexHeap();
        for (var group = 0; group < latest.Length; group++)
            if (_waiting[group] == 0 && latest[group] != ModelTime.Never && _groups.IsOpen(group))
                open.Push(latest[group], group);
        while (open.Count > 0 && _deadEnd is null)
        {
            var group = open.Pop().Item;
            if (_groups.TryPlace(group, 0, out var deadEnd)) _deadEnd = _groups.FindBrokenArc(group);
            else _deadEnd = deadEnd;
            foreach (var after in _groups.ReleasedBy(group, _waiting))
                if (latest[after] != ModelTime.Never) open.Push(latest[after], after);
        }
    }
}
