using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Mes.Hosting.Jobs;

/// <summary>One span per attempt, continuing the trace of whoever submitted the run.</summary>
public static class JobsTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Mes.Jobs";

    static readonly ActivitySource Source = new(SourceName);

    internal static Activity? Start(JobDelivery delivery, string module)
    {
        ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var parent);
        var activity = Source.StartActivity($"job {delivery.JobKey}", ActivityKind.Consumer, parent);
        return activity?.SetTag("mes.module", module)
            .SetTag("mes.job.key", delivery.JobKey)
            .SetTag("mes.job.run_id", delivery.RunId)
            .SetTag("mes.job.attempt", delivery.Attempt)
            .SetTag("mes.job.schedule", delivery.ScheduleKey);
    }

    /// <param name="activity">The span, if anybody listens.</param>
    /// <param name="state">How the attempt ended; null when its lease was lost.</param>
    /// <param name="reason">Why.</param>
    internal static void End(Activity? activity, JobRunState? state, string? reason)
    {
        activity?.SetTag("mes.job.state", state?.ToText() ?? "lost");
        if (state is null or JobRunState.Failed) activity?.SetStatus(ActivityStatusCode.Error, reason);
    }
}

static partial class JobsLogging
{
    [LoggerMessage(7001, LogLevel.Information, "Job {JobKey} began: run {RunId}, attempt {Attempt}")]
    public static partial void Began(ILogger logger, string jobKey, Guid runId, int attempt);

    [LoggerMessage(7002, LogLevel.Information, "Job {JobKey} ended: run {RunId}, attempt {Attempt}, {State} {Reason}")]
    public static partial void Ended(
        ILogger logger, string jobKey, Guid runId, int attempt, JobRunState state, string? reason);

    [LoggerMessage(7003, LogLevel.Error, "Job {JobKey} threw in run {RunId}")]
    public static partial void Threw(ILogger logger, string jobKey, Guid runId, Exception e);

    [LoggerMessage(7004, LogLevel.Information, "Job {JobKey} gives run {RunId} back because the process shuts down")]
    public static partial void GivenBack(ILogger logger, string jobKey, Guid runId);

    [LoggerMessage(7005, LogLevel.Warning, "Job {JobKey} lost the lease of run {RunId}; it is delivered again")]
    public static partial void LeaseLost(ILogger logger, string jobKey, Guid runId);

    [LoggerMessage(7006, LogLevel.Warning, "The run log does not answer; trying again")]
    public static partial void Unanswered(ILogger logger, Exception e);

    [LoggerMessage(7007, LogLevel.Debug, "A progress report was not stored")]
    public static partial void ProgressLost(ILogger logger, Exception e);

    [LoggerMessage(7008, LogLevel.Warning, "Run {RunId} of job {JobKey} could not be worked on; it is delivered again")]
    public static partial void DeliveredAgain(ILogger logger, string jobKey, Guid runId, Exception e);

    [LoggerMessage(7009, LogLevel.Warning, "The job engine's store does not answer; trying again")]
    public static partial void EngineUnanswered(ILogger logger, Exception e);

    [LoggerMessage(7010, LogLevel.Warning, "The job engine of {Module} is not alive")]
    public static partial void NotAlive(ILogger logger, string module, Exception e);
}
