using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>
/// Serial schedule generation: operations in the order of their keys, predecessors first, each into the first gap of
/// its equipment that takes it. Knows every restriction of the model; the timing pass of the general search.
/// </summary>
sealed class SerialDecoder
{
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly GroupPlacer _groups;
    readonly IndexHeap _open = new();
    readonly Column _waiting;

    public SerialDecoder(CompiledModel model)
    {
        _model = model;
        _table = new Timetable(model);
        _groups = new GroupPlacer(model, _table);
        _waiting = new Column(new int[model.GroupCount * Column.Stride], 0);
    }

    /// <summary>Per group the latest start that the locks behind it allow; never where there is none.</summary>
    public int[] LatestStarts() => _groups.LatestStarts();

    /// <summary>The plan of these keys, valid until the next call, or null if some operation found no place.</summary>
    /// <param name="key">Per operation; a group goes by its first.</param>
    /// <param name="alternative">Per operation the alternative to take; −1: the one on which it ends first.</param>
    public Solution? Decode(double[] key, int[] alternative)
    {
        _table.Clear();
        _groups.Reset(alternative);
        _open.Clear();
        _groups.CountUnplacedPredecessors(_waiting);
        for (var group = 0; group < _model.GroupCount; group++)
            if (_waiting[group] == 0 && _groups.IsOpen(group)) _open.Push(key[_groups.Lead(group)], group);
        while (_open.Count > 0)
        {
            var group = _open.Pop().Item;
            if (!_groups.TryPlace(group, 0, out _) || _groups.FindBrokenArc(group) is not null) return null;
            foreach (var next in _groups.ReleasedBy(group, _waiting)) _open.Push(key[_groups.Lead(next)], next);
        }
        return _groups.FindUnplaced() is null ? _table.ToSolution() : null;
    }
}
