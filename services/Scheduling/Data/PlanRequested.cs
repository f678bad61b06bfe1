namespace Mes.Scheduling.Data;

/// <summary>The run that was asked for; its progress is under <c>/runs</c>.</summary>
/// <param name="RunId">Id of the run.</param>
public sealed record PlanRequested(Guid RunId);
