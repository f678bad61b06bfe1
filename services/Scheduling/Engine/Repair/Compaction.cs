using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>
/// Moves operations into the open time before them, in the order of their starts, until none is left idle without
/// cause. What is bound together by maximum lags moves as one. No objective gets worse that looks at ends and setups:
/// none ends later, and no setup is added.
/// </summary>
sealed class Compaction(CompiledModel model, Timetable table, bool[] isMovable, int notBefore)
{
    const int PassesMax = 10;
    readonly GroupPlacer _groups = new(model, table);
    readonly int[] _heldUntil = [.. Enumerable.Repeat(notBefore, model.OperationCount)];
    readonly List<(int Operation, int Start, int End)> _before = [];
    readonly List<int> _followers = [];

    /// <summary>True if anything was moved.</summary>
    public bool Run()
    {
        var hasMoved = false;
        for (var pass = 0; pass < PassesMax && Pass(); pass++) hasMoved = true;
        return hasMoved;
    }

    bool Pass()
    {
        var (starts, order) = (table.Start.ToArray(), Enumerable.Range(0, model.OperationCount).ToArray());
        Array.Sort(starts, order);
        var hasMoved = false;
        foreach (var operation in order)
        {
            if (!isMovable[operation] || model.IsFixed(operation) || table.Start[operation] <= notBefore) continue;
            var group = model.GroupOf[operation];
            if (model.Members(group).Length == 1) hasMoved |= TryMove(operation);
            else if (_groups.Lead(group) == operation) hasMoved |= TryMoveGroup(group);
        }
        return hasMoved;
    }

    /// <summary>Into the first gap that takes it; where that would cost setups, to the left behind the same one.</summary>
    bool TryMove(int operation)
    {
        var (ready, endFloor) = table.ReadyTime(operation);
        ready = Math.Max(ready, notBefore);
        var before = table.Previous[operation];
        return TryMove(operation, ready, endFloor)
            || (before >= 0 && TryMove(operation, Math.Max(ready, table.End[before]), endFloor));
    }

    bool TryMove(int operation, int ready, int endFloor)
    {
        var (start, end) = (table.Start[operation], table.End[operation]);
        var alternative = table.Alternative[operation];
        if (start <= ready) return false;
        var (equipment, setup) = (table.EquipmentOf(operation), table.TotalSetup);
        var next = table.Next(equipment, operation);
        table.Record();
        table.Remove(operation);
        var slot = table.Earliest(operation, alternative, ready, endFloor, table.LastRunning[equipment]);
        if (slot.Exists && slot.Start < start && slot.End <= end)
        {
            table.Place(operation, slot);
            if (table.TotalSetup <= setup && (next < 0 || table.IsSetUp(next))) return true;
        }
        table.UndoTo(0);
        return false;
    }

    bool TryMoveGroup(int group)
    {
        var setup = table.TotalSetup;
        var alternatives = table.Alternative.ToArray();
        table.Record();
        TakeOut(group);
        _groups.Reset(alternatives, _heldUntil);
        if (_groups.TryPlace(group, 0, out _) && table.TotalSetup <= setup && IsEarlier()
            && _followers.TrueForAll(table.IsSetUp) && _groups.FindBrokenArc(group) is null
            && _groups.KeepsSuccessors(group))
            return true;
        table.UndoTo(0);
        return false;
    }

    void TakeOut(int group)
    {
        _before.Clear();
        _followers.Clear();
        foreach (var operation in model.Members(group))
        {
            if (model.IsFixed(operation)) continue;
            _before.Add((operation, table.Start[operation], table.End[operation]));
            if (table.Next(table.EquipmentOf(operation), operation) is var next and >= 0) _followers.Add(next);
            table.Remove(operation);
        }
    }

    bool IsEarlier() => _before.TrueForAll(was => table.Start[was.Operation] <= was.Start
            && table.End[was.Operation] <= was.End)
        && _before.Exists(was => table.Start[was.Operation] < was.Start);
}
