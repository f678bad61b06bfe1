using System.Diagnostics;
using Hangfire.Client;
using Hangfire.States;
using Hangfire.Storage;

namespace Mes.Jobs;

/// <summary>
/// What all jobs follow: one takes along the trace of whoever asked for it. One that was cut off, by an outage of the database or
/// the loss of its lock, runs again; one that failed does not, and is forgotten after a week.
/// </summary>
sealed class JobFilter : IClientFilter, IElectStateFilter, IApplyStateFilter
{
    public const string TraceParent = "traceparent";
    static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan FailedKept = TimeSpan.FromDays(7);

    public void OnCreating(CreatingContext context)
    {
        if (Activity.Current?.Id is { } parent) context.SetJobParameter(TraceParent, parent);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not FailedState failed) return;
        if (CutOff.Is(failed.Exception))
        {
            context.CandidateState = new ScheduledState(AgainAfter) { Reason = $"Cut off: {failed.Exception.Message}" };
        }
        else
        {
            context.CandidateState = new FailedForGood(failed);
        }
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is FailedForGood) context.JobExpirationTimeout = FailedKept;
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    /// <summary>The engine keeps what is not final for ever: a schedule that fails every minute would fill the disk.</summary>
    sealed class FailedForGood : FailedState, IState
    {
        public FailedForGood(FailedState failed) : base(failed.Exception) => Reason = failed.Reason;

        bool IState.IsFinal => true;
    }
}
