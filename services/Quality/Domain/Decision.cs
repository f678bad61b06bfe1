using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>Who gives a verdict.</summary>
/// <param name="Name">Name, for the record.</param>
/// <param name="MayConcede">Whether more may be accepted than the measurements allow.</param>
public sealed record Inspector(string Name, bool MayConcede);

/// <summary>A verdict as it is given.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="AcceptedQuantity">Quantity that passes; needed for a partial verdict, else implied.</param>
/// <param name="RejectedQuantity">Quantity that does not; needed for a partial verdict, else implied.</param>
/// <param name="Reason">Why; needed where it is not what the measurements call for.</param>
public sealed record Decision(
    Verdict Verdict, decimal? AcceptedQuantity = null, decimal? RejectedQuantity = null, string? Reason = null)
{
    /// <summary>How much of a quantity it accepts.</summary>
    public decimal AcceptedOf(decimal quantity) => Verdict switch
    {
        Verdict.Accept => quantity,
        Verdict.Reject => 0,
        _ => AcceptedQuantity!.Value
    };

    /// <summary>Refuses a verdict whose quantities do not add up or that the measurements do not carry.</summary>
    /// <exception cref="RuleViolation">Names the rule.</exception>
    public void Check(Inspection inspection, VerdictProposal proposal, Inspector by)
    {
        CheckQuantities(inspection.Quantity, inspection.Unit);
        if (Verdict != Verdict.Reject && proposal.MissingMeasurements > 0)
        {
            throw new RuleViolation("measurements-missing",
                "Measure all sampled pieces before accepting any; rejecting is possible at once.",
                ("missing", proposal.MissingMeasurements));
        }
        var isProposed = Verdict == proposal.Verdict && AcceptedOf(inspection.Quantity) == proposal.AcceptedQuantity;
        if (!isProposed && Reason is null)
        {
            throw new RuleViolation("reason-missing", "Say why the verdict differs from what the measurements call for.",
                ("proposal", proposal));
        }
        if (AcceptedOf(inspection.Quantity) > proposal.AcceptedQuantity && !by.MayConcede)
        {
            throw new RuleViolation("concession-not-permitted",
                "Reject the pieces that are out of limits; using them as they are is decided on the nonconformance.",
                ("proposal", proposal));
        }
    }

    void CheckQuantities(decimal quantity, string unit)
    {
        var isRight = Verdict switch
        {
            Verdict.Accept => (AcceptedQuantity ?? quantity) == quantity && (RejectedQuantity ?? 0) == 0,
            Verdict.Reject => (AcceptedQuantity ?? 0) == 0 && (RejectedQuantity ?? quantity) == quantity,
            _ => AcceptedQuantity > 0 && RejectedQuantity > 0 && AcceptedQuantity + RejectedQuantity == quantity
        };
        if (!isRight)
        {
            throw new RuleViolation("verdict-quantities",
                "Accepted and rejected quantity must fit the verdict and add up to the quantity.",
                ("accepted", AcceptedQuantity), ("rejected", RejectedQuantity), ("quantity", quantity), ("unit", unit));
        }
    }
}
