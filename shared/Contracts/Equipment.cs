namespace Mes.Contracts;

/// <summary>What an equipment unit is for.</summary>
public enum EquipmentKind
{
    /// <summary>Makes pieces.</summary>
    Production,
    /// <summary>Inspects pieces.</summary>
    Inspection
}

/// <summary>An equipment unit of the hierarchy (ISA-95 work unit).</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of the work center it belongs to.</param>
/// <param name="Kind">Production or inspection.</param>
/// <param name="RetiredAt">Since when it takes no new work, UTC; null while it does.</param>
/// <param name="Calendar">
/// Code of the calendar by which it works, for screens; null where the message is older than this member. Who plans by it
/// takes <see cref="UnitCalendarChanged"/>.
/// </param>
[State("workorders-know-equipment", "scheduling-know-equipment", "identity-know-equipment")]
public sealed record EquipmentChanged(
    string Code, long Version, string Name, string WorkCenter, EquipmentKind Kind, DateTimeOffset? RetiredAt = null,
    string? Calendar = null);

/// <summary>Whether an equipment unit can be used now. Downtime that has ended already raises none.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="IsDown">True from the start of an unplanned downtime until its end.</param>
/// <param name="Since">When this availability began, UTC.</param>
/// <param name="Reason">Code of the downtime reason, or null.</param>
/// <param name="ExpectedUpAt">When it is expected back, UTC, or null where nobody knows.</param>
[State("workorders-heed-downtime", "scheduling-heed-downtime")]
public sealed record EquipmentAvailabilityChanged(
    string Equipment, long Version, bool IsDown, DateTimeOffset Since, string? Reason, DateTimeOffset? ExpectedUpAt);

/// <summary>Where an andon call stands.</summary>
public enum AndonStatus
{
    /// <summary>Somebody calls, and nobody has answered.</summary>
    Called,
    /// <summary>Somebody has answered and comes.</summary>
    Acknowledged,
    /// <summary>It is dealt with.</summary>
    Resolved,
    /// <summary>It was called by mistake.</summary>
    Withdrawn
}

/// <summary>An andon call after any change; for whoever watches, nobody else depends on it.</summary>
/// <param name="CallId">Identity of the call.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Kind">What is called for.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Role">The role that is called now.</param>
[State]
public sealed record AndonCallChanged(
    Guid CallId, long Version, string Kind, string Equipment, AndonStatus Status, string Role);

/// <summary>
/// The shift in which work at a unit was last spoken of has ended, and nobody has ended the work: it ends then, unless somebody
/// has spoken of it since. Told once for a shift, a while after its end.
/// </summary>
/// <param name="WorkId">The work.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="EndedAt">When the shift ended, UTC.</param>
[Fact("workorders-end-work")]
public sealed record WorkShiftEnded(Guid WorkId, string Equipment, DateTimeOffset EndedAt);

/// <summary>A downtime that has ended; WorkOrders books the operator's labour on it.</summary>
[Fact("workorders-book-downtime-labour")]
public sealed record DowntimeRecorded(
    Guid DowntimeId, string Equipment, string? Operator, string? OrderNumber, string? OperationCode, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset EndedAt);

/// <summary>A downtime that was reported by mistake: it counts for nothing, also where it comes after this.</summary>
/// <param name="DowntimeId">The downtime.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="StartedAt">Its start as it was reported, UTC.</param>
/// <param name="EndedAt">Its end as it was reported, UTC; null where it had none.</param>
/// <param name="WithdrawnAt">When it was withdrawn, UTC.</param>
[Fact("workorders-withdraw-downtime")]
public sealed record DowntimeWithdrawn(
    Guid DowntimeId, string Equipment, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset WithdrawnAt);
