namespace Mes.Replay.Log;

/// <summary>
/// Why a row (or the header, line 1) cannot be read, with the value at fault and what to do about it.
/// </summary>
sealed record LogError(int Line, string Column, string Value, string Hint)
{
    const int ValueCharsMax = 60;

    public override string ToString() => $"line {Line}, {Column}: '{Shortened}': {Hint}";

    string Shortened => Value.Length <= ValueCharsMax ? Value : Value[..ValueCharsMax] + "…";
}

/// <summary>A log as read: the rows that are sound, in file order, and every error found.</summary>
sealed record LogReading(IReadOnlyList<LogRow> Rows, IReadOnlyList<LogError> Errors);
