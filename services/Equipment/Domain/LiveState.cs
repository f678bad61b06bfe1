using Mes.Contracts;

namespace Mes.Equipment.Domain;

/// <summary>What a unit does now, as the floor tells it; of several at once the last of these counts.</summary>
public enum LiveState
{
    /// <summary>Nobody works at it.</summary>
    Idle,
    /// <summary>All work that was begun at it rests.</summary>
    Paused,
    /// <summary>It makes pieces.</summary>
    Run,
    /// <summary>It is set up.</summary>
    Setup,
    /// <summary>It stands still by a stop.</summary>
    Down
}

/// <summary>Work under way at a unit.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Order">Order number.</param>
/// <param name="Product">Product code.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="State">Running or Paused.</param>
/// <param name="Since">Since when that is so, UTC.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="PauseReason">Why it rests, or null.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), seconds; null where unknown.</param>
public sealed record UnitWork(
    Guid WorkId, string Operator, string Order, string Product, Guid OperationId, string Operation, WorkActivity Activity,
    WorkState State, DateTimeOffset Since, DateTimeOffset StartedAt, string? PauseReason,
    decimal? RunSecondsPerUnit = null)
{
    LiveState Live => State switch
    {
        WorkState.Paused => LiveState.Paused,
        WorkState.Running => Activity == WorkActivity.Setup ? LiveState.Setup : LiveState.Run,
        _ => LiveState.Idle
    };

    /// <summary>What a unit does now, and since when that is known to be so.</summary>
    /// <param name="downSince">Since when it is down, or null.</param>
    /// <param name="work">The work under way at it.</param>
    /// <param name="lastEnd">When work at it was over last, or null.</param>
    public static (LiveState State, DateTimeOffset? Since) StateOf(
        DateTimeOffset? downSince, IReadOnlyCollection<UnitWork> work, DateTimeOffset? lastEnd)
    {
        if (downSince is not null)
        {
            return (LiveState.Down, downSince);
        }
        var state = work.Select(one => one.Live).DefaultIfEmpty(LiveState.Idle).Max();
        return (state, state == LiveState.Idle ? lastEnd : work.Where(one => one.Live == state).Min(one => one.Since));
    }
}
