using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>
/// Operations bound by maximum lags, and whatever lies on a way between them, form a group that is placed as a whole;
/// every other operation is a group of its own. The groups form a graph without cycles.
/// </summary>
static class Groups
{
    public static void Build(CompiledModel compiled)
    {
        var bound = Union(compiled);
        var from = Array.ConvertAll(compiled.ArcFrom, operation => bound[operation]);
        var to = Array.ConvertAll(compiled.ArcTo, operation => bound[operation]);
        var component = Graph.Components(compiled.OperationCount, from, to);
        var numbers = new Dictionary<int, int>();
        compiled.GroupOf = new int[compiled.OperationCount];
        foreach (var operation in compiled.TopologicalOrder)
        {
            numbers.TryAdd(component[bound[operation]], numbers.Count);
            compiled.GroupOf[operation] = numbers[component[bound[operation]]];
        }
        var keys = Array.ConvertAll(compiled.TopologicalOrder, operation => compiled.GroupOf[operation]);
        (compiled.GroupOffset, var positions) = Graph.Rows(keys, numbers.Count);
        compiled.GroupMember = Array.ConvertAll(positions, position => compiled.TopologicalOrder[position]);
    }

    /// <summary>For each operation a representative of those it is bound to by maximum lags.</summary>
    static int[] Union(CompiledModel compiled)
    {
        var parent = Enumerable.Range(0, compiled.OperationCount).ToArray();
        for (var arc = 0; arc < compiled.ArcFrom.Length; arc++)
            if (compiled.HasMaxLag(arc)) parent[Root(compiled.ArcFrom[arc])] = Root(compiled.ArcTo[arc]);
        for (var operation = 0; operation < parent.Length; operation++) parent[operation] = Root(operation);
        return parent;

        int Root(int operation)
        {
            while (parent[operation] != operation) operation = parent[operation] = parent[parent[operation]];
            return operation;
        }
    }
}
