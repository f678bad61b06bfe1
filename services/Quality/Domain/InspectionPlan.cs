using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>An inspection plan in its newest version.</summary>
public sealed class InspectionPlan
{
    /// <summary>Code, unique in the plant.</summary>
    public required string Code { get; init; }

    /// <summary>Rises by one with each change, from 1.</summary>
    public int Version { get; private set; }

    /// <summary>What it says.</summary>
    public PlanDefinition Definition { get; private set; } = null!;

    /// <summary>What it is called; as in the definition, to find it by.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The product it is for, or null for any; as in the definition, to find it by.</summary>
    public string? Product { get; private set; }

    /// <summary>The operation it is for, or null for any; as in the definition, to find it by.</summary>
    public string? OperationCode { get; private set; }

    /// <summary>Whether it opens inspections; as in the definition, to find it by.</summary>
    public bool IsActive { get; private set; }

    /// <summary>When this version was made, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Makes the next version, unless somebody else has made it meanwhile.</summary>
    /// <param name="definition">What the plan says from now on.</param>
    /// <param name="basedOn">The version that the change was made from; 0 for a new plan.</param>
    /// <param name="now">When, UTC.</param>
    /// <returns>The version, to be kept for good.</returns>
    /// <exception cref="RuleViolation"><c>plan-changed-meanwhile</c> (409), or the definition is wrong (422).</exception>
    public PlanVersion Revise(PlanDefinition definition, int basedOn, DateTimeOffset now)
    {
        if (basedOn != Version)
        {
            throw RuleViolation.Conflict("plan-changed-meanwhile",
                "Read the plan again and make the change on its newest version.", ("basedOn", basedOn), ("version", Version));
        }
        definition.Check();
        Version++;
        Definition = definition;
        (Name, Product) = (definition.Name, definition.Product);
        (OperationCode, IsActive) = (definition.Operation, definition.IsActive);
        ChangedAt = now;
        return Current;
    }

    /// <summary>The newest version, to be kept for good.</summary>
    public PlanVersion Current => new() { Code = Code, Version = Version, Definition = Definition, ChangedAt = ChangedAt };
}

/// <summary>A version of a plan as it was; never changed.</summary>
[NotAudited]
public sealed class PlanVersion
{
    /// <summary>Code of the plan.</summary>
    public required string Code { get; init; }

    /// <summary>Number of the version, from 1.</summary>
    public int Version { get; init; }

    /// <summary>What it said.</summary>
    public required PlanDefinition Definition { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}
