using System.Text.Json.Nodes;
using Mes.Equipment.Features.MasterData;
using static Mes.Equipment.Tests.Given;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Summary;

/// <summary>What is read is bounded: sums by a time, lists by pages.</summary>
public class SummaryTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task Minutes_and_pieces_are_those_of_the_time_asked_for()
    {
        await service.DefineUnit("S1");
        await service.Apply(Report("S1", 0, 60, good: 5), Report("S1", 60, 120, good: 7));
        await service.Post("/units/S1/downtimes", new { startedAt = At(120), endedAt = At(150) });

        (await Sums("S1", 0, 60)).ShouldBe((60, 0, 5));
        (await Sums("S1", 30, 130)).ShouldBe((90, 10, 12));
        (await Sums("S1", 60, 61)).ShouldBe((1, 0, 0));
        (await Sums("S1", 150, 151)).ShouldBe((0, 0, 0));
        (await Sums("S1", -60, 600)).ShouldBe((120, 30, 12));
    }

    [Fact]
    public async Task A_stop_that_goes_on_counts_until_now()
    {
        await service.DefineUnit("S2");
        var before = TimeProvider.System.GetUtcNow();
        await service.Post("/units/S2/downtimes", new { startedAt = before.AddHours(-30) });

        var lastDay = (decimal)(await Row("S2", ""))["breakdownMinutes"]!;
        lastDay.ShouldBe(24 * 60, 0.01m);
        var toCome = (decimal)(await Row("S2", $"from={before.AddDays(1).UtcDateTime:O}&to={before.AddDays(2).UtcDateTime:O}"))
            ["breakdownMinutes"]!;
        toCome.ShouldBe(0);
    }

    [Fact]
    public async Task The_last_24_hours_are_summed_up_unless_told()
    {
        await service.DefineUnit("S3");
        var now = TimeProvider.System.GetUtcNow();
        await service.Apply(
            Report("S3", 0, 60, good: 5) with { StartedAt = now.AddHours(-26), EndedAt = now.AddHours(-25) },
            Report("S3", 0, 60, good: 7) with { StartedAt = now.AddHours(-3), EndedAt = now.AddHours(-2) });

        ((decimal)(await Row("S3", ""))["good"]!).ShouldBe(7);
        ((decimal)(await Row("S3", $"from={now.AddHours(-30).UtcDateTime:O}"))["good"]!).ShouldBe(12);
        ((decimal)(await service.Get("/units/S3/oee"))["figures"]!["inputs"]!["good"]!).ShouldBe(7);
    }

    [Theory]
    [InlineData("/units", "code")]
    [InlineData("/summary", "equipment")]
    [InlineData("/work-centers", "code")]
    [InlineData("/calendars", "code")]
    public async Task A_list_comes_page_by_page(string path, string key)
    {
        foreach (var code in new[] { "PAGE-1", "PAGE-2", "PAGE-3" })
        {
            await service.DefineUnit(code);
            await service.Put($"/work-centers/{code}", new { name = code, area = "A", site = "S" });
            await service.Put($"/calendars/{code}", new
            {
                zone = "UTC", patterns = new[] { new { validFrom = "2026-01-01", cycle = new[] { Array.Empty<object>() } } }
            });
        }
        var whole = Keys(await service.Get($"{path}?size=1000"));
        var found = new List<string>();
        for (string? after = null; found.Count <= whole.Count;)
        {
            var page = await service.Get($"{path}?size=1{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}");
            found.Add(Keys(page).ShouldHaveSingleItem());
            after = (string?)page["next"];
            if (after is null) break;
        }
        found.ShouldBe(whole);
        new[] { "PAGE-1", "PAGE-2", "PAGE-3" }.ShouldBeSubsetOf(found);

        List<string> Keys(JsonNode page) => [.. page["items"]!.AsArray().Select(item => (string)item![key]!)];
    }

    async Task<(decimal Run, decimal Breakdown, decimal Good)> Sums(string unit, int from, int to)
    {
        var row = await Row(unit, $"from={At(from).UtcDateTime:O}&to={At(to).UtcDateTime:O}");
        return ((decimal)row["runMinutes"]!, (decimal)row["breakdownMinutes"]!, (decimal)row["good"]!);
    }

    async Task<JsonNode> Row(string unit, string window) => (await service.Get($"/summary?size=1000&{window}"))["items"]!
        .AsArray().Single(row => (string)row!["equipment"]! == unit)!;
}
