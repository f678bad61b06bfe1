namespace Mes.Scheduling.Engine.Verification;

/// <summary>A restriction that a plan breaks.</summary>
/// <param name="Code">One of <see cref="ViolationCode"/>; stable, for programs.</param>
/// <param name="OperationId">The operation at fault; of two the later one.</param>
/// <param name="Detail">What is, and what should be.</param>
public sealed record Violation(string Code, string OperationId, string Detail);

/// <summary>The stable codes of <see cref="Violation"/>.</summary>
public static class ViolationCode
{
    /// <summary>An operation of the model is not in the plan.</summary>
    public const string Missing = "missing";

    /// <summary>An operation is planned twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An operation that the model does not have.</summary>
    public const string Unknown = "unknown";

    /// <summary>Equipment that is no alternative of the operation.</summary>
    public const string Equipment = "equipment";

    /// <summary>The span from start to end is not the work's open time, or lies in closed time.</summary>
    public const string Calendar = "calendar";

    /// <summary>Two operations on one equipment overlap.</summary>
    public const string Overlap = "overlap";

    /// <summary>No, or not enough, open time for the setup before the operation.</summary>
    public const string Setup = "setup";

    /// <summary>A minimum lag is not kept.</summary>
    public const string MinLag = "min-lag";

    /// <summary>A maximum lag is not kept.</summary>
    public const string MaxLag = "max-lag";

    /// <summary>Start before the job's release, the material, or the origin.</summary>
    public const string Release = "release";

    /// <summary>More of a resource in use than there is.</summary>
    public const string Resource = "resource";

    /// <summary>A lock is not kept.</summary>
    public const string Lock = "lock";

    /// <summary>The frozen zone is not kept.</summary>
    public const string FrozenZone = "frozen-zone";

    /// <summary>An operation that runs is planned otherwise.</summary>
    public const string Running = "running";

    /// <summary>The plan states figures that are not its own.</summary>
    public const string Measures = "measures";
}
