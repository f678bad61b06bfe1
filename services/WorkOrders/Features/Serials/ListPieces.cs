using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>A piece in a list.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Product">Product code.</param>
/// <param name="OrderId">The order that the number was allotted to.</param>
/// <param name="AllottedAt">When it was allotted, UTC.</param>
public sealed record PieceLine(string Serial, string Product, Guid OrderId, DateTimeOffset AllottedAt)
{
    internal static PieceLine Of(SerialNumber piece) => new(piece.Serial, piece.Product, piece.OrderId, piece.AllottedAt);
}

static class ListPiecesEndpoint
{
    static readonly CodePages<SerialNumber> Listed =
        new CodePages<SerialNumber>(piece => piece.Serial, piece => piece.Product).FoundBy(piece => piece.Serial);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/serials", Handle).Named("listPieces", "List the pieces that have serial numbers")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their serial numbers, then of their products.</summary>
    static async Task<Page<PieceLine>> Handle(
        WorkOrdersDb db, Code? product, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var pieces = db.Serials.AsNoTracking().Where(piece => product == null || piece.Product == product.Value);
        var rows = await Listed.Take(pieces, search, page).ToListAsync(ct);
        return Listed.Page(rows.ConvertAll(PieceLine.Of), page, piece => [piece.Serial, piece.Product]);
    }
}
