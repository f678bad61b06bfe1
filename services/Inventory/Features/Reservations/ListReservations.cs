using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Reservations;

static class ListReservationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/reservations", Handle).Named("listReservations", "List the reservations")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their ids; the time is that at which they were made.</summary>
    static async Task<Page<ReservationView>> Handle(
        InventoryDb db, Code? order, Code? material, [AsParameters] TimeFilter made, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        var reservations = db.Reservations.AsNoTracking().In(made, r => r.CreatedAt)
            .Where(r => (order == null || r.OrderNumber == order) && (material == null || r.Material == material));
        if (material is not null || made is not (null, null)) reservations = await reservations.FoundFirst(ct);
        var rows = await reservations.Where(r => r.Id > after)
            .OrderBy(r => r.Id).Take(page.Size + 1).Select(r => ReservationView.Of(r)).ToListAsync(ct);
        return Page.Of(rows, page.Size, r => r.Id.ToString());
    }
}
