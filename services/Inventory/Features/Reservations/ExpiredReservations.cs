using Hangfire;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Jobs;
using Mes.Persistence;

namespace Mes.Inventory.Features.Reservations;

/// <summary>
/// Takes what has expired away from the orders that have it reserved, serves them of other lots as far as these go, and tells
/// them what they lack now. Harmless to do twice.
/// </summary>
sealed class ExpiredReservations(
    InventoryDb db, ReservationStore reservations, ShortageNotices notices, DiscrepancyStore discrepancies, TimeProvider clock,
    OutboxSignal<InventoryDb> signal)
{
    /// <summary>The lot after this one, in their order, of which something is reserved although it has expired.</summary>
    public async Task<LotKey?> Next(LotKey? last, CancellationToken ct) => (await db.Read<(string, string)>(
        """
        SELECT r.material, r.lot FROM reservation r JOIN lot l ON (l.material, l.number) = (r.material, r.lot)
        WHERE l.expires_at <= @now AND (r.material, r.lot) > (@material, @number) ORDER BY 1, 2 LIMIT 1
        """, new { now = clock.GetUtcNow(), material = last?.Material ?? "", number = last?.Number ?? "" }, ct))
        .ConvertAll(row => (LotKey?)new LotKey(row.Item1, row.Item2)).SingleOrDefault();

    /// <summary>Releases what is reserved of a lot that has expired.</summary>
    public Task<int> Release(LotKey lot, CancellationToken ct) => db.InTransaction(signal, async () =>
    {
        (db.Actor, db.Action, db.Reason) = (Actor.System("expiry"), "release of expired reservations", "The lot has expired.");
        await db.OwnMaterials([lot.Material], ct);
        var orders = await db.Read<OrderRow>(
            """
            SELECT r.order_number, w.order_id, m.unit, sum(r.quantity) AS quantity
            FROM reservation r JOIN material m ON m.code = r.material LEFT JOIN work_order w ON w.number = r.order_number
            WHERE r.material = @Material AND r.lot = @Number GROUP BY r.order_number, w.order_id, m.unit ORDER BY 1
            """, new { lot.Material, lot.Number }, ct);
        await reservations.ReleaseLot(lot, ct);
        foreach (var order in orders)
        {
            await discrepancies.Open(DiscrepancyKinds.ReservedLotExpired, order.OrderId, order.OrderNumber, lot,
                (order.Quantity, order.Unit), ct);
        }
        await reservations.Serve(lot.Material, ct);
        // SQL: those of many orders whose row says so
        // Not audited: what follows from the discrepancies, which are told
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

/// <summary>The job that releases what has expired; a lot with which that fails keeps no other waiting.</summary>
sealed class ReleaseExpired(IServiceScopeFactory scopes) : IJob
{
    public const string Key = "release-expired";

    /// <summary>Every minute. Who takes stock is refused an expired lot at once, whatever is reserved of it.</summary>
    public static JobSchedule EveryMinute { get; } = new(Key, "* * * * *", MisfireHandlingMode.Relaxed);

    public async Task Run(JobCall call, CancellationToken stop)
    {
        var failures = new List<Exception>();
        for (var lot = await Next(null, stop); lot is { } expired; lot = await Next(expired, stop))
        {
            try
            {
                await Do(reservations => reservations.Release(expired, stop));
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    Task<LotKey?> Next(LotKey? last, CancellationToken ct) => Do(reservations => reservations.Next(last, ct));

    async Task<T> Do<T>(Func<ExpiredReservations, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ExpiredReservations>());
    }
}
