using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>
/// Moves some operations of a plan, each to any of its equipment, as far to one side as the room between all others
/// allows; nothing else moves. What is bound together by maximum lags keeps its equipment on the way to the left and
/// stays where it is on the way to the right.
/// </summary>
public sealed class Replacement
{
    const int PassesMax = 10;
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly int[] _order;

    Replacement(CompiledModel model, Plan plan, IReadOnlySet<string> operations)
    {
        (_model, _table) = (model, new Timetable(model));
        _table.Load(Solution.From(model, plan.Operations));
        _order = [.. model.TopologicalOrder.Where(i => operations.Contains(model.Operations[i].Id)
            && !model.IsFixed(i) && model.Members(model.GroupOf[i]).Length == 1)];
    }

    /// <summary>The plan with the operations as early as they can be.</summary>
    /// <param name="model">The model of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="operations">Their ids.</param>
    /// <param name="notBeforeSeconds">The earliest instant that they may move to.</param>
    public static Plan Earliest(
        CompiledModel model, Plan plan, IReadOnlySet<string> operations, int notBeforeSeconds = 0)
    {
        var compact = PlanRepair.Compact(model, plan, row => operations.Contains(row.OperationId), notBeforeSeconds);
        var moves = new Replacement(model, compact, operations);
        var hasMoved = false;
        for (var pass = 0; pass < PassesMax && moves.PassToTheLeft(notBeforeSeconds); pass++) hasMoved = true;
        return hasMoved ? moves.Assemble(plan) : compact;
    }

    /// <summary>The plan with the operations as late as an end allows; none moves to the left.</summary>
    /// <param name="model">The model of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="operations">Their ids.</param>
    /// <param name="endsBySeconds">When they must have ended; they do so in the plan.</param>
    public static Plan Latest(CompiledModel model, Plan plan, IReadOnlySet<string> operations, int endsBySeconds)
    {
        var moves = new Replacement(model, plan, operations);
        var hasMoved = false;
        foreach (var operation in moves._order.Reverse()) hasMoved |= moves.TryToTheRight(operation, endsBySeconds);
        return hasMoved ? moves.Assemble(plan) : plan;
    }

    Plan Assemble(Plan plan) => PlanAssembly.Assemble(_model, _table.ToSolution(), plan.BoundMeasures, plan.Method);

    bool PassToTheLeft(int notBefore)
    {
        var hasMoved = false;
        foreach (var operation in _order)
        {
            var (ready, endFloor) = _table.ReadyTime(operation);
            var (start, end) = (_table.Start[operation], _table.End[operation]);
            hasMoved |= TryMove(operation, alternative =>
                First(operation, alternative, Math.Max(ready, notBefore), endFloor),
                slot => slot.Start <= start && (slot.End < end || (slot.End == end && slot.Start < start)),
                slot => -slot.End);
        }
        return hasMoved;
    }

    bool TryToTheRight(int operation, int endsBy)
    {
        var start = _table.Start[operation];
        var (ready, endFloor) = _table.ReadyTime(operation);
        var (latestStart, latestEnd) = LatestBySuccessors(operation, endsBy);
        return TryMove(operation, Last, slot => slot.Start > start, slot => slot.Start);

        // the later one looks, the later are start and end of what one finds
        Slot Last(int alternative)
        {
            var best = Slot.None;
            for (var (low, high) = (Math.Max(ready, start), latestStart); low <= high;)
            {
                var middle = low + ((high - low) / 2);
                var slot = First(operation, alternative, middle, endFloor);
                var fits = slot.Exists && slot.Start <= latestStart && slot.End <= latestEnd;
                if (fits) best = slot;
                (low, high) = fits ? (slot.Start + 1, high) : (low, middle - 1);
            }
            return best;
        }
    }

    Slot First(int operation, int alternative, int ready, int endFloor) => _table.Earliest(
        operation, alternative, ready, endFloor, _table.LastRunning[_model.AlternativeEquipment[alternative]]);

    /// <summary>To the best place of all equipment, where that takes nobody's setup and breaks no arc.</summary>
    bool TryMove(int operation, Func<int, Slot> find, Func<Slot, bool> isWanted, Func<Slot, int> value)
    {
        var own = _table.Alternative[operation];
        var next = _table.Next(_table.EquipmentOf(operation), operation);
        _table.Record();
        _table.Remove(operation);
        // on a tie it keeps its equipment
        foreach (var slot in Enumerable.Range(_model.AlternativeOffset[operation],
                     _model.AlternativeOffset[operation + 1] - _model.AlternativeOffset[operation])
                 .Select(find).Where(slot => slot.Exists && isWanted(slot))
                 .OrderByDescending(value).ThenBy(slot => slot.Alternative != own).ToList())
        {
            _table.Place(operation, slot);
            if ((next < 0 || _table.IsSetUp(next)) && KeepsSuccessors(operation)) return true;
            _table.Remove(operation);
        }
        _table.UndoTo(0);
        return false;
    }

    bool KeepsSuccessors(int operation)
    {
        var (latestStart, latestEnd) = LatestBySuccessors(operation, ModelTime.MaxSeconds);
        return _table.Start[operation] <= latestStart && _table.End[operation] <= latestEnd;
    }

    (int Start, int End) LatestBySuccessors(int operation, int endsBy)
    {
        var (start, end) = (endsBy, endsBy);
        foreach (var arc in _model.Successors(operation))
        {
            var (after, lag) = (_model.ArcTo[arc], _model.ArcMinLag[arc]);
            if (_model.ArcKind[arc] == LagKind.StartStart) start = Math.Min(start, _table.Start[after] - lag);
            else if (_model.ArcKind[arc] == LagKind.EndEnd) end = Math.Min(end, _table.End[after] - lag);
            else end = Math.Min(end, _table.Start[after] - lag);
        }
        return (start, end);
    }
}
