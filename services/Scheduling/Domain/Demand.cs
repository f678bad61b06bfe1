namespace Mes.Scheduling.Domain;

/// <summary>An open order as the planner sees it.</summary>
/// <param name="OrderId">Identity.</param>
/// <param name="Number">The ERP's number.</param>
/// <param name="Quantity">Ordered quantity.</param>
/// <param name="Priority">0 normal, 100 and above rush.</param>
/// <param name="ReleaseAt">Earliest start, UTC, or null.</param>
/// <param name="DueAt">Due date, UTC, or null.</param>
/// <param name="Operations">The operations that are not done, in their order.</param>
public sealed record DemandOrder(
    Guid OrderId, string Number, decimal Quantity, int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt,
    IReadOnlyList<DemandOperation> Operations);

/// <summary>An operation to plan.</summary>
/// <param name="OperationId">Identity.</param>
/// <param name="Equipment">Codes of the equipment that can do it.</param>
/// <param name="SetupSeconds">Setup still to do, seconds.</param>
/// <param name="RunSecondsPerUnit">Run time per item, seconds.</param>
/// <param name="Remaining">Quantity still to make.</param>
public sealed record DemandOperation(
    Guid OperationId, IReadOnlyList<string> Equipment, decimal SetupSeconds, decimal RunSecondsPerUnit, decimal Remaining);

/// <summary>What the plant can do.</summary>
/// <param name="Calendars">Calendar by equipment code; what is not named is always open.</param>
/// <param name="DownUntil">Equipment that is down, and until when it is expected to be; null where nobody knows.</param>
public sealed record PlantCapacity(
    IReadOnlyDictionary<string, WorkCalendar> Calendars, IReadOnlyDictionary<string, DateTimeOffset?> DownUntil);

/// <summary>Where an operation stood in the plan in force.</summary>
public sealed record PlannedBefore(Guid OperationId, string Equipment, DateTimeOffset StartsAt);
