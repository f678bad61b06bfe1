using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>What a machine works on.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Order">Number of its order.</param>
/// <param name="Product">What is made.</param>
/// <param name="Step">Its step.</param>
sealed record Job(Guid Operation, string Order, Product Product, Step Step)
{
    /// <summary>Pieces that are there for it.</summary>
    public int Left { get; set; }

    /// <summary>Setup to go; none for more of what was made before.</summary>
    public TimeSpan SetupLeft { get; set; }

    /// <summary>What a piece takes this time.</summary>
    public TimeSpan Cycle { get; init; }

    /// <summary>The work that was begun; none while nobody is there.</summary>
    public Guid? Work { get; set; }

    /// <summary>Plant time that was run since the last report, and not yet made a piece.</summary>
    public TimeSpan Run { get; set; }

    /// <summary>The pieces that this time has made.</summary>
    public int Made => Math.Min(Left, (int)(Run / Cycle));
}
