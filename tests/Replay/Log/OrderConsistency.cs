using System.Globalization;

namespace Mes.Replay.Log;

/// <summary>An order has one part and one quantity: rows that contradict the order's first row are errors.</summary>
static class OrderConsistency
{
    public static void Check(IReadOnlyList<LogRow> rows, ICollection<LogError> errors)
    {
        var firstRows = new Dictionary<string, LogRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (firstRows.TryAdd(row.OrderId, row))
                continue;

            var first = firstRows[row.OrderId];
            if (row.Part != first.Part)
                errors.Add(new LogError(row.Line, LogColumns.Part, row.Part,
                    $"{row.OrderId} makes '{first.Part}' in line {first.Line}; an order has one part"));
            if (row.OrderQuantity != first.OrderQuantity)
                errors.Add(new LogError(row.Line, LogColumns.OrderQuantity,
                    row.OrderQuantity.ToString(CultureInfo.InvariantCulture),
                    $"{row.OrderId} is for {first.OrderQuantity} in line {first.Line}; an order has one quantity"));
        }
    }
}
