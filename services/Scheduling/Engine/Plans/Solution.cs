using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>A complete plan in flat form, by operation: alternative, times, and the operation before it on its
/// equipment (−1: none).</summary>
sealed record Solution(int[] Alternative, int[] SetupStart, int[] Start, int[] End, int[] Previous)
{
    /// <summary>One to be written into.</summary>
    public static Solution OfLength(int count) =>
        new(new int[count], new int[count], new int[count], new int[count], new int[count]);

    /// <summary>A copy that shares nothing.</summary>
    public Solution Copy() => new((int[])Alternative.Clone(), (int[])SetupStart.Clone(), (int[])Start.Clone(),
        (int[])End.Clone(), (int[])Previous.Clone());

    /// <summary>The flat form of a plan that has every operation of the model.</summary>
    /// <exception cref="ArgumentException">An operation is missing, or on equipment that cannot do it.</exception>
    public static Solution From(CompiledModel model, IEnumerable<PlannedOperation> plan)
    {
        var n = model.OperationCount;
        var solution = OfLength(n);
        var byId = plan.ToDictionary(planned => planned.OperationId);
        for (var i = 0; i < n; i++)
        {
            var id = model.Operations[i].Id;
            var alternative = byId.TryGetValue(id, out var planned) ? model.AlternativeOn(i, planned.EquipmentId) : -1;
            if (alternative < 0)
                throw new ArgumentException($"The plan has no place for operation {id}.", nameof(plan));
            solution.Alternative[i] = alternative;
            solution.SetupStart[i] = planned!.SetupStartSeconds;
            (solution.Start[i], solution.End[i]) = (planned.StartSeconds, planned.EndSeconds);
        }
        solution.LinkSequences(model);
        return solution;
    }

    /// <summary>The place of one operation.</summary>
    public Slot SlotOf(int i) => new(Alternative[i], Previous[i], SetupStart[i], Start[i], End[i]);

    void LinkSequences(CompiledModel model)
    {
        var sequence = Enumerable.Range(0, Start.Length).OrderBy(i => !model.IsRunning(i))
            .ThenBy(i => model.IsRunning(i) ? End[i] : Start[i]).ThenBy(i => model.IsRunning(i) ? Start[i] : End[i]);
        var last = new int[model.EquipmentCount];
        Array.Fill(last, -1);
        foreach (var i in sequence)
        {
            ref var before = ref last[model.AlternativeEquipment[Alternative[i]]];
            (Previous[i], before) = (before, i);
        }
    }

    public PlanMeasures Measure(CompiledModel model)
    {
        var (tardiness, workInProcess, makespan) = MeasureJobs(model);
        long setup = 0, instability = 0;
        for (var i = 0; i < Start.Length; i++)
        {
            if (model.IsRunning(i)) continue;
            var equipment = model.AlternativeEquipment[Alternative[i]];
            setup += SetupSeconds(model, i, equipment);
            instability += model.Displacement(i, equipment, Start[i]);
        }
        return new PlanMeasures(tardiness, makespan, setup, instability, workInProcess);
    }

    /// <summary>Setup an operation needs behind the one before it.</summary>
    public int SetupSeconds(CompiledModel model, int operation, int equipment) => model.Setup(equipment,
        Previous[operation] < 0
            ? model.EquipmentInitialFamily[equipment]
            : model.AlternativeFamily[Alternative[Previous[operation]]],
        model.AlternativeFamily[Alternative[operation]]);

    (long Tardiness, long WorkInProcess, long Makespan) MeasureJobs(CompiledModel model)
    {
        var first = new int[model.JobCount];
        var last = new int[model.JobCount];
        Array.Fill(first, int.MaxValue);
        Array.Fill(last, int.MinValue);
        for (var i = 0; i < Start.Length; i++)
        {
            var job = model.JobOf[i];
            first[job] = Math.Min(first[job], Start[i]);
            last[job] = Math.Max(last[job], End[i]);
        }
        long tardiness = 0, workInProcess = 0, makespan = 0;
        for (var job = 0; job < first.Length; job++)
        {
            tardiness += model.JobWeight[job] * Math.Max(0L, (long)last[job] - model.JobDue[job]);
            workInProcess += (long)last[job] - first[job];
            makespan = Math.Max(makespan, last[job]);
        }
        return (tardiness, workInProcess, makespan);
    }
}
