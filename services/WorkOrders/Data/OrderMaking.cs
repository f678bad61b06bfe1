using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Data;

/// <summary>Makes orders, whoever wants them.</summary>
static class OrderMaking
{
    /// <summary>Makes an order, numbered by the rule for orders where it has no number yet.</summary>
    public static async Task<WorkOrder> MakeOrder(
        this WorkOrdersDb db, string? number, NewOrder wanted, TimeProvider clock, CancellationToken ct)
    {
        var revision = await Revision(wanted, clock.BeginsAt(wanted.ReleaseAt), db, ct);
        var routing = await db.Routings.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Code == wanted.Routing && r.Revision == revision, ct)
            ?? throw new RuleViolation("routing-not-found", "Define the routing's revision first.",
                ("routing", wanted.Routing), ("revision", wanted.Revision));
        var unit = (await db.Products.AsNoTracking().SingleAsync(p => p.Code == routing.Product, ct)).Unit;
        wanted.MustBeIn(unit);
        var request = await db.Number(number, wanted.Lot, wanted.Demand, routing.Product, clock.Today(), ct);
        var order = routing.Order(request, unit);
        if (wanted.Release)
        {
            order.Release();
        }
        await db.AddOrder(order, ct);
        return order;
    }

    /// <summary>A demand with number and lot, each by its rule where it is not given.</summary>
    public static async Task<OrderRequest> Number(
        this WorkOrdersDb db, string? number, string? lot, OrderDemand demand, string product, DateOnly today,
        CancellationToken ct) => new(
            number is null ? await db.NextOrder(product, today, ct) : await db.MustBeFree(number, ct),
            lot ?? await db.NextLot(product, today, ct), demand);

    /// <summary>Adds an order that was made, and tells the others.</summary>
    public static async Task AddOrder(this WorkOrdersDb db, WorkOrder order, CancellationToken ct)
    {
        await MustHaveItsOwnLot(order, db, ct);
        db.Orders.Add(order);
        db.Outbox.Add(order.ToContract());
    }

    /// <summary>The revision that an order was made by.</summary>
    public static Task<Routing> RoutingOf(this WorkOrdersDb db, WorkOrder order, CancellationToken ct) =>
        db.Routings.AsNoTracking().SingleAsync(r => r.Code == order.RoutingCode && r.Revision == order.RoutingRevision, ct);

    static async Task<string> MustBeFree(this WorkOrdersDb db, string number, CancellationToken ct) =>
        await db.Orders.AnyAsync(order => order.Number == number, ct)
            ? throw RuleViolation.Conflict("order-exists", "Give another number, or none where orders are numbered by a rule.",
                ("order", number))
            : number;

    /// <summary>One lot of a product comes from one order: where it came from and went to could not be told apart.</summary>
    static async Task MustHaveItsOwnLot(WorkOrder order, WorkOrdersDb db, CancellationToken ct)
    {
        // SQL: an advisory lock, which Entity Framework does not know
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({order.Product + '\n' + order.Lot}, 0))", ct);
        var other = await db.Orders.Where(o => o.Product == order.Product && o.Lot == order.Lot
            && o.Status != WorkOrderStatus.Cancelled).Select(o => o.Number).FirstOrDefaultAsync(ct);
        if (other is not null)
        {
            throw new RuleViolation("lot-in-use", "Another order makes this lot of the product. Give this one a lot of its own.",
                ("lot", order.Lot), ("product", order.Product), ("order", other));
        }
    }

    /// <summary>Passes where orders that may begin then may follow a revision.</summary>
    /// <exception cref="RuleViolation">It is not effective then.</exception>
    public static void MustBeEffective(this Routing routing, DateTimeOffset? releaseAt, TimeProvider clock) =>
        new EffectiveRevision(routing.Revision, routing.EffectiveFrom, routing.EffectiveTo)
            .MustBeEffective(routing.Code, clock.BeginsAt(releaseAt));

    // An order whose earliest start has passed begins now
    static DateTimeOffset BeginsAt(this TimeProvider clock, DateTimeOffset? releaseAt) =>
        clock.GetUtcNow() is var now && releaseAt > now ? releaseAt.Value : now;

    /// <summary>The revision asked for, else the newest that is effective when the order may begin.</summary>
    static async Task<string?> Revision(NewOrder wanted, DateTimeOffset at, WorkOrdersDb db, CancellationToken ct)
    {
        var revisions = await db.Routings.Where(r => r.Code == wanted.Routing)
            .Select(r => new EffectiveRevision(r.Revision, r.EffectiveFrom, r.EffectiveTo)).ToListAsync(ct);
        return wanted.Revision is { } asked
            ? revisions.MustBeEffective(wanted.Routing, asked, at)
            : revisions.NewestAt(wanted.Routing, at);
    }
}
