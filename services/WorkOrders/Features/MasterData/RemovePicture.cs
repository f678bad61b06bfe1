using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Shows a product by no picture any more.</summary>
static class RemovePictureEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/products/{code}/picture", Handle).Named("removePicture", "Remove a product's picture")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<NoContent> Handle(Code code, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.LockProduct(code.Value, ct) ?? throw RuleViolation.NotFound("product", code);
        if (await db.Pictures.SingleOrDefaultAsync(picture => picture.Product == code, ct) is { } picture)
        {
            db.Pictures.Remove(picture);
            product.ShowBy(null);
        }
        return TypedResults.NoContent();
    }
}
