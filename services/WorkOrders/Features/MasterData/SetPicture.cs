using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Shows a product by a picture: PNG, JPEG or WEBP, known by its content, of at most 2 MB.</summary>
/// <param name="Content">Its bytes, in Base64.</param>
public sealed record SetPicture(byte[] Content);

sealed class SetPictureValidator : AbstractValidator<SetPicture>
{
    public SetPictureValidator() => RuleFor(picture => picture.Content).NotNull().WithMessage("Send the picture's bytes.");
}

static class SetPictureEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/products/{code}/picture", Handle).Named("setPicture", "Show a product by a picture")
            .TakesBodies(BodyLimit.Picture).RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<ProductView>> Handle(Code code, SetPicture request, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.LockProduct(code.Value, ct) ?? throw RuleViolation.NotFound("product", code);
        var picture = await db.Pictures.SingleOrDefaultAsync(one => one.Product == code, ct)
            ?? db.Pictures.Add(new ProductPicture { Product = code.Value }).Entity;
        picture.Show(request.Content);
        product.ShowBy(picture);
        return TypedResults.Ok(ProductView.Of(product));
    }
}
