using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>When an order that is not placed yet could be done.</summary>
/// <param name="EndSeconds">End of its last operation.</param>
/// <param name="Operations">Where its operations would go, each with what it waits for.</param>
public sealed record Promise(int EndSeconds, IReadOnlyList<PlannedOperation> Operations)
{
    /// <summary>Puts a new job into the gaps of a plan, each operation where it ends first; nothing planned moves.
    /// Equipment, calendars, setups on both sides and resources are kept, as in planning. O(N).</summary>
    /// <param name="model">The model of the plan.</param>
    /// <param name="plan">The plan; operations of the model that it lacks are placed before the new job.</param>
    /// <param name="job">The new job; its ids are none of the model's.</param>
    /// <param name="precedences">Arcs that end in the new job.</param>
    /// <exception cref="ModelRefusedException">The job is malformed, or finds no place; says why.</exception>
    /// <exception cref="ArgumentException">An arc ends outside of the job.</exception>
    public static Promise For(CompiledModel model, IEnumerable<PlannedOperation> plan, Job job,
        IEnumerable<Precedence> precedences)
    {
        var arcs = precedences.ToArray();
        var own = job.Operations.Select(operation => operation.Id).ToHashSet();
        if (arcs.FirstOrDefault(arc => !own.Contains(arc.To)) is { } stray)
            throw new ArgumentException($"{stray} does not end in job {job.Id}.", nameof(precedences));
        var extended = model.Source with
        {
            Jobs = [.. model.Source.Jobs, job],
            Precedences = [.. model.Source.Precedences, .. arcs],
        };
        var compiled = extended.Compile();
        var table = new Timetable(compiled);
        PlacePlanned(compiled, table, plan.ToDictionary(planned => planned.OperationId));
        PlaceOthers(compiled, new GroupPlacer(compiled, table), compiled.JobCount - 1);
        return Read(compiled, table.ToSolution());
    }

    static void PlacePlanned(CompiledModel model, Timetable table, Dictionary<string, PlannedOperation> plan)
    {
        var after = (int[])table.LastRunning.Clone();
        var free = Enumerable.Range(0, model.OperationCount).Where(i => !model.IsFixed(i)).ToArray();
        var places = free.ToDictionary(i => i, i => plan.GetValueOrDefault(model.Operations[i].Id));
        var open = free.Where(i => places[i] is null || model.AlternativeOn(i, places[i]!.EquipmentId) < 0)
            .Select(i => model.GroupOf[i]).ToHashSet(); // groups that are to be placed anew as a whole
        foreach (var i in free.Where(i => !open.Contains(model.GroupOf[i]))
            .OrderBy(i => places[i]!.StartSeconds).ThenBy(i => places[i]!.EndSeconds))
        {
            var place = places[i]!;
            var alternative = model.AlternativeOn(i, place.EquipmentId);
            var equipment = model.AlternativeEquipment[alternative];
            for (var next = table.Next(equipment, after[equipment]); next >= 0
                 && (table.Start[next], table.End[next]).CompareTo((place.StartSeconds, place.EndSeconds)) < 0;
                 next = table.Next(equipment, next))
                after[equipment] = next;
            table.Place(i, new Slot(alternative, after[equipment], place.SetupStartSeconds, place.StartSeconds,
                place.EndSeconds));
            after[equipment] = i;
        }
    }

    /// <summary>What has no place yet, predecessors first, the new job last.</summary>
    static void PlaceOthers(CompiledModel model, GroupPlacer groups, int newJob)
    {
        groups.Reset(wanted: null);
        var (from, to) = (Array.ConvertAll(model.ArcFrom, Group), Array.ConvertAll(model.ArcTo, Group));
        var outer = Enumerable.Range(0, from.Length).Where(arc => from[arc] != to[arc]).ToArray();
        var open = Graph.TopologicalOrder(model.GroupCount, Array.ConvertAll(outer, arc => from[arc]),
                Array.ConvertAll(outer, arc => to[arc])).Where(groups.IsOpen)
            .OrderBy(group => model.JobOf[groups.Lead(group)] == newJob);
        foreach (var group in open)
        {
            if (!groups.TryPlace(group, 0, out var deadEnd)) throw ListPlanner.Refused(model, deadEnd);
            if (groups.FindBrokenArc(group) is { } broken) throw ListPlanner.Refused(model, broken);
        }

        int Group(int operation) => model.GroupOf[operation];
    }

    static Promise Read(CompiledModel model, Solution solution)
    {
        var explanation = new Explanation(model, solution);
        var own = Enumerable.Range(0, model.OperationCount).Where(i => model.JobOf[i] == model.JobCount - 1)
            .Select(i => PlanAssembly.Operation(model, solution, explanation, i)).ToArray();
        return new Promise(own.Max(planned => planned.EndSeconds), own);
    }
}
