using System.Collections;
using System.Diagnostics;
using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.States;
using Npgsql;

namespace Mes.Jobs;

/// <summary>The rules that all jobs follow, in place of the engine's own: above all, no retries.</summary>
sealed class JobRuleProvider : IJobFilterProvider, IEnumerable<JobFilter>
{
    readonly List<JobFilter> _filters = [];

    public void Add(JobFilter filter) => _filters.Add(filter);

    public IEnumerable<JobFilter> GetFilters(Job? job) => _filters;

    public IEnumerator<JobFilter> GetEnumerator() => _filters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// A job takes along the trace of whoever asked for it. One that was cut off, by an outage of the database or the loss of its
/// lock, runs again; one that failed does not.
/// </summary>
sealed class JobRules : IClientFilter, IElectStateFilter
{
    public const string TraceParent = "traceparent";
    static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    public static JobRules Instance { get; } = new();

    public void OnCreating(CreatingContext context)
    {
        if (Activity.Current?.Id is { } parent) context.SetJobParameter(TraceParent, parent);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState failed && WasCutOff(failed.Exception))
        {
            context.CandidateState = new ScheduledState(AgainAfter) { Reason = $"Cut off: {failed.Exception.Message}" };
        }
    }

    /// <summary>The lock or the database went away. A statement that takes too long would do so again: it failed.</summary>
    static bool WasCutOff(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is JobLockLostException) return true;
            if (failure is NpgsqlException { IsTransient: true, InnerException: not TimeoutException }) return true;
        }
        return false;
    }
}
