using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>A piece, by its serial number.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Serial">The number, unique among those of the product.</param>
/// <param name="OrderId">The order that it was allotted to.</param>
/// <param name="Order">The order's number.</param>
/// <param name="AllottedAt">When it was allotted, UTC.</param>
public sealed record PieceView(string Product, string Serial, Guid OrderId, string Order, DateTimeOffset AllottedAt);

static class ShowSerialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products/{code}/serials/{serial}", Handle).Named("showSerial", "Show a piece by its serial number")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<PieceView> Handle(Code code, Code serial, WorkOrdersDb db, CancellationToken ct) =>
        await (from piece in db.Serials
               join order in db.Orders on piece.OrderId equals order.Id
               where piece.Product == code && piece.Serial == serial
               select new PieceView(piece.Product, piece.Serial, order.Id, order.Number, piece.AllottedAt))
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("serial", serial);
}
