namespace Mes.Scheduling.Engine.Model;

/// <summary>A work order as the scheduler sees it: operations, a release date and a due date.</summary>
/// <param name="Id">Unique among the model's jobs.</param>
/// <param name="Operations">At least one. Their order has no meaning of its own: see <see cref="Precedence"/>.</param>
public sealed record Job(string Id, IReadOnlyList<Operation> Operations)
{
    /// <summary>No operation of the job starts before this instant.</summary>
    public int ReleaseSeconds { get; init; }

    /// <summary>When the last operation should have ended; null: never late.</summary>
    public int? DueSeconds { get; init; }

    /// <summary>Cost of one second of tardiness, 0 to 1,000,000.</summary>
    public int Weight { get; init; } = 1;
}

/// <summary>A piece of work that occupies one equipment from its start to its end.</summary>
/// <param name="Id">Unique among all operations of the model.</param>
/// <param name="Alternatives">Where it can be done, at least one, each equipment once.</param>
public sealed record Operation(string Id, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>Setup family; required if an alternative's equipment has a setup matrix.</summary>
    public string? SetupFamily { get; init; }

    /// <summary>True if the work may pause while the equipment or a resource is closed and go on afterwards; false if
    /// it must lie within one open window.</summary>
    public bool Splittable { get; init; }

    /// <summary>When all material is there; the operation does not start before.</summary>
    public int MaterialSeconds { get; init; }

    /// <summary>The planner's pin: exactly this equipment and start.</summary>
    public Placement? Lock { get; init; }

    /// <summary>Set if the work has begun. The floor's word stands: equipment that is no alternative, or that is
    /// occupied twice, is accepted.</summary>
    public Running? Running { get; init; }
}

/// <summary>One way to perform an operation.</summary>
/// <param name="EquipmentId">The equipment.</param>
/// <param name="DurationSeconds">Open time the work takes there: the speed of this equipment. At least 0, and at least
/// 1 where the equipment has a setup matrix, so that times alone tell the sequence.</param>
public sealed record Alternative(string EquipmentId, int DurationSeconds)
{
    /// <summary>Secondary resources in use while the work goes on.</summary>
    public IReadOnlyList<ResourceDemand> Demands { get; init; } = [];
}

/// <summary>Units of a secondary resource that an operation uses.</summary>
/// <param name="ResourceId">The resource; at most one demand per resource and alternative.</param>
/// <param name="Quantity">Units in use, from 1 to the resource's capacity.</param>
public sealed record ResourceDemand(string ResourceId, int Quantity = 1);

/// <summary>Equipment and start of an operation, in a lock or in an earlier plan.</summary>
/// <param name="EquipmentId">Where.</param>
/// <param name="StartSeconds">When it starts; the setup lies before.</param>
public sealed record Placement(string EquipmentId, int StartSeconds);

/// <summary>An operation on which work has begun.</summary>
/// <param name="EquipmentId">Where it runs.</param>
/// <param name="StartSeconds">When it started: 0 or below.</param>
/// <param name="RemainingSeconds">Open time it still takes from the origin on, at least 0; it pauses while the
/// equipment is closed, also if it is not splittable.</param>
public sealed record Running(string EquipmentId, int StartSeconds, int RemainingSeconds);
