using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>How an operation is bound to a place in time.</summary>
enum Fixing : byte { Free, Locked, Frozen, Running }

/// <summary>
/// The model in flat arrays, checked, with ids replaced by indices: operations 0..N−1 in the order of the model's
/// jobs, alternatives of operation <c>i</c> at <c>AlternativeOffset[i] .. AlternativeOffset[i + 1] − 1</c>, and
/// likewise for every other list (compressed rows). A fixed operation has exactly one alternative. Immutable after
/// compilation, so any number of solvers may read it at once.
/// </summary>
public sealed class CompiledModel
{
    internal CompiledModel(SchedulingModel source) => Source = source;

    /// <summary>The model it was made from.</summary>
    public SchedulingModel Source { get; }

    /// <summary>Number of operations.</summary>
    public int OperationCount => JobOf.Length;

    /// <summary>Number of jobs.</summary>
    public int JobCount => JobDue.Length;

    /// <summary>Number of equipment.</summary>
    public int EquipmentCount => EquipmentCalendar.Length;

    /// <summary>Number of secondary resources.</summary>
    public int ResourceCount => ResourceCapacity.Length;

    // Operations
    internal Operation[] Operations { get; set; } = [];
    internal int[] JobOf { get; set; } = [];
    internal int[] Release { get; set; } = [];
    internal bool[] Splittable { get; set; } = [];
    internal Fixing[] Fixing { get; set; } = [];
    internal int[] FixedStart { get; set; } = [];
    internal int[] FixedEnd { get; set; } = [];
    internal int[] BaselineEquipment { get; set; } = [];
    internal int[] BaselineStart { get; set; } = [];

    // Alternatives: equipment, open seconds, row of the equipment's setup table (−1: none), when it can be worked
    internal int[] AlternativeOffset { get; set; } = [];
    internal int[] AlternativeEquipment { get; set; } = [];
    internal int[] AlternativeDuration { get; set; } = [];
    internal int[] AlternativeFamily { get; set; } = [];
    internal CompiledCalendar[] AlternativeCalendar { get; set; } = [];
    internal int[] DemandOffset { get; set; } = [];
    internal int[] DemandResource { get; set; } = [];
    internal int[] DemandQuantity { get; set; } = [];

    // Precedence: arcs, and per operation the arcs that come in and go out
    internal int[] ArcFrom { get; set; } = [];
    internal int[] ArcTo { get; set; } = [];
    internal LagKind[] ArcKind { get; set; } = [];
    internal int[] ArcMinLag { get; set; } = [];
    internal int[] ArcMaxLag { get; set; } = [];
    internal int[] PredecessorOffset { get; set; } = [];
    internal int[] PredecessorArc { get; set; } = [];
    internal int[] SuccessorOffset { get; set; } = [];
    internal int[] SuccessorArc { get; set; } = [];

    /// <summary>All operations, predecessors first.</summary>
    internal int[] TopologicalOrder { get; set; } = [];

    // Groups: operations that only together can keep their maximum lags, predecessors first within a group
    internal int[] GroupOf { get; set; } = [];
    internal int[] GroupOffset { get; set; } = [];
    internal int[] GroupMember { get; set; } = [];

    // Jobs: due date (ModelTime.Never: none), weight
    internal int[] JobDue { get; set; } = [];
    internal int[] JobWeight { get; set; } = [];

    // Equipment and resources
    internal CompiledCalendar[] EquipmentCalendar { get; set; } = [];
    internal SetupTable?[] EquipmentSetup { get; set; } = [];
    internal int[] EquipmentInitialFamily { get; set; } = [];
    internal int[] ResourceCapacity { get; set; } = [];
    internal bool[] ResourceHeldDuringPauses { get; set; } = [];

    /// <summary>Earliest starts and ends, shortest remainders; never above the truth.</summary>
    internal HeadsAndTails Bounds { get; set; } = HeadsAndTails.None;

    internal int GroupCount => GroupOffset.Length - 1;

    internal bool IsFixed(int operation) => Fixing[operation] != Compiled.Fixing.Free;

    internal bool IsRunning(int operation) => Fixing[operation] == Compiled.Fixing.Running;

    internal bool HasMaxLag(int arc) => ArcMaxLag[arc] != ModelTime.Never;

    /// <summary>Setup seconds on an equipment between two rows of its table.</summary>
    internal int Setup(int equipment, int fromFamily, int toFamily) =>
        EquipmentSetup[equipment] is { } table ? table.Between(fromFamily, toFamily) : 0;

    /// <summary>The operation's alternative on an equipment, or −1.</summary>
    internal int AlternativeOn(int operation, string equipmentId)
    {
        for (var a = AlternativeOffset[operation]; a < AlternativeOffset[operation + 1]; a++)
            if (Source.Equipment[AlternativeEquipment[a]].Id == equipmentId) return a;
        return -1;
    }

    /// <summary>The operation's alternative on an equipment, or −1; also where the equipment is −1.</summary>
    internal int AlternativeOn(int operation, int equipment)
    {
        for (var a = AlternativeOffset[operation]; a < AlternativeOffset[operation + 1]; a++)
            if (AlternativeEquipment[a] == equipment) return a;
        return -1;
    }

    /// <summary>Earliest start and end on an alternative by its calendar alone; never where there is none.</summary>
    internal (int Start, int End) InOpenTime(int operation, int alternative, int from, int endFloor)
    {
        var calendar = AlternativeCalendar[alternative];
        var (work, isSplittable) = (AlternativeDuration[alternative], Splittable[operation]);
        var start = endFloor > from + work
            ? calendar.EarliestStartEndingAtOrAfter(from, endFloor, work, isSplittable)
            : calendar.EarliestStart(from, work, isSplittable);
        if (start == ModelTime.Never) return (start, start);
        return (start, isSplittable ? calendar.Finish(start, work) : start + work);
    }

    /// <summary>By how much a place is away from the baseline, in seconds, another equipment counted as the objective
    /// says; 0 where there is no baseline.</summary>
    internal long Displacement(int operation, int equipment, int start)
    {
        if (BaselineEquipment[operation] < 0) return 0;
        var change = equipment == BaselineEquipment[operation] ? 0 : Source.Objective.EquipmentChangeSeconds;
        return Math.Abs((long)start - BaselineStart[operation]) + change;
    }

    internal ReadOnlySpan<int> Predecessors(int operation) => PredecessorArc.AsSpan(
        PredecessorOffset[operation], PredecessorOffset[operation + 1] - PredecessorOffset[operation]);

    internal ReadOnlySpan<int> Successors(int operation) => SuccessorArc.AsSpan(
        SuccessorOffset[operation], SuccessorOffset[operation + 1] - SuccessorOffset[operation]);

    internal ReadOnlySpan<int> Members(int group) =>
        GroupMember.AsSpan(GroupOffset[group], GroupOffset[group + 1] - GroupOffset[group]);
}

/// <summary>A setup matrix as one array; equipment with the same matrix shares it.</summary>
sealed record SetupTable(int Size, int[] Seconds)
{
    /// <summary>Seconds from one family to the next; 0 where either is unknown (−1).</summary>
    public int Between(int from, int to) => from < 0 || to < 0 ? 0 : Seconds[from * Size + to];
}
