using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.MasterData;

/// <summary>A place where stock lies, or a virtual one.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Kind">What it is; never changes.</param>
/// <param name="IsReal">Whether stock lies there; a virtual location's balance may be negative.</param>
public sealed record LocationView(string Code, string Name, LocationKind Kind, bool IsReal)
{
    internal static LocationView Of(Location location) => new(location.Code, location.Name, location.Kind, location.IsReal);
}
