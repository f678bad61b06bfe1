using Mes.Contracts;

namespace Mes.Inventory.Domain;

/// <summary>What was reported at an operation of an order, summed; counter-reports count negative.</summary>
/// <param name="Operation">The operation's code.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that were set aside for Quality.</param>
/// <param name="Reworked">Pieces of all these that were worked on a second time, less those that Quality has sent to it.</param>
public sealed record OperationPieces(string Operation, decimal Good, decimal Scrap, decimal Nonconforming, decimal Reworked)
{
    /// <summary>Pieces that material went into: each once, also one that was reworked.</summary>
    public decimal Made => Math.Max(0, Good + Scrap + Math.Max(0, Nonconforming - Math.Max(0, Reworked)));

    /// <summary>The pieces of one report.</summary>
    public static OperationPieces Of(ProductionReported report) => new(
        report.OperationCode, report.Good, report.Scrap, report.Nonconforming,
        report.IsRework || report.Corrects is not null ? report.Good + report.Scrap + report.Nonconforming : 0);
}

/// <summary>What an order has got of a component, and ought to have used up of it by itself.</summary>
/// <param name="Due">What the pieces that were made need by the bill of materials.</param>
/// <param name="Issued">What the order has got of it, in whatever way.</param>
/// <param name="Flushed">The part of that which was taken by itself.</param>
/// <param name="Substituted">What was used in its place, as so much of it.</param>
/// <param name="Spared">What somebody has said was not needed.</param>
public sealed record ComponentAccount(decimal Due, decimal Issued, decimal Flushed, decimal Substituted, decimal Spared);

/// <summary>
/// How much of components is used up by itself. It depends on the sums alone: whatever was reported, handed out or given back
/// first, the order ends with what its bill of materials needs, or what was handed out where that is more; what was handed out
/// is never taken again.
/// </summary>
public static class Backflush
{
    const int Decimals = 6;

    /// <summary>
    /// What ought to be used up of each backflushed component: of the whole order's need the part of the pieces made, so that it
    /// is exact at the end whatever does not divide.
    /// </summary>
    public static IReadOnlyDictionary<string, decimal> Due(
        IEnumerable<RequiredMaterial> materials, decimal orderQuantity, IEnumerable<OperationPieces> pieces)
    {
        var made = pieces.ToDictionary(one => one.Operation, one => one.Made);
        return materials.Where(need => need is { IsBackflushed: true, Step: not null }).GroupBy(need => need.Material)
            .ToDictionary(needs => needs.Key, needs => needs.Sum(need =>
                decimal.Round(need.Quantity * made.GetValueOrDefault(need.Step!) / orderQuantity, Decimals)));
    }

    /// <summary>What is to be taken from stock now; below 0 what is to be put back.</summary>
    public static decimal Difference(ComponentAccount account)
    {
        var byHand = account.Issued - account.Flushed + account.Substituted;
        return Math.Max(0, account.Due - account.Spared - byHand) - account.Flushed;
    }
}
