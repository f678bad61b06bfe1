using Mes.Persistence;

namespace Mes.Scheduling.Data;

/// <summary>A planning run was asked for.</summary>
sealed class RunSignal : Signal;

/// <summary>An event was noted that the plan in force has to answer at once.</summary>
sealed class EventSignal : Signal;
