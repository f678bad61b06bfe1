using Mes.Scheduling.Engine.Compiled;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>Why a job ends when it does.</summary>
public static class LateChain
{
    /// <summary>The chain of causes behind a job's end: its last operation, then the operation that explains when that
    /// one starts, and so on. The last step's wait is the origin: a release, material, a lock, closed time, or the
    /// beginning of the plan. O(length) steps, each O(N) only where a resource is the reason.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="plan">A plan of every operation of the model.</param>
    /// <param name="jobId">A job of the model.</param>
    /// <returns>Latest first; each with its <see cref="PlannedOperation.Waits"/> as they are in this plan.</returns>
    /// <exception cref="ArgumentException">The model has no such job, or the plan lacks an operation.</exception>
    public static IReadOnlyList<PlannedOperation> Of(
        CompiledModel model, IEnumerable<PlannedOperation> plan, string jobId)
    {
        var solution = Solution.From(model, plan);
        var ofJob = Enumerable.Range(0, model.OperationCount)
            .Where(i => model.Source.Jobs[model.JobOf[i]].Id == jobId).ToArray();
        if (ofJob.Length == 0) throw new ArgumentException($"The model has no job {jobId}.", nameof(jobId));
        var explanation = new Explanation(model, solution);
        var chain = new List<PlannedOperation>();
        var seen = new HashSet<int>(); // a maximum lag points forward, so causes could go in a circle
        for (var i = ofJob.MaxBy(i => solution.End[i]); i >= 0 && seen.Add(i); i = explanation.Cause(i))
            chain.Add(PlanAssembly.Operation(model, solution, explanation, i));
        return chain;
    }
}
