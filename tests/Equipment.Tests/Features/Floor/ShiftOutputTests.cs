using System.Globalization;
using System.Text.Json.Nodes;
using Mes.Contracts;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Floor;

/// <summary>What a unit has made in the shift that goes on, against what it should have.</summary>
public sealed class ShiftOutputTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    static readonly DateTimeOffset Start = Now.AddTicks(-(Now.Ticks % TimeSpan.TicksPerMinute)).AddHours(-3);

    async Task<JsonNode?> Output(string unit) => (await service.Get("/live?workCenter=WC&size=1000"))["items"]!.AsArray()
        .Single(one => (string)one!["code"]! == unit)!["output"];

    static string Clock(DateTimeOffset time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A unit with one shift a day; this one has gone on for three hours.</summary>
    async Task DefineUnit(string unit, double fromHours = 0, double toHours = 12)
    {
        var shift = new { code = "S", start = Clock(Start.AddHours(fromHours)), end = Clock(Start.AddHours(toHours)) };
        var pattern = new { validFrom = "2020-01-01", cycle = new[] { new[] { shift } } };
        await service.Put($"/calendars/{unit}", new { zone = "UTC", patterns = new[] { pattern } });
        await service.DefineUnit(unit, unit);
    }

    ProductionReported Made(string unit, int minutesAgo, decimal good, decimal scrap = 0) => Report(unit, 0, 0, good) with
    {
        StartedAt = Now.AddMinutes(-minutesAgo - 10),
        EndedAt = Now.AddMinutes(-minutesAgo),
        Scrap = scrap,
    };

    [Fact]
    public async Task The_target_is_what_the_planned_time_holds_and_an_undone_report_counts_where_it_was()
    {
        await DefineUnit("SO-1");
        (await Output("SO-1"))!["target"].ShouldBeNull();        // nobody has said how long a piece takes
        await service.Deliver(new WorkChanged(
            Guid.NewGuid(), 1, WorkState.Running, Now, Now, WorkActivity.Run, Guid.NewGuid(), "O-1", "P", Guid.NewGuid(), "10",
            "SO-1", "w1", null, RunSecondsPerUnit: 30));
        var begun = (await Output("SO-1"))!;
        ((decimal)begun["shiftTarget"]!).ShouldBe(12 * 3600 / 30m);
        ((decimal)begun["target"]!).ShouldBeInRange(3 * 3600 / 30m, 3 * 3600 / 30m + 60);

        var report = Made("SO-1", minutesAgo: 100, good: 20, scrap: 4);
        await service.Apply(report, Made("SO-1", minutesAgo: 5, good: 7));
        var output = (await Output("SO-1"))!;
        ((decimal)output["secondsPerPiece"]!).ShouldBe(60);     // of what was made, no longer of what is being made
        ((decimal)output["shiftTarget"]!).ShouldBe(720);
        ((decimal)output["good"]!, (decimal)output["scrap"]!).ShouldBe((27, 4));
        Good(output).ShouldBe([0, 20, 7, 0]);
        output["hours"]!.AsArray().Take(3).ShouldAllBe(hour => (decimal)hour!["target"]! == 60);

        await service.Apply(CounterOf(report));
        output = (await Output("SO-1"))!;
        ((decimal)output["good"]!, (decimal)output["scrap"]!).ShouldBe((7, 0));
        Good(output).ShouldBe([0, 0, 7, 0]);
    }

    [Fact]
    public async Task Outside_of_shifts_there_is_no_target_and_what_was_made_before_does_not_count()
    {
        await DefineUnit("SO-2", fromHours: -3, toHours: -1);
        await service.Apply(Made("SO-2", minutesAgo: 270, good: 9));
        (await Output("SO-2")).ShouldBeNull();

        await DefineUnit("SO-3");
        await service.Apply(Made("SO-3", minutesAgo: 300, good: 9), Made("SO-3", minutesAgo: 30, good: 2));
        Good((await Output("SO-3"))!).Sum().ShouldBe(2);
    }

    static decimal[] Good(JsonNode output) => [.. output["hours"]!.AsArray().Select(hour => (decimal)hour!["good"]!)];
}
