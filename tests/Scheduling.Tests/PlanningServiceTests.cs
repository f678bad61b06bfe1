using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>The running service with a database of its own.</summary>
public sealed class PlanningServiceTests : IAsyncLifetime
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    ServiceHost<SchedulingDb> _service = null!;

    public async ValueTask InitializeAsync() =>
        _service = await ServiceHost<SchedulingDb>.Start("scheduling", b => b.AddScheduling(), a => a.MapScheduling());

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    static WorkOrderChanged Order(string number, long version = 1, WorkOrderStatus status = WorkOrderStatus.Released) => new(
        Guid.NewGuid(), number, version, status, "P", "pcs", 10, 0, null, null,
        [.. Enumerable.Range(1, 3).Select(i => new PlannedOperation(Guid.NewGuid(), i * 10, $"op{i}", [$"m{i}", "spare"], null, 600, 60, 10, false, false))], []);

    async Task<JsonElement> Plan(string mode)
    {
        var run = (await _service.Do("/api/scheduling/plans", new { mode })).GetProperty("runId").GetGuid();
        JsonElement last = default;
        await Poll.Until(async () =>
        {
            last = await _service.Get($"/api/scheduling/jobs/runs/{run}");
            return last.GetRawText().Contains("\"done\"", StringComparison.OrdinalIgnoreCase)
                || last.GetRawText().Contains("\"failed\"", StringComparison.OrdinalIgnoreCase);
        }, Bound, "the run ends");
        last.GetRawText().ShouldNotContain("\"failed\"", Case.Insensitive);
        return (await _service.Get("/api/scheduling/plans?limit=1")).GetProperty("items").EnumerateArray().FirstOrDefault();
    }

    [Fact]
    public async Task Released_orders_are_planned_without_overlap_and_published_in_chunks()
    {
        for (var i = 0; i < 200; i++)
        {
            await _service.Deliver("scheduling-take-demand", Order($"{i}"));
        }
        var published = CollectPublished();
        var plan = await Plan("Full");
        plan.GetProperty("operations").GetInt32().ShouldBe(600);
        (await _service.Query<long>(
            """
            SELECT count(*) FROM plan_operation a JOIN plan_operation b ON a.plan_id = b.plan_id AND a.equipment = b.equipment
            AND a.operation_id < b.operation_id AND a.setup_starts_at < b.ends_at AND b.setup_starts_at < a.ends_at
            """)).ShouldBe(0);
        (await _service.Query<long>("SELECT max(version) FROM plan")).ShouldBe(plan.GetProperty("version").GetInt64());
        await published;
    }

    [Fact]
    public async Task Progress_holds_and_closing_change_what_is_planned()
    {
        var (open, closed) = (Order("open"), Order("closed"));
        await _service.Deliver("scheduling-take-demand", open);
        await _service.Deliver("scheduling-take-demand", closed);
        await _service.Deliver("scheduling-take-demand", closed with { Version = 2, Status = WorkOrderStatus.ClosedShort });
        await _service.Deliver("scheduling-take-demand", closed);       // late: older, so without effect
        await _service.Deliver("scheduling-track-progress", Reported(open, 10), times: 3);
        (await Plan("Full")).GetProperty("operations").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task An_incremental_run_plans_only_when_something_changed()
    {
        await _service.Deliver("scheduling-take-demand", Order("1"));
        var first = await Plan("Full");
        (await Plan("Incremental")).GetProperty("version").GetInt64().ShouldBe(first.GetProperty("version").GetInt64());
        await _service.Deliver("scheduling-take-demand", Order("2"));
        (await Plan("Incremental")).GetProperty("version").GetInt64().ShouldBeGreaterThan(first.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task The_night_and_the_quarter_hour_have_their_schedules()
    {
        var schedules = (await _service.Get("/api/scheduling/jobs/schedules")).GetRawText();
        schedules.ShouldContain("plan-at-night");
        schedules.ShouldContain("plan-every-15-minutes");
    }

    [Theory]
    [InlineData("/api/scheduling/plans", """{"mode":"Sometimes"}""", 400)]
    [InlineData("/api/scheduling/plans", """{"mode":0}""", 400)]
    [InlineData("/api/scheduling/plans", """{"surplus":1}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"code":"","zone":"UTC","shifts":[]}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"code":"c","zone":"Mars/Base","shifts":[{"day":"Monday","from":"08:00:00","minutes":60}]}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"code":"c","zone":"UTC","shifts":[{"day":"Monday","from":"08:00:00","minutes":-1}]}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"code":"c","zone":"UTC","shifts":[{"day":"Monday","from":"08:00:00","minutes":99999}]}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"code":"c","zone":"UTC","shifts":[{"day":"None","from":"08:00:00","minutes":60}]}""", 400)]
    [InlineData("/api/scheduling/calendars", """{"zone":"UTC"}""", 400)]
    [InlineData("/api/scheduling/calendars/assignments", """{"equipment":"m1","calendar":"unknown"}""", 422)]
    [InlineData("/api/scheduling/calendars/assignments", """{"equipment":"","calendar":null}""", 400)]
    public async Task Bad_input_is_refused_with_code_and_hint(string path, string json, int status)
    {
        var before = await _service.Query<long>("SELECT count(*) FROM command_log");
        using var answer = await _service.Send(path, JsonDocument.Parse(json).RootElement);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe((HttpStatusCode)status, text);
        text.ShouldContain("\"code\"");
        text.ShouldContain("\"hint\"");
        (await _service.Query<long>("SELECT count(*) FROM command_log")).ShouldBe(before);
    }

    Task CollectPublished() => Poll.Until(
        async () => await _service.Query<long>("SELECT count(*) FROM outbox WHERE type = 'SchedulePublished'") >= 2, Bound, "both chunks wait for their consumer");

    static ProductionReported Reported(WorkOrderChanged order, decimal good) => new(
        Guid.NewGuid(), null, order.OrderId, order.Number, order.Operations[0].OperationId, "op1", 10, null, false, false, "P", "pcs",
        order.Number, "m1", "O", WorkActivity.Run, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, good, 0, 0, false, null, [],
        DateTimeOffset.UnixEpoch);
}
