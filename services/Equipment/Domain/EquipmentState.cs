namespace Mes.Equipment.Domain;

/// <summary>
/// What an equipment was doing, as far as the floor has said. The value is the priority: where several activities
/// overlap, the highest one tells the state.
/// </summary>
public enum EquipmentState
{
    /// <summary>Nobody said anything about this time.</summary>
    NotReported = 0,

    /// <summary>Producing (ISO 22400 actual production time, APT).</summary>
    Run = 1,

    /// <summary>Being set up (ISO 22400 actual unit setup time, AUST).</summary>
    Setup = 2,

    /// <summary>Down (ISO 22400 actual unit delay time).</summary>
    Breakdown = 3,
}
