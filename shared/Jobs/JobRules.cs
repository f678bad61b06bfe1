using System.Diagnostics;
using Hangfire.Client;
using Hangfire.States;

namespace Mes.Jobs;

/// <summary>
/// What all jobs follow: one takes along the trace of whoever asked for it. One that was cut off, by an outage of the database or
/// the loss of its lock, runs again; one that failed does not.
/// </summary>
sealed class JobRules : IClientFilter, IElectStateFilter
{
    public const string TraceParent = "traceparent";
    static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    public void OnCreating(CreatingContext context)
    {
        if (Activity.Current?.Id is { } parent) context.SetJobParameter(TraceParent, parent);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState failed && CutOff.Is(failed.Exception))
        {
            context.CandidateState = new ScheduledState(AgainAfter) { Reason = $"Cut off: {failed.Exception.Message}" };
        }
    }
}
