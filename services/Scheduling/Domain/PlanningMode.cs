
namespace Mes.Scheduling.Domain;

/// <summary>How a planning run goes about it.</summary>
public enum PlanningMode
{
    /// <summary>From scratch; only the frozen zone and locks keep their place.</summary>
    Full,
    /// <summary>Only where something changed since the last plan, changing little.</summary>
    Incremental,
    /// <summary>After an event, changing little.</summary>
    Repair
}
