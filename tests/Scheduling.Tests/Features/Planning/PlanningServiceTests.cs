using System.Text.Json;
using Hangfire.Storage;
using Mes.Contracts;
using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mes.Scheduling.Tests.Features.Planning;

/// <summary>Planning runs of the running service.</summary>
public sealed class PlanningServiceTests : IAsyncLifetime
{
    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SchedulingHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_table_refuses_two_bookings_of_one_equipment_at_a_time()
    {
        await _host.Take(Given.Released("one"));
        await _host.Plan();
        (await Book("ends_at", "ends_at + interval '1 hour'")).ShouldBe(1, "one right behind the other");
        (await Should.ThrowAsync<PostgresException>(() => Book("ends_at - interval '1 second'", "ends_at")))
            .SqlState.ShouldBe(PostgresErrorCodes.ExclusionViolation);
        (await Should.ThrowAsync<PostgresException>(() =>
            Change("UPDATE plan_operation SET setup_starts_at = setup_starts_at - interval '1 day'")))
            .SqlState.ShouldBe(PostgresErrorCodes.ExclusionViolation);

        Task<long> Book(string from, string to) => Change(
            $"""
            INSERT INTO plan_operation
            SELECT plan_id, gen_random_uuid(), order_id, equipment, {from}, {to}, {to}, waits_for, waits_on
            FROM (SELECT DISTINCT ON (equipment) * FROM plan_operation ORDER BY equipment, ends_at DESC) last LIMIT 1
            """);
    }

    Task<long> Change(string sql) =>
        _host.Service.Query<long>($"WITH changed AS ({sql} RETURNING 1) SELECT count(*) FROM changed");

    [Fact]
    public async Task With_a_plan_its_operations_go_also_where_it_goes_with_its_draft()
    {
        await _host.Take(Given.Released("one"));
        var plan = await _host.Plan();
        var line = (await _host.Lines(plan))[0];
        var draft = (await _host.Service.Do("/api/scheduling/drafts", new { })).GetProperty("id").GetGuid();
        await _host.Service.Do($"/api/scheduling/drafts/{draft}/steps", new
        {
            step = new { kind = "Lock", operationIds = new[] { line.GetProperty("operationId").GetGuid() } }
        });
        (await Operations()).ShouldBe(6);
        await Change("DELETE FROM plan_draft");
        (await Operations()).ShouldBe(3);
        await Change("DELETE FROM plan");
        (await Operations()).ShouldBe(0);

        Task<long> Operations() => _host.Service.Query<long>("SELECT count(*) FROM plan_operation");
    }

    [Fact]
    public async Task Released_orders_are_planned_without_overlap_and_published_in_chunks()
    {
        await _host.Take(Given.Orders(200));
        var plan = await _host.Plan();
        plan.GetProperty("operations").GetInt32().ShouldBe(600);
        (await _host.Overlaps()).ShouldBe(0);
        // nobody takes them in this test: they wait, each with the count of parts
        (await _host.Service.Query<long>(
            "SELECT count(*) FROM outbox WHERE type = 'SchedulePublished' AND (body->>'chunks')::int = 2"))
            .ShouldBe(2);
    }

    [Theory, InlineData("Full"), InlineData("Incremental")]
    public async Task A_holiday_that_is_withdrawn_is_worked_on_again(string mode)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var order = Given.Released("1");
        await _host.Tell(Given.Calendar("all", 1, "00:00", "24:00", closed: Enumerable.Range(0, 14).Select(today.AddDays)),
            [.. order.Operations[0].Equipment]);
        await _host.Take(order);
        await _host.Plan();
        (await StartsOn()).ShouldBe(today.AddDays(14));

        await _host.Tell(Given.Calendar("all", 2, "00:00", "24:00"));
        await _host.Plan(mode);

        (await StartsOn()).ShouldBeLessThan(today.AddDays(2));

        async Task<DateOnly> StartsOn() => DateOnly.FromDateTime((await _host.Line(order.Operations[0].OperationId))
            .GetProperty("startsAt").GetDateTimeOffset().UtcDateTime);
    }

    [Fact]
    public async Task Progress_holds_and_closing_change_what_is_planned()
    {
        var (open, closed) = (Given.Released("open"), Given.Released("closed"));
        await _host.Take(open);
        await _host.Take(closed);
        await _host.Take(closed with { Version = 2, Status = WorkOrderStatus.ClosedShort });
        await _host.Take(closed);       // late: older, so without effect
        await _host.Service.Deliver("scheduling-track-progress", Given.Reported(open, 10), times: 3);
        (await _host.Plan()).GetProperty("operations").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task An_incremental_run_plans_only_when_something_changed()
    {
        await _host.Take(Given.Released("1"));
        var first = await _host.Plan();
        (await _host.Plan("Incremental")).GetProperty("version").GetInt64().ShouldBe(first.GetProperty("version").GetInt64());
        await _host.Take(Given.Released("2"));
        (await _host.Plan("Incremental")).GetProperty("version").GetInt64()
            .ShouldBeGreaterThan(first.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task The_night_and_the_quarter_hour_have_their_schedules()
    {
        var jobs = _host.Service.Services.GetRequiredService<Jobs<SchedulingDb>>();
        List<RecurringJobDto> schedules = [];
        await Poll.Until(() =>
        {
            using var connection = jobs.Storage.GetConnection();
            return Task.FromResult((schedules = connection.GetRecurringJobs()).Count == 3);
        }, SchedulingHost.Bound, "the schedules are stored");
        schedules.Select(known => (known.Id, known.Cron)).ShouldBe(
            [("plan-at-night", "0 2 * * *"), ("plan-every-15-minutes", "*/15 * * * *"), ("clean-up", "17 * * * *")],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_links_to_the_page_of_its_job_and_that_back_to_the_run()
    {
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        var page = (await _host.Ended(run)).GetProperty("jobPage").GetString()!;
        (await _host.Service.Http.GetStringAsync(page)).ShouldContain($"<a href=\"/api/scheduling/runs/{run}\">");
    }

    [Fact]
    public async Task A_run_records_its_model_its_value_its_bound_and_its_progress()
    {
        await _host.Take(Given.Released("late", dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await _host.Service.Get($"/api/scheduling/runs/{run}"); // is there before it has begun
        var ended = await _host.Ended(run);
        (ended.GetProperty("orders").GetInt32(), ended.GetProperty("operations").GetInt32()).ShouldBe((1, 3));
        ended.GetProperty("value")[0].GetInt64().ShouldBeGreaterThan(0);
        ended.GetProperty("bound")[0].GetInt64().ShouldBeGreaterThan(0);
        ended.GetProperty("gap").GetDouble().ShouldBeInRange(0, 1);
        ended.GetProperty("durationMs").GetInt64().ShouldBeGreaterThan(0);
        (await _host.Service.Get($"/api/scheduling/runs/{run}")).GetProperty("progress").GetArrayLength().ShouldBeGreaterThan(0);
        (await _host.Service.Get("/api/scheduling/runs?size=1")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _host.Service.Get("/api/scheduling/runs?from=2026-03-02T06:00:00Z&size=1")).GetProperty("items").GetArrayLength()
            .ShouldBe(1);
        (await _host.Service.Get("/api/scheduling/runs?to=2026-03-02T06:00:00Z")).GetProperty("items").GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task An_engine_that_dies_fails_the_run_and_leaves_the_plan_and_is_tried_again()
    {
        await _host.Take(Given.Orders(30, dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
        await _host.Plan();
        await _host.Set(new { fullSeconds = 60 });
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await EngineProcesses.Kill(seconds: 60, SchedulingHost.Bound);
        await Poll.Until(async () => (await _host.Service.Get("/api/scheduling/runs?status=Failed"))
            .GetProperty("items").GetArrayLength() == 1,
            SchedulingHost.Bound, "the attempt is recorded as failed");
        var failed = (await _host.Service.Get("/api/scheduling/runs?status=Failed")).GetProperty("items")[0];
        failed.GetProperty("error").GetString()!.ShouldContain("ended with");
        // another run may have published meanwhile, as each quarter of an hour one begins
        (await _host.InForce()).GetProperty("runId").GetGuid().ShouldNotBe(run);
        await _host.Set(new { fullSeconds = 1 });
        await Poll.Until(async () => (await _host.Service.Get($"/api/scheduling/runs/{run}")).GetProperty("attempts")
            .GetArrayLength() == 2,
            SchedulingHost.Bound, "it is tried again");
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBeOneOf("Done", "Unchanged");
    }

    [Fact]
    public async Task A_cancelled_run_publishes_the_best_plan_that_it_has_found_and_tells_what_it_changed()
    {
        await _host.Take(Given.Orders(30, dueAt: DateTimeOffset.UnixEpoch.AddYears(90)));
        await _host.Set(new { fullSeconds = 1 });
        var before = await _host.Plan();
        await _host.Take(Given.Orders(10, dueAt: DateTimeOffset.UnixEpoch.AddYears(90)));
        await _host.Set(new { fullSeconds = 600 });
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => (await _host.Service.Get($"/api/scheduling/runs/{run}")).GetProperty("progress")
            .GetArrayLength() > 0, SchedulingHost.Bound, "it has found a plan");
        await _host.Service.Do($"/api/scheduling/runs/{run}/cancel", null);
        var ended = await _host.Ended(run);
        ended.GetProperty("status").GetString().ShouldBe("Cancelled");
        var plan = await _host.InForce();
        plan.GetProperty("runId").GetGuid().ShouldBe(run);
        plan.GetProperty("id").GetGuid().ShouldBe(ended.GetProperty("planId").GetGuid());
        plan.GetProperty("operations").GetInt32().ShouldBe(120);
        plan.GetProperty("version").GetInt64().ShouldBeGreaterThan(before.GetProperty("version").GetInt64());

        ended.GetProperty("lateOrders").GetInt32().ShouldBe(plan.GetProperty("lateOrders").GetInt32());
        ended.GetProperty("tardinessSeconds").GetInt64().ShouldBe(0);
        var changes = (await _host.Service.Get(
            $"/api/scheduling/plans/{plan.GetProperty("id")}/changes?since={before.GetProperty("id")}&size=1000"));
        ended.GetProperty("moved").GetInt32().ShouldBeInRange(0, changes.GetProperty("items").GetArrayLength() - 30);
        (ended.GetProperty("becameLate").GetInt32(), ended.GetProperty("noLongerLate").GetInt32()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_run_tells_as_it_goes_how_many_orders_its_best_plan_ends_late_and_by_how_much()
    {
        await _host.Take(Given.Released("late", dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
        await _host.Take(Given.Released("in time", dueAt: TimeProvider.System.GetUtcNow().AddYears(1)));
        await _host.Set(new { fullSeconds = 1 });
        var plan = await _host.Plan();
        var view = await _host.Service.Get($"/api/scheduling/runs/{plan.GetProperty("runId")}");
        var step = view.GetProperty("progress").EnumerateArray().Last();
        step.GetProperty("lateOrders").GetInt32().ShouldBe(1);
        step.GetProperty("tardinessSeconds").GetInt64().ShouldBeGreaterThan(3_600);
        view.GetProperty("attempts")[0].GetProperty("lateOrders").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Schedules_tell_when_they_are_due_and_what_became_of_the_last_run()
    {
        JsonElement schedules = default;
        await Poll.Until(async () => (schedules = await _host.Service.Get("/api/scheduling/schedules")).GetArrayLength() == 2,
            SchedulingHost.Bound, "the schedules are stored");
        var often = schedules.EnumerateArray().Single(one => one.GetProperty("mode").GetString() == "Incremental");
        often.GetProperty("nextAt").GetDateTimeOffset()
            .ShouldBeInRange(TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(16));
        var key = often.GetProperty("key").GetString()!;
        using (var connection = _host.Service.Services.GetRequiredService<Jobs<SchedulingDb>>().Storage.GetConnection())
        {
            connection.GetRecurringJobs().Single(known => known.Id == key).Cron
                .ShouldBe(often.GetProperty("cron").GetString());
        }
        new Hangfire.RecurringJobManager(_host.Service.Services.GetRequiredService<Jobs<SchedulingDb>>().Storage).Trigger(key);
        await Poll.Until(async () => (await _host.Service.Get("/api/scheduling/schedules")).EnumerateArray().Any(one =>
            one.GetProperty("key").GetString() == key && one.GetProperty("lastStatus").GetString() is "Done" or "Unchanged"),
            SchedulingHost.Bound, "the run that the schedule asked for is told");
    }

    [Fact]
    public async Task A_cancelled_run_ends_at_once()
    {
        await _host.Take(Given.Orders(30, dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
        await _host.Set(new { fullSeconds = 600 });
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => (await _host.Service.Get($"/api/scheduling/runs/{run}")).GetProperty("progress")
            .GetArrayLength() > 0,
            SchedulingHost.Bound, "the search has begun");
        await _host.Service.Do($"/api/scheduling/runs/{run}/cancel", null);
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBe("Cancelled");
        using var again = await _host.Service.Send($"/api/scheduling/runs/{run}/cancel", null);
        ((int)again.StatusCode).ShouldBe(422);
    }
}
