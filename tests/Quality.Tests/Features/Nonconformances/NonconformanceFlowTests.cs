using Mes.Contracts;
using Mes.Persistence;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Quality.Features.Holds;
using Mes.Quality.Features.Nonconformances;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Tests.Features.Nonconformances;

public sealed class NonconformanceFlowTests(QualityHost host) : IClassFixture<QualityHost>
{
    [Fact]
    public async Task Ten_reports_with_105_pieces_make_ten_nonconformances_of_105_pieces()
    {
        await using var own = new OwnHost();
        await own.Host.InitializeAsync();
        decimal[] quantities = [1, 1, 3, 4, 5, 8, 13, 20, 20, 30];
        object[] reports =
        [
            .. quantities.Select(count => Given.Report(good: count % 4, nonconforming: count, order: Given.OrderNumber())),
            .. Enumerable.Range(0, 20).Select(good => Given.Report(good: good, order: Given.OrderNumber())),
        ];
        await own.Host.Deliver([.. reports.Select(report => (Guid.CreateVersion7(), report))]);
        (await own.Host.Inspector.Get<NonconformanceSummary>($"/nonconformances/summary{Given.November}"))
            .ShouldBe(new NonconformanceSummary(10, 105, 10, 105, 105));

        await own.Host.DeliverInOrder(Given.Undoing((ProductionReported)reports[9]));
        var open = await own.Host.Inspector.Get<Page<NonconformanceView>>("/nonconformances?status=Open");
        (open.Items.Count, open.Items.Sum(found => found.Quantity)).ShouldBe((9, 75m));
        await own.Host.Inspector.Post<NonconformanceView>(
            $"/nonconformances/{open.Items[0].Id}/dispositions", new DisposeNonconformance(DispositionKind.Scrap, 1, "burnt"));
        (await own.Host.Inspector.Get<NonconformanceSummary>($"/nonconformances/summary{Given.November}"))
            .ShouldBe(new NonconformanceSummary(9, 75, 9, 75, 74));
    }

    [Fact]
    public async Task What_changes_nothing_leaves_nothing_in_the_audit_trail()
    {
        await using var own = new OwnHost();
        await own.Host.InitializeAsync();
        var report = Given.Report(good: 5, order: Given.OrderNumber());
        await own.Host.DeliverInOrder(report, Given.Undoing(report));
        (await own.Host.Read(db => db.AuditEntries.CountAsync())).ShouldBe(0);

        await own.Host.DeliverInOrder(Given.Report(nonconforming: 1, order: Given.OrderNumber()));
        (await own.Host.Read(db => db.AuditEntries.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task They_are_summed_up_over_a_time_and_the_open_ones_as_they_are_now()
    {
        await using var own = new OwnHost();
        await own.Host.InitializeAsync();
        var early = Given.Report(nonconforming: 2, order: Given.OrderNumber()) with { ReportedAt = Given.Now.AddDays(-40) };
        var late = Given.Report(nonconforming: 3, order: Given.OrderNumber());
        var now = Given.Report(nonconforming: 5, order: Given.OrderNumber()) with
        {
            ReportedAt = TimeProvider.System.GetUtcNow().AddHours(-1)
        };
        await own.Host.Deliver([.. new object[] { early, late, now }.Select(report => (Guid.CreateVersion7(), report))]);

        (await own.Host.Inspector.Get<NonconformanceSummary>($"/nonconformances/summary{Given.November}"))
            .ShouldBe(new NonconformanceSummary(1, 3, 3, 10, 10));
        (await own.Host.Inspector.Get<NonconformanceSummary>("/nonconformances/summary"))
            .ShouldBe(new NonconformanceSummary(1, 5, 3, 10, 10), "the last 24 hours unless told");
        (await own.Host.Inspector.Refused(HttpMethod.Get, "/nonconformances/summary?from=2020-01-01T00:00:00Z", null)).Code
            .ShouldBe("window-wrong");
    }

    [Fact]
    public async Task It_is_decided_part_by_part_and_closed_when_whole()
    {
        var found = await Opened(5);
        await Dispose(found, DispositionKind.UseAsIs, 1.5m);
        (await host.Inspector.Refused(HttpMethod.Post, $"/nonconformances/{found.Id}/close", null)).Code
            .ShouldBe("nonconformance-undecided");
        var tooMuch = await host.Inspector.Refused(HttpMethod.Post, $"/nonconformances/{found.Id}/dispositions",
            new DisposeNonconformance(DispositionKind.Scrap, 3.500001m, "r"));
        (tooMuch.Status, tooMuch.Code, tooMuch.Problem.GetProperty("undecided").GetDecimal())
            .ShouldBe((422, "disposition-exceeds-quantity", 3.5m));
        (await Dispose(found, DispositionKind.Rework, 3.5m)).Undecided.ShouldBe(0);
        var closed = await host.Inspector.Post<NonconformanceView>($"/nonconformances/{found.Id}/close");
        (closed.Status, closed.Dispositions.Count).ShouldBe((NonconformanceStatus.Closed, 2));
        (await host.Inspector.Get<NonconformanceView>($"/nonconformances/{found.Id}")).Dispositions
            .ShouldAllBe(decision => decision.DecidedBy == "Inspector" && decision.Reason == "because");
        (await Count("status=Closed", found)).ShouldBe(1);
        (await Count("status=Open", found)).ShouldBe(0);
    }

    [Fact]
    public async Task Many_who_decide_at_once_never_exceed_the_quantity()
    {
        var found = await Opened(10);
        var body = new DisposeNonconformance(DispositionKind.Scrap, 1, "r");
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ =>
            host.Inspector.Send(HttpMethod.Post, $"/nonconformances/{found.Id}/dispositions", body, Guid.NewGuid())));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(10);
        answers.Where(answer => !answer.IsSuccessStatusCode).ShouldAllBe(answer => (int)answer.StatusCode == 422);
        (await host.Inspector.Get<NonconformanceView>($"/nonconformances/{found.Id}")).Undecided.ShouldBe(0);
    }

    [Fact]
    public async Task A_command_sent_twice_at_once_is_applied_once()
    {
        var found = await Opened(10);
        var id = Guid.NewGuid();
        var body = new DisposeNonconformance(DispositionKind.Scrap, 4, "r");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            host.Inspector.Send(HttpMethod.Post, $"/nonconformances/{found.Id}/dispositions", body, id)));
        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().Count().ShouldBe(1);
        (await host.Inspector.Get<NonconformanceView>($"/nonconformances/{found.Id}")).Undecided.ShouldBe(6);
        var other = await host.Inspector.Refused(
            HttpMethod.Post, $"/nonconformances/{found.Id}/dispositions", body with { Quantity = 5 }, id);
        (other.Status, other.Code).ShouldBe((409, "command-id-reused"));
    }

    [Fact]
    public async Task The_audit_trail_says_who_decided_what_and_why()
    {
        var found = await Opened(2);
        await host.As("Dora", Permissions.Disposition).Post<NonconformanceView>($"/nonconformances/{found.Id}/dispositions",
            new DisposeNonconformance(DispositionKind.Return, 2, "supplier's crack"));
        var entries = await host.Read(db => db.AuditEntries.AsNoTracking().Where(row => row.ActorName == "Dora").ToListAsync());
        var entry = entries.ShouldHaveSingleItem();
        (entry.Reason, entry.Action).ShouldBe(("supplier's crack", "POST /api/quality/nonconformances/{id:guid}/dispositions"));
        entry.Changes.ShouldContain("disposition");
        entry.Changes.ShouldContain(found.Id.ToString());
    }

    [Fact]
    public async Task A_hold_by_hand_is_published_when_placed_and_when_released()
    {
        var orderId = Guid.NewGuid();
        var operation = new PlannedOperation(Guid.NewGuid(), 10, "Turning", [], null, 0, 0, 5, false, false);
        await host.DeliverInOrder(Given.Order(orderId, 1, WorkOrderStatus.Released) with { Operations = [operation] });
        var request = new PlaceHold("crack", orderId, operation.OperationId, "P-1", "LOT-9");
        var placed = await host.Inspector.Post<HoldView>("/holds", request);
        (placed.Status, placed.PlacedBy, placed.Version).ShouldBe((HoldStatus.Active, "Inspector", 1));
        (await host.Inspector.Get<Page<HoldView>>("/holds?status=Active&lot=LOT-9")).Items
            .ShouldHaveSingleItem().Id.ShouldBe(placed.Id);
        (await host.Inspector.Get<Page<HoldView>>("/holds?status=Released&lot=LOT-9")).Items.ShouldBeEmpty();
        (await host.Inspector.Get<Page<HoldView>>("/holds?lot=LOT-9&from=2026-01-01T00:00:00Z")).Items.Count.ShouldBe(1);
        (await host.Inspector.Get<Page<HoldView>>("/holds?lot=LOT-9&to=2026-01-01T00:00:00Z")).Items.ShouldBeEmpty();
        await host.Inspector.Post<HoldView>($"/holds/{placed.Id}/release", new ReleaseHold("was dirt"));
        (await host.Inspector.Get<Page<HoldView>>("/holds?status=Active&lot=LOT-9")).Items.ShouldBeEmpty();
        (await host.Inspector.Get<Page<HoldView>>("/holds?status=Released&lot=LOT-9")).Items.Count.ShouldBe(1);
        (await host.Inspector.Refused(HttpMethod.Post, $"/holds/{placed.Id}/release", new ReleaseHold("again"))).Code
            .ShouldBe("hold-released");
        (await host.PublishedHolds(orderId)).ShouldBe(
        [
            new QualityHoldChanged(placed.Id, 1, true, orderId, operation.OperationId, "P-1", "LOT-9", "crack"),
            new QualityHoldChanged(placed.Id, 2, false, orderId, operation.OperationId, "P-1", "LOT-9", "was dirt"),
        ]);
    }

    [Fact]
    public async Task Many_who_release_at_once_release_once()
    {
        var orderId = Guid.NewGuid();
        await host.DeliverInOrder(Given.Order(orderId, 1, WorkOrderStatus.Released));
        var placed = await host.Inspector.Post<HoldView>("/holds", new PlaceHold("crack", orderId));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            host.Inspector.Send(HttpMethod.Post, $"/holds/{placed.Id}/release", new ReleaseHold("ok"), Guid.NewGuid())));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        answers.Count(answer => (int)answer.StatusCode == 409).ShouldBe(7);
        (await host.PublishedHolds(orderId)).Select(state => state.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_was_decided_cannot_be_changed_behind_the_service()
    {
        var found = await Opened(1);
        await Dispose(found, DispositionKind.Scrap, 1);
        string[] changes =
        [
            "UPDATE disposition SET quantity = 2", "DELETE FROM disposition", "DELETE FROM measurement",
            "UPDATE plan_version SET version = 9"
        ];
        foreach (var sql in changes)
        {
            var refusal = await Should.ThrowAsync<Npgsql.PostgresException>(
                () => host.Read(db => db.Database.ExecuteSqlRawAsync(sql)));
            refusal.SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    async Task<NonconformanceView> Opened(decimal quantity)
    {
        var report = Given.Report(good: 0, nonconforming: quantity, order: Given.OrderNumber());
        await host.DeliverInOrder(report);
        var found = await host.Inspector.Get<Page<NonconformanceView>>($"/nonconformances?order={report.OrderNumber}");
        return found.Items.ShouldHaveSingleItem();
    }

    async Task<int> Count(string filter, NonconformanceView found) =>
        (await host.Inspector.Get<Page<NonconformanceView>>($"/nonconformances?{filter}&order={found.Order}")).Items.Count;

    Task<NonconformanceView> Dispose(NonconformanceView found, DispositionKind kind, decimal quantity) =>
        host.Inspector.Post<NonconformanceView>(
            $"/nonconformances/{found.Id}/dispositions", new DisposeNonconformance(kind, quantity, "because"));

    /// <summary>A service of the test's own, whose figures nobody else adds to.</summary>
    sealed class OwnHost : IAsyncDisposable
    {
        public QualityHost Host { get; } = new();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
