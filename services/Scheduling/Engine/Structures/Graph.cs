namespace Mes.Scheduling.Engine.Structures;

/// <summary>Directed graphs in compressed rows: order, components and cycles.</summary>
static class Graph
{
    /// <summary>Row offsets and, per row, the positions of <paramref name="keys"/> that belong to it, in
    /// order.</summary>
    public static (int[] Offset, int[] Item) Rows(int[] keys, int rowCount)
    {
        var offset = new int[rowCount + 1];
        foreach (var key in keys) offset[key + 1]++;
        for (var row = 0; row < rowCount; row++) offset[row + 1] += offset[row];
        var next = offset.AsSpan(0, rowCount).ToArray();
        var item = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++) item[next[keys[i]]++] = i;
        return (offset, item);
    }

    /// <summary>Nodes with every arc pointing forward; fewer than all of them if there is a cycle. Their own order where
    /// it is one: what goes through them goes through memory as it lies.</summary>
    public static int[] TopologicalOrder(int nodeCount, int[] from, int[] to)
    {
        if (PointForward(from, to)) return [.. Enumerable.Range(0, nodeCount)];
        var (offset, arc) = Rows(from, nodeCount);
        var missing = new int[nodeCount];
        foreach (var node in to) missing[node]++;
        var order = new int[nodeCount];
        var count = 0;
        for (var node = 0; node < nodeCount; node++) if (missing[node] == 0) order[count++] = node;
        for (var done = 0; done < count; done++)
        {
            for (var k = offset[order[done]]; k < offset[order[done] + 1]; k++)
                if (--missing[to[arc[k]]] == 0) order[count++] = to[arc[k]];
        }
        return order[..count];
    }

    static bool PointForward(int[] from, int[] to)
    {
        for (var arc = 0; arc < from.Length; arc++) if (from[arc] >= to[arc]) return false;
        return true;
    }

    /// <summary>One short cycle of each strongly connected component that has one: the shortest through any of its
    /// first nodes (through all of them would cost too much in a large component).</summary>
    public static IEnumerable<int[]> Cycles(int nodeCount, int[] from, int[] to)
    {
        var component = Components(nodeCount, from, to);
        var inner = Enumerable.Range(0, from.Length).Where(arc => component[from[arc]] == component[to[arc]]);
        foreach (var arcs in inner.GroupBy(arc => component[from[arc]]))
        {
            var next = arcs.ToLookup(arc => from[arc], arc => to[arc]);
            yield return next.Take(64).Select(row => ShortestCycle(row.Key, next)).MinBy(cycle => cycle.Length)!;
        }
    }

    /// <summary>The number of the strongly connected component of each node (Tarjan 1972, without recursion).</summary>
    public static int[] Components(int nodeCount, int[] from, int[] to)
    {
        var (offset, arc) = Rows(from, nodeCount);
        var component = new int[nodeCount];
        var index = new int[nodeCount];
        var low = new int[nodeCount];
        var next = offset.AsSpan(0, nodeCount).ToArray();
        Array.Fill(component, -1);
        Stack<int> path = new(), open = new();
        int visited = 0, components = 0;
        for (var root = 0; root < nodeCount; root++)
        {
            if (index[root] != 0) continue;
            Enter(root);
            while (path.TryPeek(out var node))
            {
                if (next[node] < offset[node + 1])
                {
                    var target = to[arc[next[node]++]];
                    if (index[target] == 0) Enter(target);
                    else if (component[target] < 0) low[node] = Math.Min(low[node], index[target]);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var parent)) low[parent] = Math.Min(low[parent], low[node]);
                if (low[node] == index[node]) Close(node);
            }
        }
        return component;

        void Enter(int node)
        {
            index[node] = low[node] = ++visited;
            path.Push(node);
            open.Push(node);
        }

        void Close(int node)
        {
            int member;
            do component[member = open.Pop()] = components;
            while (member != node);
            components++;
        }
    }

    static int[] ShortestCycle(int start, ILookup<int, int> next)
    {
        var cameFrom = new Dictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node) && !cameFrom.ContainsKey(start))
        {
            foreach (var target in next[node])
                if (cameFrom.TryAdd(target, node)) queue.Enqueue(target);
        }
        var cycle = new List<int> { start };
        for (var node = cameFrom[start]; node != start; node = cameFrom[node]) cycle.Add(node);
        cycle.Reverse(1, cycle.Count - 1);
        return [.. cycle];
    }
}
