using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>Whether an operation can be worked on now at a unit, and what it waits for otherwise.</summary>
public sealed class Readiness
{
    /// <summary>The order was stopped.</summary>
    public bool IsOnHold { get; init; }

    /// <summary>The operation before has delivered no more than was done here.</summary>
    public bool WaitsForPredecessor { get; init; }

    /// <summary>None is left, or can come.</summary>
    public bool WaitsForPieces { get; init; }

    /// <summary>Components of the order are missing.</summary>
    public bool WaitsForMaterial { get; init; }

    /// <summary>They are missing because what was reserved has expired.</summary>
    public bool WaitsForExpiredMaterial { get; init; }

    /// <summary>Quality has stopped it.</summary>
    public bool WaitsForQuality { get; init; }

    /// <summary>The unit is down, or retired.</summary>
    public bool WaitsForEquipment { get; init; }

    /// <summary>The operator who asks has not the skill, or no more.</summary>
    public bool WaitsForSkill { get; init; }

    /// <summary>The operator who asks has not acknowledged the instruction in force, as the routing asks.</summary>
    public bool WaitsForInstruction { get; init; }

    /// <summary>What it waits for, as words for its card; empty where it is ready.</summary>
    public IEnumerable<string> Reasons => Judged(new Policies()).Select(judged => judged.Reason);

    /// <summary>What does not keep it from being begun, but is said.</summary>
    /// <param name="policies">How strictly the order's routing is followed.</param>
    /// <exception cref="RuleViolation">Something does keep it from being begun: code <c>operation-not-ready</c>.</exception>
    public IReadOnlyList<string> MustAllowStart(Policies policies)
    {
        var judged = Judged(policies).ToLookup(reason => reason.Enforcement, reason => reason.Reason);
        return judged.Contains(Enforcement.Block)
            ? throw new RuleViolation("operation-not-ready", "See what it waits for; a foreman can help.",
                ("waitsFor", judged[Enforcement.Block].ToArray()))
            : [.. judged[Enforcement.Warn]];
    }

    IEnumerable<(string Reason, Enforcement Enforcement)> Judged(Policies policies)
    {
        if (IsOnHold) yield return ("order-on-hold", Enforcement.Block);
        if (WaitsForPredecessor) yield return ("predecessor", policies.Sequence);
        if (WaitsForPieces) yield return ("pieces", policies.Sequence);
        if (WaitsForMaterial) yield return (WaitsForExpiredMaterial ? "material-expired" : "material", policies.Material);
        if (WaitsForQuality) yield return ("quality", Enforcement.Block);
        if (WaitsForEquipment) yield return ("equipment", Enforcement.Warn);
        if (WaitsForSkill) yield return ("skill", policies.Qualification);
        if (WaitsForInstruction) yield return ("instruction", policies.Instruction);
    }
}
