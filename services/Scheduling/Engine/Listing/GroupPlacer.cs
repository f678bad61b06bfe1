using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>
/// Places groups of operations as a whole. Where a maximum lag would be exceeded, the operation before it is delayed
/// and the group placed anew, until all lags hold.
/// </summary>
sealed class GroupPlacer
{
    const int AttemptsMax = 200;
    const int AttemptsInGaps = 50;
    const int DrawsMax = 60;
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly int[] _lead;
    readonly int[] _frontier;
    readonly int[] _startFloor, _endFloor;
    readonly List<int> _released = [];
    readonly bool _hasLocks;
    int[]? _wanted, _heldUntil;

    public GroupPlacer(CompiledModel model, Timetable table)
    {
        (_model, _table) = (model, table);
        _frontier = (int[])table.LastRunning.Clone();
        (_startFloor, _endFloor) = (new int[model.OperationCount], new int[model.OperationCount]);
        _lead = new int[model.GroupCount];
        for (var group = 0; group < _lead.Length; group++) _lead[group] = FindLead(group);
        _hasLocks = Enumerable.Range(0, model.OperationCount).Any(i => model.IsFixed(i) && !model.IsRunning(i));
    }

    /// <summary>Begins anew after the timetable was cleared. From now on an operation takes the alternative wanted,
    /// or where that is −1 the one on which it ends first, and starts no sooner than it is held.</summary>
    public void Reset(int[]? wanted, int[]? heldUntil = null)
    {
        (_wanted, _heldUntil) = (wanted, heldUntil);
        _table.LastRunning.CopyTo(_frontier, 0);
    }

    /// <summary>The first operation of the group that is not fixed; −1 if all are.</summary>
    public int Lead(int group) => _lead[group];

    /// <summary>True if the group has operations to place and they are not.</summary>
    public bool IsOpen(int group) => _lead[group] >= 0 && !_table.IsPlaced(_lead[group]);

    /// <summary>The last operation on an equipment that has started by now; gaps before it are past.</summary>
    public int Frontier(int equipment, int now)
    {
        var current = _frontier[equipment];
        for (var next = _table.Next(equipment, current); next >= 0 && _table.Start[next] <= now;
             next = _table.Next(equipment, next))
            current = next;
        return _frontier[equipment] = current;
    }

    /// <summary>Per group, the arcs that come in from operations of other groups that are still to be placed.</summary>
    public void CountUnplacedPredecessors(Column waiting)
    {
        waiting.Fill(0);
        for (var arc = 0; arc < _model.ArcFrom.Length; arc++)
        {
            var (from, to) = (_model.GroupOf[_model.ArcFrom[arc]], _model.GroupOf[_model.ArcTo[arc]]);
            if (from != to && !_model.IsFixed(_model.ArcFrom[arc])) waiting[to]++;
        }
    }

    /// <summary>The open groups that wait for nothing more once this one is placed. Valid until the next
    /// call.</summary>
    public List<int> ReleasedBy(int group, Column waiting)
    {
        _released.Clear();
        foreach (var operation in _model.Members(group))
        {
            if (_model.IsFixed(operation)) continue; // was there from the beginning
            foreach (var arc in _model.Successors(operation))
            {
                var after = _model.GroupOf[_model.ArcTo[arc]];
                if (after != group && --waiting[after] == 0 && IsOpen(after)) _released.Add(after);
            }
        }
        return _released;
    }

    /// <summary>Places every open member, each where it ends first; if that leads nowhere, each where it comes soon
    /// enough after the others; at last, unless alternatives are wanted, on others at random.</summary>
    public bool TryPlace(int group, int now, out DeadEnd deadEnd) =>
        TryPlace(group, now, inTimeFirst: false, out deadEnd)
        || (_model.Members(group).Length > 1
            && (TryPlace(group, now, inTimeFirst: true, out _) || (_wanted is null && TryPlaceAtRandom(group, now))));

    bool TryPlaceAtRandom(int group, int now)
    {
        var random = new Random(group);
        _wanted = new int[_model.OperationCount];
        for (var draw = 0; draw < DrawsMax; draw++)
        {
            foreach (var i in _model.Members(group))
                _wanted[i] = random.Next(_model.AlternativeOffset[i], _model.AlternativeOffset[i + 1]);
            if (!TryPlace(group, now, inTimeFirst: false, out _)) continue;
            _wanted = null;
            return true;
        }
        _wanted = null;
        return false;
    }

    bool TryPlace(int group, int now, bool inTimeFirst, out DeadEnd deadEnd)
    {
        deadEnd = new DeadEnd(_lead[group], -1);
        foreach (var operation in _model.Members(group))
            (_startFloor[operation], _endFloor[operation]) = (_heldUntil?[operation] ?? 0, 0);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (!TryPlaceMembers(group, now, inTimeFirst, ref deadEnd)) { Undo(group); return false; }
            var isKept = RaiseFloors(group, ref deadEnd);
            if (isKept == true) return true;
            Undo(group);
            if (isKept is null) return false;
            if (attempt == AttemptsInGaps) _startFloor[_lead[group]] = EndOfEverything();
        }
        return false;
    }

    /// <summary>A placed operation of the group that comes too late, or too early, for one that is fixed.</summary>
    public DeadEnd? FindBrokenArc(int group)
    {
        if (!_hasLocks) return null;
        foreach (var operation in _model.Members(group))
        {
            if (_model.IsFixed(operation)) continue;
            foreach (var arc in _model.Successors(operation))
                if (_model.IsFixed(_model.ArcTo[arc]) && Lag(arc) < _model.ArcMinLag[arc])
                    return new DeadEnd(operation, _model.ArcTo[arc]);
        }
        return null;
    }

    /// <summary>False if a placed operation behind the group, outside of it or fixed, starts or ends too
    /// early.</summary>
    public bool KeepsSuccessors(int group)
    {
        foreach (var operation in _model.Members(group))
        {
            if (_model.IsFixed(operation)) continue;
            foreach (var arc in _model.Successors(operation))
                if (_table.IsPlaced(_model.ArcTo[arc]) && Lag(arc) < _model.ArcMinLag[arc]) return false;
        }
        return true;
    }

    /// <summary>An operation that was left over, or a lock whose setup has lost its time.</summary>
    public DeadEnd? FindUnplaced()
    {
        for (var i = 0; i < _model.OperationCount; i++)
        {
            if (!_table.IsPlaced(i)) return new DeadEnd(i, -1);
            var before = _table.Previous[i];
            if (_model.IsRunning(i) || _table.SetupStart[i] >= (before < 0 ? 0 : _table.End[before])) continue;
            return new DeadEnd(i, before);
        }
        return null;
    }

    /// <summary>Per group the latest start that the locks behind it allow; never where there is none.</summary>
    public int[] LatestStarts()
    {
        var latest = new int[_model.OperationCount];
        var byGroup = new int[_model.GroupCount];
        Array.Fill(byGroup, ModelTime.Never);
        for (var i = latest.Length - 1; i >= 0; i--)
        {
            var operation = _model.TopologicalOrder[i];
            var isLocked = _model.IsFixed(operation) && !_model.IsRunning(operation);
            latest[operation] = isLocked ? _model.FixedStart[operation] : ModelTime.Never;
            foreach (var arc in _model.Successors(operation))
            {
                var next = latest[_model.ArcTo[arc]];
                if (next == ModelTime.Never || isLocked) continue;
                latest[operation] = Math.Min(latest[operation],
                    next - _model.Bounds.Span[operation] - _model.ArcMinLag[arc]);
            }
            ref var group = ref byGroup[_model.GroupOf[operation]];
            group = Math.Min(group, latest[operation]);
        }
        return byGroup;
    }

    int FindLead(int group)
    {
        foreach (var operation in _model.Members(group)) if (!_model.IsFixed(operation)) return operation;
        return -1;
    }

    bool TryPlaceMembers(int group, int now, bool inTimeFirst, ref DeadEnd deadEnd)
    {
        foreach (var operation in _model.Members(group))
        {
            if (_model.IsFixed(operation)) continue;
            var (best, bestDelay) = (Slot.None, long.MaxValue);
            for (var a = _model.AlternativeOffset[operation]; a < _model.AlternativeOffset[operation + 1]; a++)
            {
                if (_wanted is not null && _wanted[operation] >= 0 && _wanted[operation] != a) continue;
                var slot = Earliest(operation, a, now);
                var delay = inTimeFirst ? OverLag(operation, slot) : 0;
                if ((delay, slot.End).CompareTo((bestDelay, best.End)) < 0) (best, bestDelay) = (slot, delay);
            }
            if (!best.Exists) { deadEnd = new DeadEnd(operation, -1); return false; }
            _table.Place(operation, best);
        }
        return true;
    }

    /// <summary>By how much the slot comes later than the maximum lags behind its predecessors allow.</summary>
    long OverLag(int operation, Slot slot)
    {
        var over = 0L;
        foreach (var arc in _model.Predecessors(operation))
            if (_model.HasMaxLag(arc) && _table.IsPlaced(_model.ArcFrom[arc]))
                over = Math.Max(over, (long)Lag(arc, slot.Start, slot.End) - _model.ArcMaxLag[arc]);
        return over;
    }

    Slot Earliest(int operation, int alternative, int now)
    {
        var (ready, endFloor) = _table.ReadyTime(operation);
        return _table.Earliest(operation, alternative, Math.Max(ready, _startFloor[operation]),
            Math.Max(endFloor, _endFloor[operation]), Frontier(_model.AlternativeEquipment[alternative], now));
    }

    void Undo(int group)
    {
        foreach (var operation in _model.Members(group))
        {
            if (_model.IsFixed(operation) || !_table.IsPlaced(operation)) continue;
            ref var frontier = ref _frontier[_table.EquipmentOf(operation)];
            if (frontier == operation) frontier = _table.Previous[operation];
            _table.Remove(operation);
        }
    }

    /// <summary>True if all lags of the group hold; false after raising floors so that they may next time; null if a
    /// fixed operation makes it impossible.</summary>
    bool? RaiseFloors(int group, ref DeadEnd deadEnd)
    {
        if (_model.Members(group).Length == 1) return true;
        var isKept = true;
        foreach (var operation in _model.Members(group))
        {
            foreach (var arc in _model.Predecessors(operation))
            {
                if (!_model.HasMaxLag(arc) || Lag(arc) <= _model.ArcMaxLag[arc]) continue;
                var before = _model.ArcFrom[arc];
                if (_model.IsFixed(before)) { deadEnd = new DeadEnd(operation, before); return null; }
                Raise(arc, before, operation);
                isKept = false;
            }
        }
        return isKept;
    }

    void Raise(int arc, int before, int operation)
    {
        var target = _model.ArcKind[arc] == LagKind.EndEnd ? _table.End[operation] : _table.Start[operation];
        var floors = _model.ArcKind[arc] == LagKind.StartStart ? _startFloor : _endFloor;
        floors[before] = Math.Max(floors[before], target - _model.ArcMaxLag[arc]);
    }

    int Lag(int arc) => Lag(arc, _table.Start[_model.ArcTo[arc]], _table.End[_model.ArcTo[arc]]);

    /// <summary>The lag of an arc whose later operation has these times.</summary>
    int Lag(int arc, int start, int end) => _model.ArcKind[arc] switch
    {
        LagKind.EndStart => start - _table.End[_model.ArcFrom[arc]],
        LagKind.StartStart => start - _table.Start[_model.ArcFrom[arc]],
        _ => end - _table.End[_model.ArcFrom[arc]],
    };

    int EndOfEverything()
    {
        var end = 0;
        foreach (var last in _table.Last) if (last >= 0) end = Math.Max(end, _table.End[last]);
        return end;
    }
}
