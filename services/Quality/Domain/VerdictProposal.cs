namespace Mes.Quality.Domain;

/// <summary>What is decided on the inspected quantity.</summary>
public enum Verdict
{
    /// <summary>All of it passes.</summary>
    Accept,
    /// <summary>None of it passes.</summary>
    Reject,
    /// <summary>A part passes.</summary>
    Partial
}

/// <summary>What the measurements so far say.</summary>
/// <param name="Verdict">The verdict they call for; null while some are missing and none is out.</param>
/// <param name="AcceptedQuantity">Quantity that may pass.</param>
/// <param name="RejectedQuantity">Quantity that may not.</param>
/// <param name="MissingMeasurements">How many are still to be made, ≥ 0.</param>
/// <param name="PiecesOut">Sampled pieces with something out of limits.</param>
public sealed record VerdictProposal(
    Verdict? Verdict, decimal AcceptedQuantity, decimal RejectedQuantity, long MissingMeasurements, int PiecesOut)
{
    /// <summary>
    /// Reads the measurements of an inspection. Every piece inspected: the pieces out are rejected, the others accepted.
    /// A sample: one piece out rejects all (acceptance number 0), and then nothing needs to be measured any more.
    /// </summary>
    public static VerdictProposal From(Inspection inspection, IEnumerable<Measurement> measurements)
    {
        var counting = measurements.GroupBy(made => (made.Sample, made.Characteristic))
            .Select(same => same.MaxBy(made => made.Position)!).ToList();
        var places = (long)inspection.SampleSize * inspection.Plan.Characteristics.Count;
        var missing = places - counting.Count;
        var piecesOut = counting.Where(made => made.Judgement == Judgement.Out)
            .Select(made => made.Sample).Distinct().Count();

        var rejected = inspection.Plan.Sampling.Rule == SamplingRule.All
            ? Math.Min(piecesOut, inspection.Quantity)
            : piecesOut > 0 ? inspection.Quantity : 0;
        var isAllRejected = rejected == inspection.Quantity;
        Verdict? verdict = isAllRejected ? Domain.Verdict.Reject
            : missing > 0 ? null
            : rejected > 0 ? Domain.Verdict.Partial : Domain.Verdict.Accept;
        return new VerdictProposal(verdict, inspection.Quantity - rejected, rejected, missing, piecesOut);
    }
}
