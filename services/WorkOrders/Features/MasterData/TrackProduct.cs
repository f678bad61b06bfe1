using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>
/// Says how a product's pieces are told apart and what trade calls it. Who defines its name and unit, as an ERP does, leaves
/// this alone.
/// </summary>
/// <param name="Tracking">How its pieces are told apart.</param>
/// <param name="Gtin">Its Global Trade Item Number of 8, 12, 13 or 14 digits; null where it has none.</param>
public sealed record TrackProduct(Tracking Tracking, string? Gtin = null);

sealed class TrackProductValidator : AbstractValidator<TrackProduct>
{
    public TrackProductValidator()
    {
        RuleFor(product => product.Tracking).IsInEnum();
        RuleFor(product => product.Gtin).IsCodeOrNull();
    }
}

static class TrackProductEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/products/{code}/tracking", Handle)
            .Named("trackProduct", "Say how a product's pieces are told apart and what trade calls it")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<ProductView>> Handle(Code code, TrackProduct request, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.LockProduct(code.Value, ct) ?? throw RuleViolation.NotFound("product", code);
        product.Track(request.Tracking, request.Gtin is null ? null : await Free(request.Gtin, product, db, ct));
        return TypedResults.Ok(ProductView.Of(product));
    }

    static async Task<string> Free(string text, Product product, WorkOrdersDb db, CancellationToken ct)
    {
        var gtin = Gtin.Normalize(text);
        return await db.Products.Where(other => other.Gtin == gtin && other.Code != product.Code).Select(other => other.Code)
            .FirstOrDefaultAsync(ct) is { } taken
            ? throw new RuleViolation("gtin-in-use", "Another product has it: a GTIN names one product.",
                ("gtin", gtin), ("product", taken))
            : gtin;
    }
}
