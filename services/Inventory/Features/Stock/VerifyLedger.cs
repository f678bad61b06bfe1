using System.Data;
using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

/// <summary>A balance that is not the sum of its ledger entries or reservations.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="Ledger">Sum of the ledger entries.</param>
/// <param name="OnHand">What stock says is there.</param>
/// <param name="Reservations">Sum of the reservations.</param>
/// <param name="Reserved">What stock says is reserved.</param>
public sealed record StockMismatch(
    string Material, string Lot, string Location, decimal Ledger, decimal OnHand, decimal Reservations, decimal Reserved);

/// <summary>Whether the books balance, at one instant.</summary>
/// <param name="IsBalanced">True where debits equal credits, no movement is unbalanced and nothing mismatches.</param>
/// <param name="Debits">Sum of all entries into locations.</param>
/// <param name="Credits">Sum of all entries out of locations, as a positive number.</param>
/// <param name="UnbalancedMovements">Movements whose entries do not sum to zero per material and lot.</param>
/// <param name="Mismatches">Balances that are wrong, at most 100.</param>
/// <param name="NegativeStock">Real locations whose stock is negative or less than what is reserved of it.</param>
public sealed record LedgerVerdict(
    bool IsBalanced, decimal Debits, decimal Credits, long UnbalancedMovements, IReadOnlyList<StockMismatch> Mismatches,
    long NegativeStock);

static class VerifyLedgerEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/ledger/verdict", Handle).Named("verifyLedger", "Add the ledger up and compare with the stock")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<LedgerVerdict> Handle(InventoryDb db, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var totals = (await db.Read<Totals>(
            """
            SELECT coalesce(sum(quantity) FILTER (WHERE quantity > 0), 0) AS debits,
                   coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0) AS credits,
                   (SELECT count(*) FROM (SELECT movement_id FROM ledger_entry GROUP BY movement_id, material, lot
                                          HAVING sum(quantity) <> 0) AS unbalanced) AS unbalanced_movements,
                   (SELECT count(*) FROM stock WHERE NOT is_virtual AND (on_hand < 0 OR reserved < 0 OR reserved > on_hand))
                       AS negative_stock
            FROM ledger_entry
            """, new { }, ct))[0];
        var mismatches = await db.Read<Mismatch>(
            """
            SELECT material, lot, location, coalesce(l.quantity, 0) AS ledger, coalesce(s.on_hand, 0) AS on_hand,
                   coalesce(r.quantity, 0) AS reservations, coalesce(s.reserved, 0) AS reserved
            FROM (SELECT material, lot, location, sum(quantity) AS quantity FROM ledger_entry
                  GROUP BY material, lot, location) AS l
            FULL JOIN stock s USING (material, lot, location)
            FULL JOIN (SELECT material, lot, location, sum(quantity) AS quantity FROM reservation
                       GROUP BY material, lot, location) AS r USING (material, lot, location)
            WHERE coalesce(l.quantity, 0) <> coalesce(s.on_hand, 0) OR coalesce(r.quantity, 0) <> coalesce(s.reserved, 0)
            ORDER BY material, lot, location LIMIT 100
            """, new { }, ct);
        var isBalanced = totals is { UnbalancedMovements: 0, NegativeStock: 0 } && totals.Debits == totals.Credits
            && mismatches.Count == 0;
        return new LedgerVerdict(isBalanced, totals.Debits, totals.Credits, totals.UnbalancedMovements,
            mismatches.ConvertAll(row => row.ToMismatch()), totals.NegativeStock);
    }

    sealed record Totals
    {
        public decimal Debits { get; init; }
        public decimal Credits { get; init; }
        public long UnbalancedMovements { get; init; }
        public long NegativeStock { get; init; }
    }

    sealed record Mismatch
    {
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public decimal Ledger { get; init; }
        public decimal OnHand { get; init; }
        public decimal Reservations { get; init; }
        public decimal Reserved { get; init; }

        public StockMismatch ToMismatch() => new(Material, Lot, Location, Ledger, OnHand, Reservations, Reserved);
    }
}
