using Mes.Quality.Data;
using Mes.Tests.Support;

namespace Mes.Quality.Tests.Features;

/// <summary>Lists are searched by what codes, names and products begin with.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Plans_are_found()
    {
        await using var service = await ServiceHost<QualityDb>.Start("quality", b => b.AddQuality(), a => a.MapQuality());
        foreach (var code in SearchedList.Codes)
        {
            var definition = Given.Plan() with { Name = $"Name of {code}", Product = $"Product of {code}" };
            await service.Define("/api/quality/plans", new { code, basedOn = 0, definition });
        }
        var searched = SearchedList.Of(service, "/api/quality/plans?", "code");
        await searched.ShouldBeSearchedByCode();
        await searched.ShouldFind("NAME OF FIND_", "find_2");
        await searched.ShouldFind("product of FIND_", "find_2");
    }
}
