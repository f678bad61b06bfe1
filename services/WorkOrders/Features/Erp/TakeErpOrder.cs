using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>
/// An order from the ERP. The same number again says what is wanted of it now: quantity, priority, dates, and that it is
/// released; a member left out counts as said. The same again changes nothing.
/// </summary>
/// <param name="Routing">Code of the routing.</param>
/// <param name="Revision">Revision of the routing; the newest where none is given: the last by name, numbers by value
/// (10 after 9). An order keeps its own.</param>
/// <param name="Quantity">Quantity, &gt; 0, in the product's unit; later not below what is good already.</param>
/// <param name="Unit">Unit; must be the product's where given.</param>
/// <param name="Lot">Lot number of what it makes, which no other order of the product makes; the order's number where none is
/// given.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order, up to 1000.</param>
/// <param name="ReleaseAt">Earliest start.</param>
/// <param name="DueAt">Due date.</param>
/// <param name="Release">Whether the floor may work on it at once.</param>
public sealed record ErpOrder(
    string Routing, decimal Quantity, string? Revision = null, string? Unit = null, string? Lot = null,
    int Priority = 0, DateTimeOffset? ReleaseAt = null, DateTimeOffset? DueAt = null, bool Release = false)
{
    internal OrderDemand Demand => new OrderDemand(Quantity, Priority, ReleaseAt, DueAt).Kept;
}

sealed class ErpOrderValidator : AbstractValidator<ErpOrder>
{
    public ErpOrderValidator()
    {
        RuleFor(order => order.Routing).IsCode();
        RuleFor(order => order.Revision).IsCodeOrNull();
        RuleFor(order => order.Lot).IsCodeOrNull();
        RuleFor(order => order.Quantity).IsPositiveQuantity();
        RuleFor(order => order.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(order => order.ReleaseAt!.Value).IsTime().When(order => order.ReleaseAt is not null);
        RuleFor(order => order.DueAt!.Value).IsTime().When(order => order.DueAt is not null);
    }
}

static class TakeErpOrderEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapPut("/orders/{order}", Handle).Named("takeErpOrder", "Send or change an order from the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    static async Task<Ok<OrderView>> Handle(Code order, ErpOrder request, WorkOrdersDb db, CancellationToken ct) =>
        TypedResults.Ok(OrderView.Of(await db.LockOrder(order.Value, ct) is { } known
            ? await Change(known, request, db, ct)
            : await Make(order, request, db, ct)));

    static async Task<WorkOrder> Make(string number, ErpOrder request, WorkOrdersDb db, CancellationToken ct)
    {
        var revision = request.Revision ?? await Newest(request.Routing, db, ct);
        var routing = await db.Routings.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Code == request.Routing && r.Revision == revision, ct)
            ?? throw new RuleViolation("routing-not-found", "Define the routing's revision first.",
                ("routing", request.Routing), ("revision", request.Revision));
        var unit = (await db.Products.AsNoTracking().SingleAsync(p => p.Code == routing.Product, ct)).Unit;
        MustBeIn(unit, request);
        var order = routing.Order(new OrderRequest(number, request.Lot, request.Demand), unit);
        await MustHaveItsOwnLot(order, db, ct);
        if (request.Release)
        {
            order.Release();
        }
        db.Orders.Add(order);
        db.Outbox.Add(order.ToContract());
        return order;
    }

    /// <summary>The number sent again is a change of what is wanted, and nothing at all where that is the same.</summary>
    static async Task<WorkOrder> Change(WorkOrder order, ErpOrder request, WorkOrdersDb db, CancellationToken ct)
    {
        if (request.Routing != order.RoutingCode || (request.Revision ?? order.RoutingRevision) != order.RoutingRevision
            || (request.Lot ?? order.Lot) != order.Lot)
        {
            throw RuleViolation.Conflict("order-exists",
                "Of an order that was taken only quantity, priority and dates can change. Send a new order under another number.",
                ("order", order.Number), ("routing", order.RoutingCode), ("revision", order.RoutingRevision),
                ("lot", order.Lot));
        }
        MustBeIn(order.Unit, request);
        var isReleased = request.Release && order.Status == WorkOrderStatus.Planned;
        if (await db.Change(order, request.Demand, ct) | isReleased)
        {
            if (isReleased)
            {
                order.Release();
            }
            db.Outbox.Add(order.ToContract());
        }
        return order;
    }

    static void MustBeIn(string unit, ErpOrder request)
    {
        if (request.Unit is not null && request.Unit != unit)
        {
            throw new RuleViolation("wrong-unit", "Order in the product's unit.", ("unit", request.Unit), ("expected", unit));
        }
    }

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

    static async Task<string?> Newest(string routing, WorkOrdersDb db, CancellationToken ct) =>
        (await db.Routings.Where(r => r.Code == routing).Select(r => r.Revision).ToListAsync(ct))
            .MaxBy(Revisions.OrderKey, StringComparer.Ordinal);
}
