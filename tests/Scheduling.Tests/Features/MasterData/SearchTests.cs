using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.MasterData;

/// <summary>Lists are searched by what codes and names begin with.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Resources_are_found()
    {
        await using var service = await ServiceHost<SchedulingDb>.Start(
            "scheduling", b => b.AddScheduling(), a => a.MapScheduling());
        foreach (var code in SearchedList.Codes)
            await service.Define("/api/scheduling/resources", new { code, name = $"Name of {code}", capacity = 1 });
        var searched = SearchedList.Of(service, "/api/scheduling/resources?", "code");
        await searched.ShouldBeSearchedByCode();
        await searched.ShouldFind("NAME OF FIND_", "find_2");
    }
}
