using Mes.Inventory.Data;
using Mes.Tests.Support;

namespace Mes.Inventory.Tests.Features;

/// <summary>Lists are searched by what codes, numbers and names begin with.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Materials_locations_and_lots_are_found()
    {
        await using var service = await ServiceHost<InventoryDb>.Start(
            "inventory", b => b.AddInventory(), a => a.MapInventory());
        foreach (var code in SearchedList.Codes)
        {
            var name = $"Name of {code}";
            await service.Define("/api/inventory/materials", new { code, name, unit = "kg" });
            await service.Define("/api/inventory/locations", new { code, name, kind = "Storage" });
        }
        foreach (var lot in SearchedList.Codes)
            await service.Do("/api/inventory/receipts",
                new { material = "find_2", quantity = 1, unit = "kg", location = "find_2", lot });
        foreach (var list in new[] { "materials", "locations" })
        {
            var searched = SearchedList.Of(service, $"/api/inventory/{list}?", "code");
            await searched.ShouldBeSearchedByCode();
            await searched.ShouldFind("NAME OF FIND_", "find_2");
        }
        await SearchedList.Of(service, "/api/inventory/lots?material=find_2&", "lot").ShouldBeSearchedByCode();
        await SearchedList.Of(service, "/api/inventory/lots?material=FindA3&", "lot").ShouldFind("find");
    }
}
