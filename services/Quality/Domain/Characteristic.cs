using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>How a characteristic is found out.</summary>
public enum CharacteristicType
{
    /// <summary>Measured as a number and judged against limits.</summary>
    Variable,
    /// <summary>Judged as conforming or not.</summary>
    Attribute
}

/// <summary>What a measurement says of its piece; the colour it is shown in.</summary>
public enum Judgement
{
    /// <summary>Inside the limits (green).</summary>
    Within,
    /// <summary>Inside the limits but beyond a warning limit (yellow).</summary>
    Warning,
    /// <summary>Outside a limit, or not conforming (red).</summary>
    Out
}

/// <summary>One thing to look at on each sampled piece. Limits are inclusive: a value on a limit is inside it.</summary>
/// <param name="Code">Short name, unique in its plan.</param>
/// <param name="Name">What is looked at, for people.</param>
/// <param name="Type">Measured or judged.</param>
/// <param name="Unit">Unit of all values of a variable, such as <c>mm</c>; null for an attribute.</param>
/// <param name="Nominal">The value aimed at, or null.</param>
/// <param name="LowerLimit">Smallest value allowed, or null where nothing is too small.</param>
/// <param name="UpperLimit">Largest value allowed, or null where nothing is too large.</param>
/// <param name="LowerWarning">Values below warn; not below the lower limit; null for none.</param>
/// <param name="UpperWarning">Values above warn; not above the upper limit; null for none.</param>
public sealed record Characteristic(
    string Code, string Name, CharacteristicType Type, string? Unit = null, decimal? Nominal = null,
    decimal? LowerLimit = null, decimal? UpperLimit = null, decimal? LowerWarning = null, decimal? UpperWarning = null)
{
    /// <summary>Judges a measured value.</summary>
    /// <exception cref="RuleViolation"><c>characteristic-not-measured</c>: it is an attribute.</exception>
    public Judgement Judge(decimal value) => Type switch
    {
        CharacteristicType.Attribute => throw new RuleViolation("characteristic-not-measured",
            "Say whether the piece conforms; this characteristic has no value.", ("characteristic", Code), ("value", value)),
        _ when value < LowerLimit || value > UpperLimit => Judgement.Out,
        _ when value < LowerWarning || value > UpperWarning => Judgement.Warning,
        _ => Judgement.Within
    };

    /// <summary>Judges a piece seen.</summary>
    /// <exception cref="RuleViolation"><c>characteristic-needs-value</c>: it is a variable.</exception>
    public Judgement Judge(bool conforms) => Type == CharacteristicType.Variable
        ? throw new RuleViolation("characteristic-needs-value", "Send the measured value.",
            ("characteristic", Code), ("unit", Unit))
        : conforms ? Judgement.Within : Judgement.Out;

    /// <summary>Refuses a characteristic that nothing could be judged by.</summary>
    /// <exception cref="RuleViolation">Its limits are missing, crossed, or given for an attribute.</exception>
    public void Check()
    {
        if (Type == CharacteristicType.Attribute)
        {
            CheckAttribute();
            return;
        }
        if (Unit is null || (LowerLimit is null && UpperLimit is null))
        {
            throw Refused("characteristic-without-limit", "Give a variable a unit and at least one limit.");
        }
        if (LowerLimit >= UpperLimit)
        {
            throw Refused("limits-crossed", "The lower limit must be below the upper one.");
        }
        if (!IsInside(Nominal))
        {
            throw Refused("nominal-outside-limits", "The nominal value must lie within the limits.");
        }
        if (!IsInside(LowerWarning) || !IsInside(UpperWarning) || LowerWarning >= UpperWarning)
        {
            throw Refused("warning-outside-limits", "Warning limits must lie within the limits, the lower below the upper.");
        }
    }

    void CheckAttribute()
    {
        if (Unit is not null || Nominal is not null || LowerLimit is not null || UpperLimit is not null
            || LowerWarning is not null || UpperWarning is not null)
        {
            throw Refused("attribute-with-limits", "An attribute is judged without unit, nominal value and limits.");
        }
    }

    bool IsInside(decimal? value) => !(value < LowerLimit) && !(value > UpperLimit);

    RuleViolation Refused(string code, string hint) => new(code, hint,
        ("characteristic", Code), ("unit", Unit), ("nominal", Nominal),
        ("lowerLimit", LowerLimit), ("upperLimit", UpperLimit), ("lowerWarning", LowerWarning), ("upperWarning", UpperWarning));
}
