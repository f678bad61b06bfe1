using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;

namespace Mes.Inventory.Features.Holds;

/// <summary>
/// Keeps Quality's holds on lots. Several may lie on one lot; it is held as long as one is active. What was reserved of
/// a held lot is reserved of others, as far as they go.
/// </summary>
sealed class OnQualityHoldChanged(InventoryDb db, ReservationStore reservations, ShortageNotices notices)
    : IConsume<QualityHoldChanged>
{
    public async Task Consume(QualityHoldChanged message, CancellationToken ct)
    {
        if (message is not { Material: { } material, Lot: { } lot })
        {
            return;     // it holds an operation, not a lot
        }
        var lots = await Known(message.HoldId, ct);
        lots.Add(new LotKey(material, lot));
        var materials = lots.Select(key => key.Material).Distinct().Order(StringComparer.Ordinal).ToList();
        await db.OwnMaterials(materials, ct);
        if (!await IsNewer(message, ct))
        {
            return;
        }
        foreach (var key in lots.Distinct().Order(LotKey.LockOrder))
        {
            var (before, status) = await Judge(key, ct);
            if (status != before)
            {
                db.Audit("lot", key, new { Status = before }, new { Status = status }, message.Reason);
            }
            if (status == nameof(LotStatus.Held))
            {
                await reservations.ReleaseLot(key, ct);
            }
        }
        foreach (var ofMaterial in materials)
        {
            await reservations.Serve(ofMaterial, ct);
        }
        await notices.Publish(materials, null, ct);
    }

    /// <summary>The lot that an earlier version of the hold named.</summary>
    async Task<List<LotKey>> Known(Guid holdId, CancellationToken ct) => (await db.Read<(string, string)>(
        "SELECT material, lot FROM quality_hold WHERE id = @holdId", new { holdId }, ct))
        .ConvertAll(row => new LotKey(row.Item1, row.Item2));

    // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
    async Task<bool> IsNewer(QualityHoldChanged message, CancellationToken ct)
    {
        var changed = await db.Read<(bool? WasActive, string? OldReason)>(
            """
            INSERT INTO quality_hold AS h (id, version, is_active, material, lot, reason)
            VALUES (@HoldId, @Version, @IsActive, @Material, @Lot, @Reason)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, is_active = excluded.is_active,
                material = excluded.material, lot = excluded.lot, reason = excluded.reason WHERE h.version < excluded.version
            RETURNING old.is_active, old.reason
            """,
            new { message.HoldId, message.Version, message.IsActive, message.Material, message.Lot, message.Reason }, ct);
        // a lot that is held already, or not there yet, does not change by it
        foreach (var (wasActive, oldReason) in changed)
        {
            db.Audit("quality_hold", message.HoldId, wasActive is null ? null : new { IsActive = wasActive, Reason = oldReason },
                new { message.IsActive, message.Material, message.Lot, message.Reason });
        }
        return changed.Count == 1;
    }

    /// <summary>
    /// Brings the lot's status up to date; a lot that does not exist yet takes it from the holds when it is made.
    /// </summary>
    async Task<(string? Before, string? After)> Judge(LotKey lot, CancellationToken ct) => (await db.Read<(string?, string?)>(
        """
        UPDATE lot SET status = CASE WHEN EXISTS (
            SELECT FROM quality_hold WHERE material = @Material AND lot = @Number AND is_active)
            THEN 'Held' ELSE 'Available' END
        WHERE material = @Material AND number = @Number RETURNING old.status, new.status
        """, new { lot.Material, lot.Number }, ct)).SingleOrDefault();
}
