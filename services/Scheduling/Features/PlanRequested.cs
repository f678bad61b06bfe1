namespace Mes.Scheduling.Features;

/// <summary>The run that was asked for; its progress is under <c>/runs</c>.</summary>
public sealed record PlanRequested(Guid RunId);
