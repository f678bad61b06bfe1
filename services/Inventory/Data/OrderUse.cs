using System.Text.Json;
using Mes.Contracts;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Persistence;

namespace Mes.Inventory.Data;

/// <summary>What orders use, and in what order lots are used.</summary>
static class OrderUse
{
    /// <summary>What an order needs, as it was told last; null where the order is not known.</summary>
    public static async Task<OrderNeeds?> NeedsOf(this InventoryDb db, string order, CancellationToken ct) =>
        (await db.Read<NeedsRow>(
            """
            SELECT order_id, quantity, materials::text AS materials FROM work_order
            WHERE number = @order AND quantity IS NOT NULL
            """, new { order }, ct)).Select(row => row.ToNeeds()).SingleOrDefault();

    /// <summary>The component in whose place a material is used.</summary>
    /// <exception cref="RuleViolation">The order does not need it, or does not allow this in its place.</exception>
    public static async Task<Replacement> RequireReplacement(
        this InventoryDb db, string order, string component, string material, CancellationToken ct)
    {
        var needs = (await db.NeedsOf(order, ct))?.Materials.Where(need => need.Material == component).ToList() ?? [];
        if (needs.Count == 0)
        {
            throw new RuleViolation("component-not-found", "Name a component of the order.",
                ("order", order), ("component", component));
        }
        var allowed = needs.SelectMany(need => need.Substitutes ?? []).ToList();
        return allowed.Find(one => one.Material == material) is { } substitute
            ? new Replacement(component, substitute.Ratio)
            : throw new RuleViolation("substitute-not-allowed", "Use the component itself, or what the routing allows instead.",
                ("material", material), ("component", component),
                ("allowed", string.Join(", ", allowed.Select(one => one.Material).Distinct())));
    }

    /// <summary>
    /// Locks as many lots as are needed, what is reserved for the order first, then first expired, first in. The material is
    /// locked alone.
    /// </summary>
    public static async Task<List<LotStock>> LockLotsInOrderOfUse(this InventoryDb db, string order, string material,
        string? location, decimal quantity, bool mayDisplace, DateTimeOffset now, CancellationToken ct)
    {
        var numbers = await db.Read<string>(
            """
            SELECT lot FROM (
                SELECT lot, has_own, expires_at, received_at, free,
                       sum(free) OVER (ORDER BY has_own DESC, expires_at, received_at, lot) - free AS before
                FROM (
                    SELECT s.lot, l.expires_at, l.received_at, bool_or(r.quantity IS NOT NULL) AS has_own,
                           sum(CASE WHEN @mayDisplace THEN s.on_hand
                               ELSE s.on_hand - s.reserved + coalesce(r.quantity, 0) END) AS free
                    FROM stock s JOIN lot l ON (l.material, l.number) = (s.material, s.lot)
                    JOIN location c ON c.code = s.location
                    LEFT JOIN reservation r ON (r.material, r.lot, r.location) = (s.material, s.lot, s.location)
                        AND r.order_number = @order
                    WHERE s.material = @material AND c.kind IN ('Storage', 'LineSide')
                      AND (@location::text IS NULL OR s.location = @location)
                      AND l.status = 'Available' AND (l.expires_at IS NULL OR l.expires_at > @now)
                    GROUP BY s.lot, l.expires_at, l.received_at) AS lots
                WHERE free > 0) AS running
            WHERE before < @quantity ORDER BY has_own DESC, expires_at, received_at, lot
            """, new { order, material, location, quantity, mayDisplace, now }, ct);
        var lots = await db.LockLots(numbers.Select(number => new LotKey(material, number)), null, ct);
        return numbers.ConvertAll(number => lots[new LotKey(material, number)]);
    }

    sealed record NeedsRow
    {
        public Guid OrderId { get; init; }
        public decimal Quantity { get; init; }
        public string Materials { get; init; } = "";
        public OrderNeeds ToNeeds() => new(
            OrderId, Quantity, JsonSerializer.Deserialize<List<RequiredMaterial>>(Materials, MessageJson.Options)!);
    }
}

/// <summary>What an order needs.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">What is ordered.</param>
/// <param name="Materials">The components of all of it.</param>
sealed record OrderNeeds(Guid OrderId, decimal Quantity, IReadOnlyList<RequiredMaterial> Materials);
