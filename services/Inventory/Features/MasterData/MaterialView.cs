using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.MasterData;

/// <summary>A material: a product, a component, a raw material.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of all its quantities.</param>
/// <param name="IsTrackedByLot">Whether each receipt names a lot; otherwise all of it is one lot, <c>-</c>.</param>
/// <param name="IsStub">Whether a movement or an order has named it and nobody has defined it yet.</param>
public sealed record MaterialView(string Code, string Name, string Unit, bool IsTrackedByLot, bool IsStub)
{
    internal static MaterialView Of(Material material) =>
        new(material.Code, material.Name, material.Unit, material.IsTrackedByLot, material.IsStub);
}
