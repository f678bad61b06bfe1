namespace Mes.Replay.Orders;

/// <summary>A quantity that grows with each report, to be asked for at any instant.</summary>
sealed class CumulativeQuantity
{
    readonly DateTimeOffset[] _instants;
    readonly decimal[] _sums;

    public CumulativeQuantity(IEnumerable<LogRow> rows, Func<LogRow, decimal> quantity)
    {
        LogRow[] ordered = [.. rows.OrderBy(row => row.EndedAt)];
        _instants = Array.ConvertAll(ordered, row => row.EndedAt);
        _sums = new decimal[ordered.Length + 1];
        for (var i = 0; i < ordered.Length; i++)
            _sums[i + 1] = _sums[i] + quantity(ordered[i]);
    }

    /// <summary>The sum over all reports that ended at or before the instant.</summary>
    public decimal At(DateTimeOffset instant)
    {
        var (low, high) = (0, _instants.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_instants[middle] <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return _sums[low];
    }
}
