using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>A product.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of its quantities.</param>
/// <param name="Version">Rises with each change of name or unit.</param>
/// <param name="Picture">Version of its picture, another for each picture; null where it has none.</param>
public sealed record ProductView(string Code, string Name, string Unit, long Version, string? Picture)
{
    internal static ProductView Of(Product product) =>
        new(product.Code, product.Name, product.Unit, product.Version, product.Picture);
}
