using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;

namespace Mes.Inventory.Features.ReserveMaterials;

/// <summary>
/// Takes what has expired away from the orders that have it reserved, serves them of other lots as far as these go, and tells
/// them what they lack now. Harmless to do twice.
/// </summary>
sealed class ExpiredReservations(
    InventoryDb db, ReservationDesk desk, ShortageNotices notices, DiscrepancyBook discrepancies, TimeProvider clock,
    OutboxSignal<InventoryDb> signal)
{
    const int LotsMax = 100;

    /// <summary>Lots of which something is reserved although they have expired; at most so many at once.</summary>
    public async Task<List<LotKey>> Find(CancellationToken ct) => (await db.Read<(string, string)>(
        """
        SELECT DISTINCT r.material, r.lot FROM reservation r JOIN lot l ON (l.material, l.number) = (r.material, r.lot)
        WHERE l.expires_at <= @now ORDER BY 1, 2 LIMIT @max
        """, new { now = clock.GetUtcNow(), max = LotsMax }, ct)).ConvertAll(row => new LotKey(row.Item1, row.Item2));

    /// <summary>Releases what is reserved of a lot that has expired.</summary>
    public Task Release(LotKey lot, CancellationToken ct) => db.InTransaction(signal, async () =>
    {
        (db.Actor, db.Action, db.Reason) = (Actor.System("expiry"), "release of expired reservations", "The lot has expired.");
        await db.OwnMaterials([lot.Material], ct);
        var orders = await db.Read<OrderRow>(
            """
            SELECT r.order_number, w.order_id, m.unit, sum(r.quantity) AS quantity
            FROM reservation r JOIN material m ON m.code = r.material LEFT JOIN work_order w ON w.number = r.order_number
            WHERE r.material = @Material AND r.lot = @Number GROUP BY r.order_number, w.order_id, m.unit ORDER BY 1
            """, new { lot.Material, lot.Number }, ct);
        await desk.ReleaseLot(lot, ct);
        foreach (var order in orders)
        {
            await discrepancies.Open(DiscrepancyKinds.ReservedLotExpired, order.OrderId, order.OrderNumber, lot,
                (order.Quantity, order.Unit), ct);
        }
        await desk.Serve(lot.Material, ct);
        await db.Execute(       // only of those that other lots have not served
            """
            UPDATE component_demand SET has_expired = true
            WHERE material = @Material AND order_number = ANY (@orders) AND missing > told_missing
            """, new { lot.Material, orders = orders.Select(order => order.OrderNumber).ToArray() }, ct);
        await notices.Publish([lot.Material], null, ct);
        return orders.Count;
    }, ct);

    sealed record OrderRow
    {
        public string OrderNumber { get; init; } = "";
        public Guid? OrderId { get; init; }
        public string Unit { get; init; } = "";
        public decimal Quantity { get; init; }
    }
}

/// <summary>Looks for reservations of lots that have expired since.</summary>
sealed partial class ExpiryWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ExpiryWatch> log) : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, failure);       // the database is away: the next look finds what this one missed
            }
        }
    }

    async Task Look(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var lot in await scope.ServiceProvider.GetRequiredService<ExpiredReservations>().Find(ct))
        {
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<ExpiredReservations>().Release(lot, ct);
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "Reservations of expired lots were not released")]
    static partial void Failed(ILogger log, Exception failure);
}
