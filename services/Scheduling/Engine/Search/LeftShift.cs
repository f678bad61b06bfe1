using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;

namespace Mes.Scheduling.Engine.Search;

/// <summary>Moves every operation, in the order of their starts, on its equipment to the first gap that takes it; none
/// starts later than before.</summary>
sealed class LeftShift(CompiledModel model, Timetable table)
{
    readonly int[] _start = new int[model.OperationCount];
    readonly int[] _order = new int[model.OperationCount];
    readonly int[] _changed = new int[model.OperationCount];

    /// <summary>The operations that were moved.</summary>
    public ReadOnlySpan<int> Run()
    {
        for (var i = 0; i < _order.Length; i++) (_order[i], _start[i]) = (i, table.Start[i]);
        Array.Sort(_start, _order);
        var count = 0;
        foreach (var operation in _order)
            if (!model.IsFixed(operation) && model.Members(model.GroupOf[operation]).Length == 1 && TryMove(operation))
                _changed[count++] = operation;
        return _changed.AsSpan(0, count);
    }

    bool TryMove(int operation)
    {
        var (ready, endFloor) = table.ReadyTime(operation);
        var (start, alternative) = (table.Start[operation], table.Alternative[operation]);
        if (start <= ready) return false;
        var equipment = table.EquipmentOf(operation);
        var (mark, next) = (table.Mark, table.Next(equipment, operation));
        table.Remove(operation);
        var slot = table.Earliest(operation, alternative, ready, endFloor, table.LastRunning[equipment]);
        if (slot.Start < start)
        {
            table.Place(operation, slot);
            if (next < 0 || table.IsSetUp(next)) return true;
        }
        table.UndoTo(mark);
        return false;
    }
}
