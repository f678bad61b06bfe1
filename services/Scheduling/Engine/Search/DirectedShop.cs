namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// A shop without alternatives and setups, read from the front or, with every arc turned round, from the back. Like in
/// the shop itself, <see cref="DisjunctiveShop.None"/> stands for "none".
/// </summary>
sealed class DirectedShop
{
    public DirectedShop(DisjunctiveShop shop, bool isBackward)
    {
        var zero = new int[shop.Count + 1];
        (None, MachineCount) = (shop.None, shop.MachineCount);
        (Before, After) = isBackward
            ? (shop.JobSuccessor, shop.JobPredecessor) : (shop.JobPredecessor, shop.JobSuccessor);
        (Release, Delivery) = isBackward ? (zero, shop.Release) : (shop.Release, zero);
        var alternatives = shop.Model.AlternativeOffset;
        (Machine, Duration) = (new int[shop.Count], new int[shop.Count]);
        for (var x = 0; x < shop.Count; x++)
        {
            Machine[x] = shop.Model.AlternativeEquipment[alternatives[x]];
            Duration[x] = shop.Model.AlternativeDuration[alternatives[x]];
        }
    }

    public int Count => Machine.Length;

    public int None { get; }

    public int MachineCount { get; }

    /// <summary>Per operation the one before it in its chain, or none.</summary>
    public int[] Before { get; }

    /// <summary>Per operation the one after it in its chain, or none.</summary>
    public int[] After { get; }

    public int[] Machine { get; }

    public int[] Duration { get; }

    /// <summary>Earliest start.</summary>
    public int[] Release { get; }

    /// <summary>What has to pass after the end of an operation at least.</summary>
    public int[] Delivery { get; }

    /// <summary>True for shops that can be read so: one alternative each, no setups, the makespan counts.</summary>
    public static bool Fits(DisjunctiveShop shop) => !shop.IsFlexible && !shop.HasSetups && !shop.IsTardiness;
}
