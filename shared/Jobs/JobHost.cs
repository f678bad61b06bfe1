using System.Diagnostics;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Jobs;

/// <summary>What the engine calls: takes the job's lock and the trace, then runs the job in a scope of its own.</summary>
public sealed class JobHost
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Mes.Jobs";

    static readonly ActivitySource Source = new(SourceName);
    readonly JobModule _module;
    readonly IServiceScopeFactory _scopes;

    internal JobHost(JobModule module, IServiceScopeFactory scopes) => (_module, _scopes) = (module, scopes);

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
        var id = context.BackgroundJob.Id;
        using var activity = Source.StartActivity(
            $"job {key}", ActivityKind.Consumer, context.GetJobParameter<string?>(JobRules.TraceParent));
        activity?.SetTag("mes.service", _module.Service).SetTag("mes.job.id", id);
        try
        {
            await using var turn = await JobLock.Take(_module.ConnectionString, key, stop);
            await Run(key, new JobCall(id, argument, () => _module.IsDeleted(id)), turn, stop);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    async Task Run(string key, JobCall call, JobLock turn, CancellationToken stop)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, turn.Lost);
        await using var scope = _scopes.CreateAsyncScope();
        var job = (IJob)scope.ServiceProvider.GetRequiredService(_module.Declared.Jobs[key]);
        try
        {
            await job.Run(call, any.Token);
        }
        catch (Exception failure) when (turn.Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new JobLockLostException(key, failure);
        }
    }

    /// <summary>Makes the host of a module whenever the engine has a job of it.</summary>
    internal sealed class Activator(JobModule module, IServiceScopeFactory scopes) : JobActivator
    {
        public override object ActivateJob(Type jobType) => jobType == typeof(JobHost)
            ? new JobHost(module, scopes)
            : throw new InvalidOperationException($"{jobType} is not run by this engine.");
    }
}
