namespace Mes.Jobs;

/// <summary>
/// A piece of background work: a class with one method, created in a scope of its own for each run. It never runs twice at
/// once, in whatever process, but it may run again after its process died: what it does must bear that.
/// </summary>
public interface IJob
{
    /// <summary>Does the work. What throws has failed and is not tried again by itself.</summary>
    /// <param name="call">What it was called with.</param>
    /// <param name="stop">
    /// Signalled when the process shuts down, the database let go of the job's lock, or the job was deleted. A job that ends by
    /// <see cref="OperationCanceledException"/> then runs again elsewhere, unless it was deleted.
    /// </param>
    Task Run(JobCall call, CancellationToken stop);
}

/// <summary>One call of a job.</summary>
/// <param name="JobId">The engine's number of it; the same when it runs again after a crash.</param>
/// <param name="Argument">What whoever asked for it gave along, or null.</param>
/// <param name="IsDeleted">Whether somebody has deleted it: asked of the store, when <c>stop</c> was signalled.</param>
public sealed record JobCall(string JobId, string? Argument, Func<bool> IsDeleted);
