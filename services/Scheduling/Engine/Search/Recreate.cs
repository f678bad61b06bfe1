using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Search;

/// <summary>In which order freed groups are put back.</summary>
enum InsertionOrder
{
    /// <summary>By their old starts, a little disturbed.</summary>
    OldStart,

    /// <summary>Job by job, the late ones with the most weight first.</summary>
    LateFirst,

    /// <summary>By the latest start that the due date allows.</summary>
    Slack,

    /// <summary>Job by job at random.</summary>
    RandomJobs,
}

/// <summary>The recreate half: puts freed groups back, each into the gap where it ends first, setups weighed in. All
/// restrictions are kept; what stands outside does not move. Now and then an alternative is overlooked (a blink, as
/// Christiaens and Vanden Berghe 2020 have it) or an operation held back, for what ends first is not always best: it
/// may take the tool, or break the setup, of another.</summary>
sealed class Recreate
{
    const double SpreadMax = 4 * 3600;
    const int BlinkOneIn = 8;
    const int GroupBlinkOneIn = 3;
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly GroupPlacer _groups;
    readonly Score _score;
    readonly FreedGroups _freed;
    readonly Random _random;
    readonly IndexHeap _open = new();
    readonly double[] _key;
    readonly int[] _waiting;
    readonly HoldingBack _holding;
    readonly int[] _wanted, _heldUntil;
    readonly bool _hasSetups;
    double _setupCost;
    bool _countsFromBaseline, _blinks;

    public Recreate(CompiledModel model, Timetable table, GroupPlacer groups, Score score, FreedGroups freed,
        Random random)
    {
        (_model, _table, _groups, _score, _freed, _random) = (model, table, groups, score, freed, random);
        (_key, _waiting) = (new double[model.GroupCount], new int[model.GroupCount]);
        _hasSetups = model.EquipmentSetup.Any(setup => setup is not null);
        _holding = new HoldingBack(model, table, random);
        (_wanted, _heldUntil) = (new int[model.OperationCount], new int[model.OperationCount]);
        groups.Reset(_wanted, _heldUntil); // which reads there what Wish has drawn
    }

    /// <summary>Sets the keys of the freed groups while they still have their places.</summary>
    public void Prepare(InsertionOrder order)
    {
        var spread = _random.NextDouble() * SpreadMax;
        foreach (var group in _freed.Items)
        {
            var lead = _groups.Lead(group);
            var (job, start) = (_model.JobOf[lead], _table.Start[lead]);
            _key[group] = order switch
            {
                InsertionOrder.OldStart => start + _random.NextDouble() * spread,
                InsertionOrder.LateFirst => start - 1e3 * _score.Tardiness(job),
                InsertionOrder.Slack => _model.JobDue[job] - (double)_model.Bounds.Tail[lead]
                    - _model.Bounds.Span[lead] + _random.NextDouble() * spread,
                _ => start + 1e12 * HashOf(job),
            };
        }
        _blinks = _random.Next(2) == 0;
        _setupCost = _hasSetups ? _random.Next(4) : 0;
        _holding.Draw();
        _countsFromBaseline = _holding.ToBaseline && _random.Next(2) == 0;
    }

    /// <summary>Places what is freed; false if something finds no place or comes too late for what stands.</summary>
    public bool TryPlace()
    {
        _open.Clear();
        foreach (var group in _freed.Items) _waiting[group] = 0;
        foreach (var group in _freed.Items)
            foreach (var operation in _model.Members(group))
                foreach (var arc in _model.Successors(operation))
                    if (IsOutside(group, arc)) _waiting[_model.GroupOf[_model.ArcTo[arc]]]++;
        foreach (var group in _freed.Items) if (_waiting[group] == 0) _open.Push(_key[group], group);
        while (_open.Count > 0)
        {
            var group = _open.Pop().Item;
            if (!TryPlace(group) || !_groups.KeepsSuccessors(group)) return false;
            foreach (var operation in _model.Members(group))
                foreach (var arc in _model.Successors(operation))
                    if (IsOutside(group, arc)) Release(_model.GroupOf[_model.ArcTo[arc]]);
        }
        return true;
    }

    /// <summary>True if the arc leads into another freed group.</summary>
    bool IsOutside(int group, int arc)
    {
        var other = _model.GroupOf[_model.ArcTo[arc]];
        return other != group && _freed.Contains(other);
    }

    void Release(int group)
    {
        if (--_waiting[group] == 0) _open.Push(_key[group], group);
    }

    bool TryPlace(int group)
    {
        var members = _model.Members(group);
        if (members.Length > 1)
        {
            foreach (var member in members) Wish(member);
            return _groups.TryPlace(group, -1, out _);
        }
        var operation = members[0];
        var (ready, endFloor) = _table.ReadyTime(operation);
        ready = Math.Max(ready, _holding.Floor(operation));
        var (best, bestCost) = (Slot.None, double.MaxValue);
        var isFromBaseline = _countsFromBaseline && _model.BaselineEquipment[operation] >= 0;
        var mayBlink = _blinks && _model.AlternativeOffset[operation + 1] - _model.AlternativeOffset[operation] > 1;
        for (var a = _model.AlternativeOffset[operation]; a < _model.AlternativeOffset[operation + 1]; a++)
        {
            if (mayBlink && _random.Next(BlinkOneIn) == 0) continue;
            var equipment = _model.AlternativeEquipment[a];
            var slot = _table.Earliest(operation, a, ready, endFloor, _table.LastRunning[equipment]);
            if (!slot.Exists) continue;
            var cost = (isFromBaseline ? _model.Displacement(operation, equipment, slot.Start) : slot.End)
                + (_setupCost > 0 ? _setupCost * _table.Setup(equipment, slot.After, a) : 0);
            if (cost < bestCost) (best, bestCost) = (slot, cost);
        }
        if (!best.Exists) return false;
        _table.Place(operation, _holding.Later(operation, best, endFloor));
        return true;
    }

    /// <summary>Draws where and when a member of a group should go.</summary>
    void Wish(int operation)
    {
        (_wanted[operation], _heldUntil[operation]) = (-1, 0);
        if (_model.IsFixed(operation)) return;
        _heldUntil[operation] = _holding.HeldUntil(operation);
        if (_countsFromBaseline) _wanted[operation] = _model.AlternativeOn(operation, _model.BaselineEquipment[operation]);
        if (_blinks && _random.Next(GroupBlinkOneIn) == 0)
            _wanted[operation] = _random.Next(_model.AlternativeOffset[operation],
                _model.AlternativeOffset[operation + 1]);
    }

    /// <summary>A random number from 0 to 1 for a job, the same during one insertion.</summary>
    double HashOf(int job)
    {
        var hash = ((uint)job * 2654435761u) ^ _salt;
        hash ^= hash >> 15;
        return (hash * 2246822519u) / (double)uint.MaxValue;
    }

    uint _salt;

    /// <summary>Draws the random order of jobs anew.</summary>
    public void Shuffle() => _salt = (uint)_random.Next();
}
