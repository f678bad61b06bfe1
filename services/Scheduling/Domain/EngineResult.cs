
namespace Mes.Scheduling.Domain;

/// <summary>News of a search.</summary>
/// <param name="Seconds">Time since it began, seconds.</param>
/// <param name="Value">The objective's value by level.</param>
/// <param name="Bound">What it cannot fall below, by level.</param>
public sealed record EngineProgress(double Seconds, IReadOnlyList<long> Value, IReadOnlyList<long> Bound)
{
    /// <summary>How late the plan is, or null before the first.</summary>
    public Lateness? Late { get; init; }

    /// <summary>Before the first plan.</summary>
    public static EngineProgress None { get; } = new(0, [], []);

    /// <summary>Share of the first level that is not proved to be necessary, 0 to 1.</summary>
    public double Gap => Value.Count == 0 || Value[0] <= Bound[0] ? 0 : (Value[0] - Bound[0]) / (double)Value[0];
}

/// <summary>How late a plan is.</summary>
/// <param name="Orders">Number of orders that end after their due date.</param>
/// <param name="Seconds">Σ seconds of their tardiness.</param>
public sealed record Lateness(int Orders, long Seconds);

/// <summary>What the engine found.</summary>
/// <param name="Rows">The plan.</param>
/// <param name="Last">The last news.</param>
/// <param name="Method">How it was found, for people.</param>
/// <param name="IsCancelled">Whether somebody ended the search before its time.</param>
public sealed record EngineResult(
    IReadOnlyList<PlanRow> Rows, EngineProgress Last, string Method, bool IsCancelled = false);
