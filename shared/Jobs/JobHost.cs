using System.Diagnostics;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.Jobs;

/// <summary>What the engine calls, in a scope of its own: takes the job's lock and the trace, then runs the job.</summary>
public sealed partial class JobHost(IEnumerable<JobModule> modules, IServiceProvider services, ILogger<JobHost> log)
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Mes.Jobs";

    static readonly ActivitySource Source = new(SourceName);

    /// <summary>Runs a job. Stored with each call, so its name and parameters stay as they are.</summary>
    /// <param name="key">The job's key.</param>
    /// <param name="argument">What it gets along, or null.</param>
    /// <param name="context">Filled in by the engine.</param>
    /// <param name="stop">Filled in by the engine: shutdown, or the job is no longer this server's.</param>
    /// <exception cref="JobLockLostException">The lock was lost; the job runs again.</exception>
    [JobDisplayName("{0} {1}")]
    public async Task Run(string key, string? argument, PerformContext? context, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(context);
        var module = modules.Single(known => known.Storage == context.Storage);
        var id = context.BackgroundJob.Id;
        using var activity = Source.StartActivity(
            $"job {key}", ActivityKind.Consumer, context.GetJobParameter<string?>(JobFilter.TraceParent));
        activity?.SetTag("mes.service", module.Service).SetTag("mes.job.id", id);
        try
        {
            await using var turn = await JobLock.Take(module.ConnectionString, key, stop);
            var job = (IJob)services.GetRequiredService(module.Declared.Jobs[key]);
            await Run(key, job, new JobCall(id, argument, () => module.IsDeleted(id)), turn, stop);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            if (!stop.IsCancellationRequested) Failed(log, key, id, module.Service, failure);
            throw;
        }
    }

    static async Task Run(string key, IJob job, JobCall call, JobLock turn, CancellationToken stop)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, turn.Lost);
        try
        {
            await job.Run(call, any.Token);
        }
        catch (Exception failure) when (turn.Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new JobLockLostException(key, failure);
        }
    }

    [LoggerMessage(7001, LogLevel.Error, "Job {Key} {Id} of {Service} did not end")]
    static partial void Failed(ILogger log, string key, string id, string service, Exception failure);
}
