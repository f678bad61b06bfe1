namespace Mes.Replay.Log;

/// <summary>
/// The extent of a log: rows, distinct names, <c>Routes</c> as distinct sequences of activities over all orders, and
/// <c>OrderedPieces</c> as the sum of order quantities, each order once.
/// </summary>
sealed record LogProfile(
    int Rows, int Orders, int Activities, int Equipment, int Workers, int Parts, int Routes, decimal OrderedPieces)
{
    public static LogProfile Of(IReadOnlyList<LogRow> rows, IReadOnlyList<OrderHistory> orders) => new(
        rows.Count,
        orders.Count,
        rows.Select(row => row.Activity).Distinct().Count(),
        rows.Select(row => row.Equipment).Distinct().Count(),
        rows.Select(row => row.Worker).Where(worker => worker.Length > 0).Distinct().Count(),
        rows.Select(row => row.Part).Distinct().Count(),
        orders.Select(order => string.Join('\n', order.Route)).Distinct().Count(),
        orders.Sum(order => order.Quantity));
}
