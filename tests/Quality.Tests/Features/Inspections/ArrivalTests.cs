using Mes.Contracts;
using Mes.Quality.Domain;
using Mes.Quality.Features.Plans;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Tests.Features.Inspections;

/// <summary>Messages come two to five times and in any order; what they leave behind is the same.</summary>
public sealed class ArrivalTests(QualityHost host) : IClassFixture<QualityHost>
{
    [Fact]
    public async Task Reports_and_their_undoing_leave_the_same_in_every_order()
    {
        var product = await ProductUnder(Given.Plan(), Given.Plan(trigger: InspectionTrigger.FirstReport));
        var outcomes = new HashSet<string>();
        foreach (var order in Permutations([0, 1, 2, 3]))
        {
            var orderId = Guid.NewGuid();
            var number = Given.OrderNumber();
            var first = Given.Report(orderId, 10, 2, number, product);
            var second = Given.Report(orderId, 5, 1, number, product) with { EndedAt = Given.Now.AddHours(1) };
            object[] messages =
                [first, second, Given.Undoing(first), Given.Order(orderId, 3, WorkOrderStatus.Released, number)];
            await host.DeliverInOrder([.. order.Select(index => messages[index])]);
            outcomes.Add(await Outcome(orderId, second.ReportId));
        }
        outcomes.ShouldHaveSingleItem().ShouldBe(
            "1 Open, 2 Withdrawn; EveryReport of second Open, FirstReport of second Open; holds: 2");
    }

    [Fact]
    public async Task A_cancelled_order_leaves_the_same_in_every_order()
    {
        var product = await ProductUnder(Given.Plan(), Given.Plan(trigger: InspectionTrigger.FirstReport));
        var outcomes = new HashSet<string>();
        foreach (var order in Permutations([0, 1, 2, 3]))
        {
            var orderId = Guid.NewGuid();
            var number = Given.OrderNumber();
            var first = Given.Report(orderId, 10, 2, number, product);
            var second = Given.Report(orderId, 5, 0, number, product) with { EndedAt = Given.Now.AddHours(1) };
            object[] messages =
                [first, second, Given.Undoing(first), Given.Order(orderId, 3, WorkOrderStatus.Cancelled, number)];
            await host.DeliverInOrder([.. order.Select(index => messages[index])]);
            outcomes.Add(await Outcome(orderId, second.ReportId));
        }
        outcomes.ShouldHaveSingleItem().ShouldBe(
            "2 Withdrawn; EveryReport of second Cancelled, FirstReport of second Cancelled; holds: 2");
    }

    [Fact]
    public async Task Everything_at_once_and_five_times_is_applied_once()
    {
        var product = await ProductUnder(Given.Plan(), Given.Plan(trigger: InspectionTrigger.FirstReport));
        var orderId = Guid.NewGuid();
        var number = Given.OrderNumber();
        var reports = Enumerable.Range(0, 12).Select(_ => Given.Report(orderId, 4, 1, number, product)).ToList();
        var contracts = reports.Concat(reports.Take(6).Select(Given.Undoing)).Cast<object>().ToList();
        var random = new Random(20261121);
        (Guid Id, object Contract)[] messages = [.. contracts.Select(contract => (Guid.CreateVersion7(), contract))];
        for (var round = 0; round < 3; round++)
        {
            var underOtherIds = messages.Select(message => (Guid.CreateVersion7(), message.Contract));
            await host.Deliver([.. messages.Concat(underOtherIds).OrderBy(_ => random.Next())]);
        }

        var (found, inspections, holds) = await Rows(orderId);
        found.Count(row => row.Status == NonconformanceStatus.Open).ShouldBe(6);
        found.Count(row => row.Status == NonconformanceStatus.Withdrawn).ShouldBe(6);
        var live = inspections.Where(row => row.Status == InspectionStatus.Open).ToList();
        live.Where(row => row.Trigger == InspectionTrigger.EveryReport).Select(row => row.ReportId).Order()
            .ShouldBe(reports.Skip(6).Select(report => report.ReportId).Order());
        live.Count(row => row.Trigger == InspectionTrigger.FirstReport).ShouldBe(1);
        holds.Where(hold => hold.IsActive).Select(hold => hold.InspectionId).Order()
            .ShouldBe(live.Select(row => (Guid?)row.Id).Order());

        foreach (var states in (await host.PublishedHolds(orderId)).GroupBy(state => state.HoldId))
        {
            states.Select(state => state.Version).ShouldBe(states.Count() == 1 ? [1] : [1, 2]);
            states.Last().IsActive.ShouldBe(holds.Single(hold => hold.Id == states.Key).IsActive);
        }
    }

    [Fact]
    public async Task One_report_under_two_message_ids_counts_once()
    {
        var report = Given.Report(nonconforming: 3, order: Given.OrderNumber());
        await host.DeliverInOrder(report, report, report);
        (await Rows(report.OrderId)).Nonconformances.ShouldHaveSingleItem().Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task A_report_without_plan_and_nonconforming_pieces_leaves_nothing()
    {
        var report = Given.Report(order: Given.OrderNumber());
        await host.DeliverInOrder(report, Given.Report(report.OrderId, good: 0));
        (await host.Read(db => db.Reports.CountAsync(row => row.OrderId == report.OrderId))).ShouldBe(0);
    }

    async Task<string> ProductUnder(params PlanDefinition[] plans)
    {
        var product = $"P-{Guid.NewGuid():n}";
        foreach (var plan in plans)
        {
            var request = new DefinePlan(0, plan with { Product = product });
            await host.Inspector.Put<PlanView>($"/plans/PLAN-{Guid.NewGuid():n}", request);
        }
        return product;
    }

    async Task<string> Outcome(Guid orderId, Guid secondReport)
    {
        var (found, inspections, holds) = await Rows(orderId);
        var nonconformances = found.Select(row => $"{row.Quantity:0.#} {row.Status}").Order();
        var live = inspections.Where(row => row.Status != InspectionStatus.Withdrawn)
            .Select(row => $"{row.Trigger} of {(row.ReportId == secondReport ? "second" : "first")} {row.Status}").Order();
        return $"{string.Join(", ", nonconformances)}; {string.Join(", ", live)}; holds: {holds.Count(hold => hold.IsActive)}";
    }

    async Task<(List<Nonconformance> Nonconformances, List<Inspection> Inspections, List<Hold> Holds)> Rows(Guid orderId) => (
        await host.Read(db => db.Nonconformances.AsNoTracking().Where(row => row.OrderId == orderId).ToListAsync()),
        await host.Read(db => db.Inspections.AsNoTracking().Where(row => row.OrderId == orderId).ToListAsync()),
        await host.Read(db => db.Holds.AsNoTracking().Where(row => row.OrderId == orderId).ToListAsync()));

    static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first =>
            Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
