using System.Text.Json.Nodes;
using Mes.Contracts;
using static Mes.Equipment.Tests.Facts;

namespace Mes.Equipment.Tests.Features.Production;

public class CountProductionTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task Pieces_and_minutes_of_reports_add_up_per_equipment()
    {
        await service.Apply(
            Report("A1", 0, 60, good: 10) with { Scrap = 2, Nonconforming = 1 },
            Report("A1", 30, 45, good: 1, activity: WorkActivity.Setup),
            Report("A1", 90, 100),
            Report("A1", 95, 95, good: 4));

        var sums = await SummaryOf("A1");
        Number(sums, "runMinutes").ShouldBe(55);
        Number(sums, "setupMinutes").ShouldBe(15);
        Number(sums, "notReportedMinutes").ShouldBe(30);
        Number(sums, "good").ShouldBe(15);
        Number(sums, "scrap").ShouldBe(2);
        Number(sums, "nonconforming").ShouldBe(1);
    }

    [Fact]
    public async Task A_report_counts_once_however_often_and_under_whatever_message_id_it_comes()
    {
        var (report, message) = (Report("A2", 0, 60, good: 10), Guid.NewGuid());
        await service.Publish([(message, report), (Guid.NewGuid(), report)]);
        await service.Drained();
        await service.Publish([(message, report)]);
        await service.Drained();
        Number(await SummaryOf("A2"), "good").ShouldBe(10);
        Number(await SummaryOf("A2"), "runMinutes").ShouldBe(60);
    }

    [Theory]
    [InlineData("A3", true)]
    [InlineData("A4", false)]
    public async Task A_counter_report_undoes_its_report_whichever_comes_first(string equipment, bool counterFirst)
    {
        var (kept, wrong) = (Report(equipment, 0, 60, good: 10), Report(equipment, 30, 90, good: 7));
        var counter = CounterOf(wrong);
        await service.Apply(kept);
        await service.Apply(counterFirst ? counter : wrong);
        await service.Apply(counterFirst ? wrong : counter);
        Number(await SummaryOf(equipment), "good").ShouldBe(10);
        Number(await SummaryOf(equipment), "runMinutes").ShouldBe(60);
    }

    [Fact]
    public async Task Equipment_nobody_has_defined_is_counted_and_listed_without_a_version()
    {
        await service.Apply(Report("Machine 7- Laser Marking", 0, 1, good: 1));
        var unit = await service.Get("/units/Machine%207-%20Laser%20Marking");
        ((long)unit["version"]!).ShouldBe(0);
        Number(await SummaryOf("Machine 7- Laser Marking"), "good").ShouldBe(1);
    }

    [Fact]
    public async Task A_planned_time_of_nothing_is_unknown()
    {
        await service.Apply(Report("A5", 0, 1) with { RunSecondsPerUnit = 0 },
            Report("A5", 1, 2) with { RunSecondsPerUnit = -1 });
        (await service.Count("SELECT count(*) FROM production_report WHERE equipment = 'A5' AND run_seconds_per_unit IS NULL"))
            .ShouldBe(2);
    }

    [Fact]
    public async Task What_ends_before_it_starts_counts_its_pieces_and_no_time()
    {
        await service.Apply(Report("A6", 10, 5, good: 3));
        Number(await SummaryOf("A6"), "good").ShouldBe(3);
        Number(await SummaryOf("A6"), "runMinutes").ShouldBe(0);
        (await service.Count("SELECT count(*) FROM parked_message WHERE queue <> 'outbox'")).ShouldBe(0);
    }

    Task<JsonNode> SummaryOf(string equipment) => service.SummaryOf(equipment);

    static decimal Number(JsonNode node, string name) => (decimal)node[name]!;
}
