using Mes.Quality.Domain;

namespace Mes.Quality.Features.Inspections;

/// <summary>A measurement, judged.</summary>
/// <param name="Position">Its place in the order of recording; of two for one piece and characteristic the later counts.</param>
/// <param name="Sample">The sampled piece, from 1.</param>
/// <param name="Characteristic">Code of the characteristic.</param>
/// <param name="Value">The value of a variable, in the characteristic's unit.</param>
/// <param name="Conforms">Whether an attribute conforms.</param>
/// <param name="Judgement">What it says of the piece; the colour to show it in.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="RecordedAt">When, UTC.</param>
public sealed record MeasurementView(
    int Position, int Sample, string Characteristic, decimal? Value, bool? Conforms, Judgement Judgement, string RecordedBy,
    DateTimeOffset RecordedAt)
{
    /// <summary>Shows a measurement.</summary>
    public static MeasurementView Of(Measurement row) => new(
        row.Position, row.Sample, row.Characteristic, row.Value, row.Conforms, row.Judgement, row.RecordedBy, row.RecordedAt);
}
