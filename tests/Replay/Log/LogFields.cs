namespace Mes.Replay.Log;

/// <summary>The fields of one record, read by column; what cannot be read becomes an error of that line.</summary>
sealed class LogFields(
    IReadOnlyDictionary<string, int> columns, string[] record, int line, ICollection<LogError> errors)
{
    const decimal QuantityMax = 1_000_000_000m;
    readonly int _errorsBefore = errors.Count;

    public int Line => line;

    public bool AreSound => errors.Count == _errorsBefore;

    /// <summary>True when the record has a field for each column; otherwise the row is in error as a whole.</summary>
    public bool AreComplete()
    {
        var needed = columns.Values.Max() + 1;
        if (record.Length >= needed)
            return true;
        Add("row", string.Join(',', record), $"has {record.Length} fields where at least {needed} are expected");
        return false;
    }

    public string Text(string column) => LogText.Normalize(record[columns[column]]);

    public string Required(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
            Add(column, text, "must not be empty");
        return text;
    }

    public DateTimeOffset Instant(string column)
    {
        if (!LogText.TryInstant(Text(column), out var instant))
            Add(column, Text(column), "is no instant; write 2012/01/29 23:24:00.000 (UTC)");
        return instant;
    }

    /// <summary>Pieces, 0 to 10⁹; an empty field is 0.</summary>
    public decimal Quantity(string column) => Text(column).Length == 0 ? 0 : QuantityOrNull(column) ?? 0;

    /// <summary>Pieces, above 0, to 10⁹.</summary>
    public decimal PositiveQuantity(string column)
    {
        var quantity = QuantityOrNull(column);
        if (quantity == 0)
            Add(column, Text(column), "must be above 0");
        return quantity ?? 0;
    }

    decimal? QuantityOrNull(string column)
    {
        var text = Text(column);
        if (!LogText.TryQuantity(text, out var quantity))
            Add(column, text, "is no number; write 1250 or 12.5");
        else if (quantity is < 0 or > QuantityMax)
            Add(column, text, $"must lie between 0 and {QuantityMax:0}");
        else
            return quantity;
        return null;
    }

    public void Add(string column, string value, string hint) => errors.Add(new LogError(line, column, value, hint));
}
