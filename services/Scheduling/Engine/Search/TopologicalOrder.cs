namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// All operations, predecessors first, kept up to date by window: a move shifts only what stands between the old and
/// the new place, and finds there whether it closes a cycle (Pearce and Kelly 2006).
/// </summary>
/// <param name="shop">The chains.</param>
/// <param name="before">Per operation the one before on the machine, as it is after the move.</param>
/// <param name="after">Per operation the one after on the machine, as it is after the move.</param>
sealed class TopologicalOrder(DisjunctiveShop shop, int[] before, int[] after)
{
    readonly bool[] _marked = new bool[shop.Count + 1];
    readonly int[] _moved = new int[shop.Count];

    public int[] Order { get; } = new int[shop.Count];

    public int[] Position { get; } = new int[shop.Count + 1];

    /// <summary>Moves an operation, with all that depends on it within the window, behind the window's end.</summary>
    public bool TryMoveRight(int operation, int end)
    {
        var start = Position[operation];
        var (kept, moved) = (start, 0);
        var last = Order[end];
        for (var i = start; i <= end; i++)
        {
            var x = Order[i];
            if (x == operation || _marked[shop.JobPredecessor[x]] || _marked[before[x]])
            {
                _marked[x] = true;
                _moved[moved++] = x;
            }
            else
            {
                (Order[kept], Position[x]) = (x, kept);
                kept++;
            }
        }
        var isCycle = _marked[last];
        for (var i = 0; i < moved; i++) _marked[_moved[i]] = false;
        if (isCycle) { PutBack(start, end, kept - 1, moved - 1); return false; }
        for (var i = 0; i < moved; i++, kept++) (Order[kept], Position[_moved[i]]) = (_moved[i], kept);
        return true;
    }

    /// <summary>Moves an operation, with all that it depends on within the window, before the window's start.</summary>
    public bool TryMoveLeft(int operation, int start)
    {
        var end = Position[operation];
        var (kept, moved) = (end, 0);
        var first = Order[start];
        for (var i = end; i >= start; i--)
        {
            var x = Order[i];
            if (x == operation || _marked[shop.JobSuccessor[x]] || _marked[after[x]])
            {
                _marked[x] = true;
                _moved[moved++] = x;
            }
            else
            {
                (Order[kept], Position[x]) = (x, kept);
                kept--;
            }
        }
        var isCycle = _marked[first];
        for (var i = 0; i < moved; i++) _marked[_moved[i]] = false;
        if (isCycle) { PutBack(end, start, kept + 1, moved - 1); return false; }
        for (var i = 0; i < moved; i++, kept--) (Order[kept], Position[_moved[i]]) = (_moved[i], kept);
        return true;
    }

    /// <summary>Restores the window of a move that failed: what was to move still knows its position.</summary>
    void PutBack(int start, int end, int kept, int moved)
    {
        var step = start <= end ? 1 : -1;
        for (var i = end; i != start - step; i -= step)
        {
            var isMoved = moved >= 0 && Position[_moved[moved]] == i;
            var x = isMoved ? _moved[moved--] : Order[kept];
            if (!isMoved) kept -= step;
            (Order[i], Position[x]) = (x, i);
        }
    }
}
