namespace Mes.Hosting.Jobs;

/// <summary>
/// A piece of background work: a plain class with one method. It is created in a dependency-injection scope of its
/// own for each attempt and knows nothing of the engine that calls it.
/// </summary>
/// <remarks>
/// An attempt may start again after its process died, so what a job writes must bear being written twice
/// (see <see cref="JobRun.RunId"/>, which stays the same).
/// </remarks>
public interface IJob
{
    /// <summary>Does the work and says how it ended.</summary>
    /// <param name="run">Which run this is, its arguments, and where progress is reported.</param>
    /// <param name="stop">
    /// Signalled when somebody asked the run to stop, the process is shutting down, or the lease was lost. A job that
    /// can still deliver something useful may return it; otherwise it throws <see cref="OperationCanceledException"/>.
    /// </param>
    /// <returns>
    /// <see cref="Done"/>, <see cref="Retry"/> or <see cref="Failed"/>; an exception counts as failed.
    /// </returns>
    Task<JobOutcome> RunAsync(JobRun run, CancellationToken stop);
}
