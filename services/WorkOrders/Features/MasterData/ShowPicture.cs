using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ShowPictureEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products/{code}/picture", Handle).Named("showPicture", "Read a product's picture")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>
    /// The picture itself. Asked for again with its entity tag it is not sent again, and under an address with its version, as
    /// the product tells it, it need not be asked for again.
    /// </summary>
    static async Task<FileAnswer> Handle(
        Code code, string? version, WorkOrdersDb db, HttpRequest request, CancellationToken ct)
    {
        var pictures = db.Pictures.AsNoTracking().Where(picture => picture.Product == code);
        var kept = await pictures.Select(picture => new { picture.ContentType, picture.Sha256 }).SingleOrDefaultAsync(ct);
        if (kept is null) throw RuleViolation.NotFound("picture", code, "product");
        var file = new KeptFile(code.Value, kept.ContentType, kept.Sha256)
        {
            IsForever = version == ProductPicture.VersionOf(kept.Sha256)
        };
        return await FileAnswer.Of(request, file, () => pictures.Select(picture => picture.Content).SingleAsync(ct));
    }
}
