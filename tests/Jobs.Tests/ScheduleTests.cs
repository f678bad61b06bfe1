using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Storage;
using Mes.Tests.Support;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>Schedules in the time zone of the plant, and what becomes of due times that were missed.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    readonly ConcurrentBag<string> _runs = [];
    JobsDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await JobsDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(MisfireHandlingMode.Relaxed)]
    [InlineData(MisfireHandlingMode.Strict)]
    [InlineData(MisfireHandlingMode.Ignorable)]
    public async Task Missed_due_times_are_treated_as_the_schedule_says(MisfireHandlingMode missed)
    {
        // due on the first of each year, and missed since that of 2024
        var expected = missed switch
        {
            MisfireHandlingMode.Relaxed => 1,
            MisfireHandlingMode.Strict => TimeProvider.System.GetUtcNow().Year - 2023,
            _ => 0
        };
        await Missed("UTC", new JobSchedule("yearly", "0 0 1 1 *", missed), "2023-12-31T00:00:00.0000000Z");
        (await Times("yearly")).Count.ShouldBe(expected);
    }

    /// <summary>The clocks of Berlin go forward on 29 March 2026 (02:00 → 03:00) and back on 25 October.</summary>
    [Theory]
    [InlineData("30 2 29 3 *", "2026-03-28T00:00:00.0000000Z", new[] { "2026-03-29T01:00:00Z" })]
    [InlineData("30 2 25 10 *", "2026-10-24T00:00:00.0000000Z", new[] { "2026-10-25T00:30:00Z" })]
    [InlineData("0 6 25 10 *", "2026-10-24T00:00:00.0000000Z", new[] { "2026-10-25T05:00:00Z" })]
    public async Task Over_a_change_of_the_clocks_nothing_is_lost_or_doubled(string cron, string last, string[] due)
    {
        await Missed("Europe/Berlin", new JobSchedule("clocks", cron, MisfireHandlingMode.Strict), last);
        (await Times("clocks")).Where(time => time.Year == 2026).ShouldBe(due.Select(DateTimeOffset.Parse));
    }

    [Fact]
    public async Task Schedules_are_kept_as_declared_in_the_zone_of_the_plant_and_those_no_more_declared_go()
    {
        await using (await Start("Asia/Shanghai", new JobSchedule("old", "0 1 * * *", MisfireHandlingMode.Relaxed)))
        {
            await Known("old");
        }
        await using var node = await Start(
            "Asia/Shanghai", new JobSchedule("nightly", "0 2 * * *", MisfireHandlingMode.Relaxed));
        await Known("nightly");
        await Poll.Until(
            () => Task.FromResult(Schedules(node).All(known => known.Id != "old")), Bound, "the old one goes");
        Schedules(node).Select(known => known.Id).ShouldBe(["clean-up", "nightly"], ignoreOrder: true);
        var schedule = Schedules(node).Single(known => known.Id == "nightly");
        (schedule.Id, schedule.TimeZoneId, schedule.NextExecution!.Value.Hour).ShouldBe(("nightly", "Asia/Shanghai", 18));
    }

    [Fact]
    public async Task A_schedule_run_by_hand_keeps_its_due_times()
    {
        await using var node = await Start(
            "UTC", new JobSchedule("nightly", "0 2 * * *", MisfireHandlingMode.Relaxed, "by hand"));
        await Known("nightly");
        var before = Schedules(node).Single(known => known.Id == "nightly").NextExecution;

        new RecurringJobManager(node.Jobs.Storage).TriggerJob("nightly").ShouldNotBeNull();

        await Poll.Until(() => Task.FromResult(_runs.Contains("by hand")), Bound, "the job runs");
        Schedules(node).Single(known => known.Id == "nightly").NextExecution.ShouldBe(before);
    }

    /// <summary>A schedule that last came due some time ago, and a server that starts now and looks at it.</summary>
    async Task Missed(string zone, JobSchedule schedule, string last)
    {
        await using (await Start(zone, schedule)) await Known(schedule.Key);
        await _database.Execute(
            $"""
            DELETE FROM hangfire.hash
                WHERE key = 'recurring-job:{schedule.Key}' AND field IN ('NextExecution', 'LastExecution');
            INSERT INTO hangfire.hash (key, field, value) VALUES ('recurring-job:{schedule.Key}', 'LastExecution', '{last}'),
                ('recurring-job:{schedule.Key}', 'NextExecution', '{last}');
            UPDATE hangfire.hash SET value = '{last}' WHERE key = 'recurring-job:{schedule.Key}' AND field = 'CreatedAt';
            UPDATE hangfire.set SET score = 0 WHERE key = 'recurring-jobs' AND value = '{schedule.Key}'
            """);
        await using var node = await Start(zone, schedule);
        await Poll.Until(async () => await _database.Query<long>(
            $"""
            SELECT count(*) FROM hangfire.set
            WHERE key = 'recurring-jobs' AND value = '{schedule.Key}' AND score > extract(epoch FROM now())
            """) == 1,
            Bound, "the schedule is set to its next due time");
    }

    /// <summary>For when the runs of a schedule were due.</summary>
    async Task<List<DateTimeOffset>> Times(string key) => [.. (await _database.Query<string[]>(
        $"""
        SELECT coalesce(array_agg(t.value ORDER BY t.value), ARRAY[]::text[]) FROM hangfire.jobparameter t
        JOIN hangfire.jobparameter r ON r.jobid = t.jobid AND r.name = 'RecurringJobId' AND r.value = '"{key}"'
        WHERE t.name = 'Time'
        """)).Select(time => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds(time)))];

    static long Milliseconds(string time) => long.Parse(time) is var number && number > 100_000_000_000 ? number : number * 1000;

    Task<JobNode> Start(string zone, JobSchedule schedule) => _database.StartNodeAsync((call, _) =>
    {
        _runs.Add(call.Argument ?? "");
        return Task.CompletedTask;
    }, zone, schedule);

    static List<RecurringJobDto> Schedules(JobNode node)
    {
        using var connection = node.Jobs.Storage.GetConnection();
        return connection.GetRecurringJobs();
    }

    Task Known(string key) => Poll.Until(async () => await _database.Query<long>(
        $"SELECT count(*) FROM hangfire.hash WHERE key = 'recurring-job:{key}' AND field = 'NextExecution'") == 1
        && await _database.Query<long>(
            $"SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs' AND value = '{key}'") == 1,
        Bound, "the schedule is stored");
}
