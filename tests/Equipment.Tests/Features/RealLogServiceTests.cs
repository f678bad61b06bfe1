using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Equipment.Features.MasterData;
using Mes.Tests.Support;

namespace Mes.Equipment.Tests.Features;

public class RealLogServiceTests(EquipmentService service, ITestOutputHelper output) : IClassFixture<EquipmentService>
{
    const string Window = "?from=2012-01-01T00:00:00Z&to=2012-06-01T00:00:00Z";

    [Fact]
    public async Task Three_months_of_a_real_factory_come_out_in_any_order_with_every_message_repeated()
    {
        var path = RealLog.FindPath();
        Assert.SkipWhen(
            path is null, "ballnut/Production_Data.csv is not here: set MES_DATA to the folder of the data sets.");
        var facts = RealLog.Rows(path!, Fact).OfType<ProductionReported>().ToArray();
        var stops = RealLog.Rows(path!, RealLog.Record).Where(record => record.State == EquipmentState.Breakdown).ToArray();
        (facts.Length, stops.Length).ShouldBe((4_490, 53));

        await Play(facts, stops, new Random(42));

        Sums(await service.Get($"/summary{Window}")).ShouldBe((545_499, 142_963, 10_300, 92_519, 593, 105));
        await FiguresWritten();
        var verdict = await service.Get("/oee/verdict");
        ((bool)verdict["isConsistent"]!).ShouldBeTrue(verdict.ToJsonString());
        ((int)verdict["figuresChecked"]!).ShouldBeGreaterThan(1_000);
        ((int)verdict["figuresPending"]!).ShouldBe(0);
        (await service.Count("SELECT count(*) FROM parked_message WHERE queue <> 'outbox'")).ShouldBe(0);
        await DrillDown();
    }

    async Task Play(ProductionReported[] facts, ActivityRecord[] stops, Random random)
    {
        random.Shuffle(facts);
        foreach (var equipment in stops.Select(stop => stop.EquipmentId).Distinct())
            await service.DefineUnit(Uri.EscapeDataString(equipment));
        var watch = Stopwatch.StartNew();
        var messages = facts.Select(fact => (MessageId: Guid.NewGuid(), fact)).ToArray();
        await service.Publish(messages);
        foreach (var stop in stops)
            await service.Post($"/units/{Uri.EscapeDataString(stop.EquipmentId)}/downtimes",
                new { startedAt = stop.Time.Start, endedAt = stop.Time.End });
        await service.Drained(boundSeconds: 180);
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / facts.Length:0.00} ms per report and consumer of eight");
        random.Shuffle(messages);
        await service.Publish(messages[..1000]);
        await service.Publish(facts.Take(1000).Select(fact => (Guid.NewGuid(), fact)));
        await service.Drained();
    }

    /// <summary>The plant's figure is the sum of its units', theirs of their shifts', those of intervals and reports.</summary>
    async Task DrillDown()
    {
        var plant = await service.Get($"/oee{Window}");
        ((bool)plant["isUpToDate"]!).ShouldBeTrue();
        Seconds(plant).ShouldBe(545_499 * 60);
        plant["units"]!.AsArray().Sum(unit => Seconds(unit!)).ShouldBe(545_499 * 60);
        Good(plant).ShouldBe(92_519);

        var busiest = plant["units"]!.AsArray().MaxBy(unit => Good(unit!))!;
        var unit = await Follow(busiest["shifts"]!);
        Good(unit).ShouldBe(Good(busiest));
        var shift = unit["shifts"]!.AsArray().MaxBy(each => Good(each!))!;
        var reports = (await Follow(shift["reports"]!))["items"]!.AsArray();
        reports.Sum(report => (decimal)report!["good"]!).ShouldBe(Good(shift));
        var intervals = (await Follow(shift["intervals"]!))["items"]!.AsArray();
        intervals.Where(tile => (string)tile!["state"]! == "Run").Sum(tile => (decimal)tile!["minutesWithin"]! * 60)
            .ShouldBe(Seconds(shift));
        var source = intervals.First(tile => (string)tile!["state"]! == "Run")!["sources"]![0]!;
        ((string)(await Follow(source["address"]!))["reportId"]!).ShouldBe((string)source["id"]!);
    }

    Task FiguresWritten() => Poll.Until(
        async () => await service.Count("SELECT count(*) FROM figure_dirty") == 0, TimeSpan.FromSeconds(60),
            "figures are written");

    Task<JsonNode> Follow(JsonNode address) => service.Get(((string)address!)["/api/equipment".Length..]);

    static decimal Seconds(JsonNode node) => (decimal)node["figures"]!["inputs"]!["actualProductionTimeSeconds"]!;

    static decimal Good(JsonNode node) => (decimal)node["figures"]!["inputs"]!["good"]!;

    static (decimal, decimal, decimal, decimal, decimal, decimal) Sums(JsonNode summary)
    {
        decimal Sum(string field) => summary["items"]!.AsArray().Sum(row => (decimal)row![field]!);
        return (Sum("runMinutes"), Sum("setupMinutes"), Sum("breakdownMinutes"), Sum("good"), Sum("scrap"), Sum("nonconforming"));
    }

    /// <summary>A run or setup row as WorkOrders publishes it; a breakdown row is no report.</summary>
    static ProductionReported? Fact(Func<string, string> cell, Guid id)
    {
        var record = RealLog.Record(cell, id);
        if (record.State == EquipmentState.Breakdown)
            return null;
        var template = Facts.Report(record.EquipmentId, 0, 0,
            activity: record.State == EquipmentState.Setup ? WorkActivity.Setup : WorkActivity.Run);
        return template with
        {
            ReportId = id,
            OrderNumber = cell("Case ID"),
            OperationCode = cell("Activity"),
            Product = cell("Part Desc."),
            Operator = cell("Worker ID"),
            StartedAt = record.Time.Start,
            EndedAt = record.Time.EndOrMax,
            Good = Quantity(cell("Qty Completed")),
            Scrap = Quantity(cell("Qty Rejected")),
            Nonconforming = Quantity(cell("Qty for MRB")),
        };
    }

    static decimal Quantity(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);
}
