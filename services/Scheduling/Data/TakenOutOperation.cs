namespace Mes.Scheduling.Data;

/// <summary>An operation that a planner has taken out of the plan.</summary>
public sealed class TakenOutOperation
{
    /// <summary>The operation.</summary>
    public required Guid OperationId { get; init; }
}
