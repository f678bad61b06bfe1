using Mes.Equipment.Data;
using Mes.Tests.Support;

namespace Mes.Equipment.Tests.Features.MasterData;

/// <summary>Lists are searched by what codes and names begin with.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Units_work_centers_and_calendars_are_found()
    {
        await using var service = await ServiceHost<EquipmentDb>.Start(
            "equipment", b => b.AddEquipment(), a => a.MapEquipment());
        var plant = (await service.Get("/api/equipment/calendars/plant")).GetProperty("definition");
        foreach (var code in SearchedList.Codes)
        {
            var name = $"Name of {code}";
            await service.Define("/api/equipment/work-centers", new { code, name, area = "A", site = "S" });
            await service.Define("/api/equipment/units", new { code, name, workCenter = code, kind = "Production" });
            await service.Define("/api/equipment/calendars",
                new { code, zone = plant.GetProperty("zone"), patterns = plant.GetProperty("patterns") });
        }
        foreach (var list in new[] { "units", "work-centers", "calendars" })
        {
            var searched = SearchedList.Of(service, $"/api/equipment/{list}?", "code");
            await searched.ShouldBeSearchedByCode();
            if (list != "calendars") await searched.ShouldFind("NAME OF FIND_", "find_2");
        }
    }
}
