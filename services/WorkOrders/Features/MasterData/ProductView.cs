using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>A product.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of its quantities.</param>
/// <param name="Tracking">How its pieces are told apart.</param>
/// <param name="Gtin">Its Global Trade Item Number, 14 digits, or null.</param>
/// <param name="Version">Rises with each change of name or unit.</param>
/// <param name="Picture">Version of its picture, another for each picture; null where it has none.</param>
public sealed record ProductView(
    string Code, string Name, string Unit, Tracking Tracking, string? Gtin, long Version, string? Picture)
{
    internal static ProductView Of(Product product) => new(
        product.Code, product.Name, product.Unit, product.Tracking, product.Gtin, product.Version, product.Picture);
}
