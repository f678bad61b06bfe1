using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Quality.Features.Holds;
using Mes.Quality.Features.Inspections;
using Mes.Quality.Features.Nonconformances;
using Mes.Quality.Features.Plans;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Tests.Features.Nonconformances;

/// <summary>What the order is told of what Quality decides on its pieces.</summary>
public sealed class JudgementTests(QualityHost host) : IClassFixture<QualityHost>
{
    [Theory]
    [InlineData(DispositionKind.UseAsIs, 2, 0, -2)]
    [InlineData(DispositionKind.Scrap, 0, 2, -2)]
    [InlineData(DispositionKind.Return, 0, 2, -2)]
    [InlineData(DispositionKind.Rework, 0, 0, -2)]
    public void What_a_report_calls_nonconforming_becomes_what_is_decided(
        DispositionKind kind, decimal good, decimal scrap, decimal nonconforming)
    {
        var found = Nonconformance.Of(Given.Report(good: 0, nonconforming: 5), 1, Given.Now);
        found.Version.ShouldBe(0);

        found.Dispose(kind, 2, "because", "Inspector", Given.Now);

        var told = found.ToContract("because");
        (told.Version, told.ReportId, told.Good, told.Scrap, told.Nonconforming)
            .ShouldBe((1, found.ReportId!.Value, good, scrap, nonconforming));
    }

    [Theory]
    [InlineData(DispositionKind.UseAsIs, 0, 0)]
    [InlineData(DispositionKind.Scrap, -2, 2)]
    [InlineData(DispositionKind.Return, -2, 2)]
    [InlineData(DispositionKind.Rework, -2, 0)]
    public async Task What_an_inspection_rejects_is_no_longer_good_and_becomes_what_is_decided(
        DispositionKind kind, decimal good, decimal scrap)
    {
        var (report, found) = await PartlyAccepted();
        await Dispose(found, kind, 2);

        (await Told(report)).ShouldBe([(1, -2, 0, 2), (2, good, scrap, 0)]);
    }

    [Fact]
    public async Task What_is_decided_on_a_report_that_is_undone_is_taken_back_with_it()
    {
        var (report, found) = await PartlyAccepted();
        await Dispose(found, DispositionKind.Scrap, 1);

        await host.DeliverInOrder(Given.Undoing(report));

        (await Told(report)).ShouldBe([(1, -2, 0, 2), (2, -2, 1, 1), (3, 0, 0, 0)]);
        (await host.Inspector.Get<NonconformanceView>($"/nonconformances/{found.Id}")).Status
            .ShouldBe(NonconformanceStatus.Withdrawn);
        var inspection = await InspectionOf(report);
        inspection.Status.ShouldBe(InspectionStatus.Withdrawn);
        (await host.PublishedHolds(report.OrderId))[^1].IsActive.ShouldBeFalse();
    }

    [Fact]
    public async Task A_correction_opens_nothing()
    {
        var (report, _) = await PartlyAccepted();
        await host.DeliverInOrder(report with
        {
            ReportId = Guid.NewGuid(),
            Corrects = report.ReportId,
            Good = -2,
            Nonconforming = 2
        });

        (await host.Read(db => db.Nonconformances.CountAsync(row => row.OrderId == report.OrderId))).ShouldBe(1);
        (await host.Read(db => db.Inspections.CountAsync(row => row.OrderId == report.OrderId))).ShouldBe(1);
    }

    /// <summary>Ten pieces, of which an inspection accepts eight; its hold is released.</summary>
    async Task<(ProductionReported Report, NonconformanceView Found)> PartlyAccepted()
    {
        var product = $"P-{Guid.NewGuid():n}";
        await host.Inspector.Put<PlanView>(
            $"/plans/PLAN-{Guid.NewGuid():n}", new DefinePlan(0, Given.Plan(SamplingRule.Fixed, 1, product: product)));
        var report = Given.Report(order: Given.OrderNumber(), product: product);
        await host.DeliverInOrder(report);
        var inspection = await InspectionOf(report);
        await host.Inspector.Post<object>($"/inspections/{inspection.Id}/measurements",
            new { findings = new[] { new { sample = 1, characteristic = "D1", value = 20.0 } } });
        await host.Inspector.Post<InspectionView>(
            $"/inspections/{inspection.Id}/verdict", new GiveVerdict(Verdict.Partial, 8, 2, "two are scratched"));
        var found = (await host.Inspector.Get<Page<NonconformanceView>>($"/nonconformances?order={report.OrderNumber}")).Items;
        var holds = await host.Inspector.Get<Page<HoldView>>($"/holds?status=Active&orderId={report.OrderId}");
        await host.Inspector.Post<HoldView>($"/holds/{holds.Items.Single().Id}/release", new ReleaseHold("eight are good"));
        return (report, found.Single());
    }

    async Task<InspectionView> InspectionOf(ProductionReported report) =>
        (await host.Inspector.Get<Page<InspectionView>>($"/inspections?order={report.OrderNumber}")).Items.Single();

    Task<NonconformanceView> Dispose(NonconformanceView found, DispositionKind kind, decimal quantity) =>
        host.Inspector.Post<NonconformanceView>(
            $"/nonconformances/{found.Id}/dispositions", new DisposeNonconformance(kind, quantity, "because"));

    async Task<List<(long Version, decimal Good, decimal Scrap, decimal Nonconforming)>> Told(ProductionReported report)
    {
        var rows = await host.Read(db => db.Set<OutboxMessage>().AsNoTracking()
            .Where(row => row.Type == nameof(PiecesJudged)).OrderBy(row => row.Id).ToListAsync());
        return [.. rows.Select(row => JsonSerializer.Deserialize<PiecesJudged>(row.Body, MessageJson.Options)!)
            .Where(told => told.ReportId == report.ReportId)
            .Select(told => (told.Version, told.Good, told.Scrap, told.Nonconforming))];
    }
}
