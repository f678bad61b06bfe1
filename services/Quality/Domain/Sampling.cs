using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>By which rule the number of pieces to inspect is found.</summary>
public enum SamplingRule
{
    /// <summary>Every piece.</summary>
    All,
    /// <summary>A fixed number of pieces; one bad piece among them rejects the whole quantity (acceptance number 0).</summary>
    Fixed
}

/// <summary>How many pieces of a quantity are inspected.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Size">Pieces to inspect, for <see cref="SamplingRule.Fixed"/> only, ≥ 1.</param>
public sealed record Sampling(SamplingRule Rule, int? Size = null)
{
    /// <summary>The number of pieces to inspect: never more than there are; a broken piece counts as one.</summary>
    public int SampleSize(decimal quantity)
    {
        var pieces = (int)decimal.Ceiling(quantity);
        return Rule == SamplingRule.All ? pieces : Math.Min(Size!.Value, pieces);
    }

    /// <summary>Refuses a rule that lacks its size or has one it cannot use.</summary>
    /// <exception cref="RuleViolation"><c>sampling-size-wrong</c>.</exception>
    public void Check()
    {
        if (Rule == SamplingRule.Fixed ? Size is not >= 1 : Size is not null)
        {
            throw new RuleViolation("sampling-size-wrong",
                "Fixed sampling needs a size of at least 1; inspecting all pieces takes none.", ("rule", Rule), ("size", Size));
        }
    }
}
