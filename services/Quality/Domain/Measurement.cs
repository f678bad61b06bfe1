namespace Mes.Quality.Domain;

/// <summary>
/// What was found at one characteristic of one sampled piece. Never changed: a later one for the same place counts instead.
/// </summary>
public sealed class Measurement
{
    /// <summary>The inspection.</summary>
    public Guid InspectionId { get; init; }

    /// <summary>Its place among the measurements of the inspection, from 1 in the order they were recorded.</summary>
    public int Position { get; init; }

    /// <summary>The sampled piece, from 1 to the sample size.</summary>
    public int Sample { get; init; }

    /// <summary>Code of the characteristic.</summary>
    public required string Characteristic { get; init; }

    /// <summary>The value of a variable, in the characteristic's unit; null for an attribute.</summary>
    public decimal? Value { get; init; }

    /// <summary>Whether an attribute conforms; null for a variable.</summary>
    public bool? Conforms { get; init; }

    /// <summary>What it says of the piece.</summary>
    public Judgement Judgement { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A measurement as it is handed in: a value or a judgement, not both.</summary>
/// <param name="Sample">The sampled piece, from 1.</param>
/// <param name="Characteristic">Code of the characteristic.</param>
/// <param name="Value">The value of a variable, in the characteristic's unit.</param>
/// <param name="Conforms">Whether an attribute conforms.</param>
public sealed record Finding(int Sample, string Characteristic, decimal? Value = null, bool? Conforms = null);
