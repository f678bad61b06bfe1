using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

/// <summary>One line of a lot's ledger.</summary>
public sealed record LedgerLine
{
    /// <summary>Position in the ledger.</summary>
    public long Number { get; init; }
    /// <summary>The movement.</summary>
    public Guid MovementId { get; init; }
    /// <summary>One of <see cref="MovementKinds"/>.</summary>
    public string Kind { get; init; } = "";
    /// <summary>Location code.</summary>
    public string Location { get; init; } = "";
    /// <summary>Into the location where positive.</summary>
    public decimal Quantity { get; init; }
    /// <summary>The work order, or null.</summary>
    public string? Order { get; init; }
    /// <summary>What caused it: a command or a production report.</summary>
    public string SourceKind { get; init; } = "";
    /// <summary>Identity of what caused it.</summary>
    public string SourceId { get; init; } = "";
    /// <summary>The movement that it undoes, or null.</summary>
    public Guid? Reverses { get; init; }
    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }
    /// <summary>The paper it came with, or null.</summary>
    public string? Reference { get; init; }
    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset OccurredAt { get; init; }
    /// <summary>When it was posted, UTC.</summary>
    public DateTimeOffset PostedAt { get; init; }
}

/// <summary>A hold on a lot.</summary>
public sealed record ActiveHold
{
    /// <summary>Identity of the hold.</summary>
    public Guid Id { get; init; }
    /// <summary>Why it was placed.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What lies of a lot at a location; a virtual one's balance may be negative.</summary>
public sealed record Balance
{
    /// <summary>Location code.</summary>
    public string Location { get; init; } = "";
    /// <summary>Whether no stock lies there.</summary>
    public bool IsVirtual { get; init; }
    /// <summary>Quantity.</summary>
    public decimal OnHand { get; init; }
    /// <summary>Reserved part of it.</summary>
    public decimal Reserved { get; init; }
}

/// <summary>A lot with all that is known of it.</summary>
/// <param name="Lot">The lot.</param>
/// <param name="Unit">Unit of all quantities.</param>
/// <param name="Balances">By location.</param>
/// <param name="Holds">Active holds.</param>
/// <param name="Ledger">Its ledger, oldest first.</param>
public sealed record LotDetails(
    LotView Lot, string Unit, IReadOnlyList<Balance> Balances, IReadOnlyList<ActiveHold> Holds, Page<LedgerLine> Ledger);

static class ShowLotEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lots/{material}/{lot}", Handle).Named("showLot", "Show a lot with its stock and movements")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<LotDetails> Handle(
        Code material, Code lot, InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var found = await db.Lots.AsNoTracking().Where(l => l.Material == material && l.Number == lot)
                .Select(l => LotView.Of(l)).SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("lot", lot);
        using var results = await db.ReadSeveral(
            """
            SELECT unit FROM material WHERE code = @material;
            SELECT location, is_virtual, on_hand, reserved FROM stock WHERE material = @material AND lot = @lot ORDER BY location;
            SELECT id, reason FROM quality_hold WHERE material = @material AND lot = @lot AND is_active ORDER BY id;
            SELECT e.number, e.movement_id, m.kind, e.location, e.quantity, m.order_number AS "order", m.source_kind, m.source_id,
                   m.reverses, m.reason, m.reference, m.occurred_at, m.posted_at
            FROM ledger_entry e JOIN movement m ON m.id = e.movement_id
            WHERE e.material = @material AND e.lot = @lot AND e.number > @after ORDER BY e.number LIMIT @limit;
            """,
            new { material, lot, after = page.AfterNumber(), limit = page.Size + 1 }, ct);
        var unit = await results.ReadSingleAsync<string>();
        var balances = (await results.ReadAsync<Balance>()).ToList();
        var holds = (await results.ReadAsync<ActiveHold>()).ToList();
        var ledger = (await results.ReadAsync<LedgerLine>()).ToList();
        return new LotDetails(found, unit, balances, holds, Page.Of(ledger, page.Size, line => line.Number.ToString()));
    }
}
