using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>The serial number of a piece.</summary>
/// <param name="Serial">The number, unique among those of the product.</param>
/// <param name="Sequence">Its place among those of the order, from 1.</param>
/// <param name="AllottedAt">When it was allotted, UTC.</param>
public sealed record SerialView(string Serial, int Sequence, DateTimeOffset AllottedAt);

static class ListSerialsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/serials", Handle).Named("listSerials", "List the serial numbers of an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order in which they were allotted.</summary>
    static async Task<Page<SerialView>> Handle(
        Guid id, WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        if (!await db.Orders.AnyAsync(order => order.Id == id, ct)) throw RuleViolation.NotFound("order", id, "orderId");
        var after = page.AfterNumber();
        var rows = await db.Serials.AsNoTracking().Where(serial => serial.OrderId == id && serial.Sequence > after)
            .OrderBy(serial => serial.Sequence).Take(page.Size + 1)
            .Select(serial => new SerialView(serial.Serial, serial.Sequence, serial.AllottedAt)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
