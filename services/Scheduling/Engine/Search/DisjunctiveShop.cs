using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// The part of the model that a disjunctive graph describes completely: chains of operations, alternatives, setups by
/// the machine predecessor, release dates, due dates. One more entry than there are operations: the last, of zero
/// length, stands for "none", which saves the question in every inner loop.
/// </summary>
sealed class DisjunctiveShop
{
    const int OperationsOfLargeFlexible = 200;
    const double AlternativesOfLargeFlexible = 1.9; // per operation

    public required CompiledModel Model { get; init; }

    public required int Count { get; init; }

    /// <summary>Per operation the one before it in its chain, or <see cref="Count"/>.</summary>
    public required int[] JobPredecessor { get; init; }

    /// <summary>Per operation the one after it in its chain, or <see cref="Count"/>.</summary>
    public required int[] JobSuccessor { get; init; }

    public required int[] Release { get; init; }

    /// <summary>The operations at which chains end.</summary>
    public required int[] ChainEnds { get; init; }

    /// <summary>Setups by the machine predecessor, or null if there are none.</summary>
    public required SetupLookup? Setups { get; init; }

    public bool HasSetups => Setups is not null;

    public required bool IsFlexible { get; init; }

    /// <summary>True if weighted tardiness is to be minimized, false if the makespan.</summary>
    public required bool IsTardiness { get; init; }

    /// <summary>True of a large shop with many alternatives and no setups: there a long search pays less than a further
    /// pair of parents.</summary>
    public bool IsLargeFlexible => Count >= OperationsOfLargeFlexible && !IsTardiness && !HasSetups
        && Model.AlternativeDuration.Length >= AlternativesOfLargeFlexible * Count;

    public int MachineCount => Model.EquipmentCount;

    /// <summary>Index of "none".</summary>
    public int None => Count;

    /// <summary>The shop of a model, or null if the model has restrictions that the graph does not carry, another
    /// objective than makespan or weighted tardiness on its first level, or tardiness of too many jobs at
    /// once.</summary>
    public static DisjunctiveShop? TryCreate(CompiledModel model)
    {
        var count = model.OperationCount;
        var isPlain = model.Fixing.All(fixing => fixing == Fixing.Free)
            && model.EquipmentCalendar.All(calendar => calendar.IsAlwaysOpen)
            && model.DemandResource.Length == 0
            && model.ArcKind.All(kind => kind == LagKind.EndStart)
            && model.ArcMinLag.All(lag => lag == 0) && model.ArcMaxLag.All(lag => lag == ModelTime.Never);
        if (!isPlain || count == 0 || model.Source.Objective.Levels[0] is not [var term]) return null;
        if (term.Criterion is not (Criterion.Makespan or Criterion.WeightedTardiness)) return null;
        var (before, after) = (Enumerable.Repeat(count, count + 1).ToArray(),
            Enumerable.Repeat(count, count + 1).ToArray());
        for (var arc = 0; arc < model.ArcFrom.Length; arc++)
        {
            var (from, to) = (model.ArcFrom[arc], model.ArcTo[arc]);
            if (after[from] != count || before[to] != count) return null; // a graph, not chains
            (after[from], before[to]) = (to, from);
        }
        var shop = Create(model, before, after, term.Criterion == Criterion.WeightedTardiness);
        return shop.IsTardiness && !shop.CanTellTardiness ? null : shop;
    }

    bool CanTellTardiness => HasOneChainPerJob && (long)Count * ChainEnds.Length <= JobTails.WaysMax;

    bool HasOneChainPerJob => ChainEnds.Length == Model.JobCount
        && ChainEnds.Select(x => Model.JobOf[x]).Distinct().Count() == Model.JobCount;

    static DisjunctiveShop Create(CompiledModel model, int[] before, int[] after, bool isTardiness)
    {
        var operations = Enumerable.Range(0, model.OperationCount).ToArray();
        return new DisjunctiveShop
        {
            Model = model,
            Count = model.OperationCount,
            JobPredecessor = before,
            JobSuccessor = after,
            Release = [.. model.Release, 0],
            ChainEnds = [.. operations.Where(i => after[i] == model.OperationCount)],
            Setups = SetupLookup.TryCreate(model),
            IsTardiness = isTardiness,
            IsFlexible = operations.Any(i => model.AlternativeOffset[i + 1] - model.AlternativeOffset[i] > 1),
        };
    }
}
