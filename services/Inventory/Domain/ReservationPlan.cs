namespace Mes.Inventory.Domain;

/// <summary>What an order still lacks of a material.</summary>
/// <param name="OrderNumber">The order.</param>
/// <param name="Missing">Quantity to reserve, &gt; 0.</param>
/// <param name="DueAt">When the order is due, UTC, or null where unknown: then last.</param>
/// <param name="Priority">Among orders due at the same time, the higher first.</param>
public sealed record OpenDemand(string OrderNumber, decimal Missing, DateTimeOffset? DueAt, int Priority);

/// <summary>A part of a lot that may be reserved.</summary>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="Free">Quantity, &gt; 0.</param>
/// <param name="ExpiresAt">When the lot expires, UTC, or null.</param>
/// <param name="ReceivedAt">When it was received, UTC, or null.</param>
public sealed record FreeStock(
    string Lot, string Location, decimal Free, DateTimeOffset? ExpiresAt, DateTimeOffset? ReceivedAt);

/// <summary>A reservation to be made.</summary>
public readonly record struct PlannedReservation(string OrderNumber, string Lot, string Location, decimal Quantity);

/// <summary>Who gets what of a material's free stock.</summary>
public static class ReservationPlan
{
    /// <summary>Gives the stock that expires first, then the oldest, to the order that is due first.</summary>
    public static IReadOnlyList<PlannedReservation> Of(IEnumerable<OpenDemand> demands, IEnumerable<FreeStock> stock)
    {
        var free = new Stack<FreeStock>(InOrderOfUse(stock).Reverse());
        var planned = new List<PlannedReservation>();
        foreach (var demand in InOrderOfNeed(demands))
        {
            Serve(demand, free, planned);
        }
        return planned;
    }

    /// <summary>First expired, first in, first out.</summary>
    public static IEnumerable<FreeStock> InOrderOfUse(IEnumerable<FreeStock> stock) => stock
        .OrderBy(at => at.ExpiresAt ?? DateTimeOffset.MaxValue).ThenBy(at => at.ReceivedAt ?? DateTimeOffset.MaxValue)
        .ThenBy(at => at.Lot, StringComparer.Ordinal).ThenBy(at => at.Location, StringComparer.Ordinal);

    static IEnumerable<OpenDemand> InOrderOfNeed(IEnumerable<OpenDemand> demands) => demands
        .OrderBy(demand => demand.DueAt ?? DateTimeOffset.MaxValue).ThenByDescending(demand => demand.Priority)
        .ThenBy(demand => demand.OrderNumber, StringComparer.Ordinal);

    static void Serve(OpenDemand demand, Stack<FreeStock> free, List<PlannedReservation> planned)
    {
        for (var missing = demand.Missing; missing > 0 && free.TryPop(out var first);)
        {
            var quantity = Math.Min(missing, first.Free);
            planned.Add(new PlannedReservation(demand.OrderNumber, first.Lot, first.Location, quantity));
            missing -= quantity;
            if (quantity < first.Free)
            {
                free.Push(first with { Free = first.Free - quantity });
            }
        }
    }
}
