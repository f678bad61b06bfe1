using System.Collections.Immutable;

namespace Mes.Scheduling.Engine.Model;

/// <summary>A figure of a plan that is to be small.</summary>
public enum Criterion
{
    /// <summary>Σ weight · seconds late, over jobs.</summary>
    WeightedTardiness,

    /// <summary>Seconds from the origin to the end of the last operation.</summary>
    Makespan,

    /// <summary>Σ seconds of setup.</summary>
    SetupTime,

    /// <summary>Distance to the baseline: Σ seconds by which starts moved, and a penalty per changed
    /// equipment.</summary>
    Instability,

    /// <summary>Work in process: Σ seconds from a job's first start to its last end.</summary>
    WorkInProcess,
}

/// <summary>A criterion and what one unit of it costs.</summary>
/// <param name="Criterion">The figure.</param>
/// <param name="Weight">Cost of one unit, 1 to 1,000,000.</param>
public readonly record struct ObjectiveTerm(Criterion Criterion, int Weight = 1);

/// <summary>One or more levels, each a weighted sum; a lower level decides only between plans that are equal on all
/// levels above it. One level is a weighted, one term per level a lexicographic objective.</summary>
public sealed record Objective
{
    Objective(ImmutableArray<ImmutableArray<ObjectiveTerm>> levels) => Levels = levels;

    /// <summary>The levels, most important first.</summary>
    public ImmutableArray<ImmutableArray<ObjectiveTerm>> Levels { get; }

    /// <summary>What one change of equipment against the baseline costs, in seconds of moved start.</summary>
    public int EquipmentChangeSeconds { get; init; } = 3600;

    /// <summary>The makespan alone.</summary>
    public static Objective Makespan { get; } = Lexicographic(Criterion.Makespan);

    /// <summary>Weighted tardiness alone.</summary>
    public static Objective WeightedTardiness { get; } = Lexicographic(Criterion.WeightedTardiness);

    /// <summary>The weighted sum of several criteria.</summary>
    /// <exception cref="ArgumentException">No term, a criterion twice, or a weight out of range.</exception>
    public static Objective Weighted(params ObjectiveTerm[] terms) => OfLevels(terms);

    /// <summary>Criteria in order of importance.</summary>
    /// <exception cref="ArgumentException">No criterion, or one twice.</exception>
    public static Objective Lexicographic(params Criterion[] criteria) =>
        OfLevels([.. criteria.Select(criterion => new[] { new ObjectiveTerm(criterion) })]);

    /// <summary>The general form: levels of weighted sums.</summary>
    /// <exception cref="ArgumentException">No level, an empty level, a criterion twice, a weight out of
    /// range.</exception>
    public static Objective OfLevels(params ObjectiveTerm[][] levels)
    {
        var terms = levels.SelectMany(level => level).ToArray();
        if (levels.Length == 0 || levels.Any(level => level.Length == 0))
            throw new ArgumentException("An objective needs a criterion on every level.", nameof(levels));
        if (terms.DistinctBy(term => term.Criterion).Count() < terms.Length)
            throw new ArgumentException("An objective names each criterion once.", nameof(levels));
        if (terms.Any(term => term.Weight is < 1 or > 1_000_000))
            throw new ArgumentException("A weight lies between 1 and 1,000,000.", nameof(levels));
        return new Objective([.. levels.Select(level => level.ToImmutableArray())]);
    }

    /// <summary>The objective with one more criterion as its last level.</summary>
    /// <exception cref="ArgumentException">The criterion counts already.</exception>
    public Objective ThenBy(Criterion criterion) =>
        OfLevels([.. Levels.Select(level => level.ToArray()), [new ObjectiveTerm(criterion)]]) with
        {
            EquipmentChangeSeconds = EquipmentChangeSeconds,
        };

    /// <summary>True if the criterion counts on some level.</summary>
    public bool Uses(Criterion criterion) => Levels.Any(level => level.Any(term => term.Criterion == criterion));

    /// <summary>The value of a plan, or the bound, with these figures.</summary>
    public ObjectiveValue Of(PlanMeasures measures) =>
        new([.. Levels.Select(level => level.Sum(term => term.Weight * measures[term.Criterion]))]);
}

/// <summary>The value of an objective: one number per level, compared in order, smaller is better.</summary>
/// <param name="Levels">The weighted sums, most important level first.</param>
public readonly record struct ObjectiveValue(ImmutableArray<long> Levels) : IComparable<ObjectiveValue>
{
    /// <inheritdoc/>
    public int CompareTo(ObjectiveValue other) => Levels.AsSpan().SequenceCompareTo(other.Levels.AsSpan());

    /// <inheritdoc/>
    public bool Equals(ObjectiveValue other) => Levels.AsSpan().SequenceEqual(other.Levels.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Levels.Length == 0 ? 0 : HashCode.Combine(Levels.Length, Levels[0]);

    /// <summary>Better than.</summary>
    public static bool operator <(ObjectiveValue left, ObjectiveValue right) => left.CompareTo(right) < 0;

    /// <summary>Worse than.</summary>
    public static bool operator >(ObjectiveValue left, ObjectiveValue right) => left.CompareTo(right) > 0;

    /// <summary>At least as good as.</summary>
    public static bool operator <=(ObjectiveValue left, ObjectiveValue right) => left.CompareTo(right) <= 0;

    /// <summary>At most as good as.</summary>
    public static bool operator >=(ObjectiveValue left, ObjectiveValue right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Join(" / ", Levels);
}

/// <summary>Every criterion of a plan; see <see cref="Criterion"/> for their units.</summary>
public sealed record PlanMeasures(
    long WeightedTardiness, long Makespan, long SetupTime, long Instability, long WorkInProcess)
{
    /// <summary>The figure of one criterion.</summary>
    public long this[Criterion criterion] => criterion switch
    {
        Criterion.WeightedTardiness => WeightedTardiness,
        Criterion.Makespan => Makespan,
        Criterion.SetupTime => SetupTime,
        Criterion.Instability => Instability,
        Criterion.WorkInProcess => WorkInProcess,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "Unknown criterion."),
    };
}
