using Mes.Hosting.Jobs;
using Mes.Tests.Support;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>What any engine behind the port must keep: schedules.</summary>
public sealed class ScheduleTests
{
    static readonly JobSchedule EveryMinute =
        new("minutely", "note", "* * * * *", "UTC", Arguments: """{"full":true}""");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_fires_when_it_is_due_and_says_for_when()
    {
        var due = DateTimeOffset.Parse("2026-03-02T10:01:00Z");
        var clock = ShiftedClock.At(due.AddMinutes(-1));
        await using var node = await JobNode.StartAloneAsync(Note, clock);
        clock.Set(due.AddSeconds(-3));

        (await node.Jobs.UpsertScheduleAsync(EveryMinute, Ct)).ShouldBeTrue();

        await Eventually.Async(async () => (await node.RunsAsync()) is [{ State: JobRunState.Done }], () => "no run");
        var run = (await node.RunsAsync())[0];
        run.ScheduleKey.ShouldBe("minutely");
        run.DueAt.ShouldBe(due);
        run.Arguments.ShouldBe("""{"full": true}""");
        var status = (await node.Jobs.SchedulesAsync(Ct)).ShouldHaveSingleItem();
        status.Schedule.ShouldBe(EveryMinute);
        status.LastDueAt.ShouldBe(run.DueAt);
        status.NextDueAt.ShouldBe(due.AddMinutes(1));
    }

    [Fact]
    public async Task Declared_schedules_are_there_after_the_start()
    {
        var declared = EveryMinute with { Key = "declared", Cron = "0 2 * * *", Zone = "Asia/Shanghai" };
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("note", Done, null, declared), ShiftedClock.At("2026-03-02T10:00:00Z"));

        var status = (await node.Jobs.SchedulesAsync(Ct)).ShouldHaveSingleItem();

        status.Schedule.ShouldBe(declared);
        status.NextDueAt.ShouldBe(DateTimeOffset.Parse("2026-03-02T18:00:00Z"));
    }

    [Fact]
    public async Task A_schedule_fired_by_hand_keeps_its_due_times()
    {
        var clock = ShiftedClock.At("2026-03-02T10:00:10Z");
        await using var node = await JobNode.StartAloneAsync(Note, clock);
        await node.Jobs.UpsertScheduleAsync(EveryMinute with { Cron = "0 2 * * *" }, Ct);
        var before = await node.Jobs.SchedulesAsync(Ct);

        var runId = (await node.Jobs.FireNowAsync("minutely", null, Ct)).ShouldNotBeNull();

        var run = await node.EndAsync(runId);
        (run.ScheduleKey, run.DueAt, run.Arguments).ShouldBe(("minutely", null, """{"full": true}"""));
        (await node.Jobs.SchedulesAsync(Ct)).ShouldBe(before);
        (await node.Jobs.FireNowAsync("other", null, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_removed_schedule_is_gone()
    {
        await using var node = await JobNode.StartAloneAsync(Note);
        await node.Jobs.UpsertScheduleAsync(EveryMinute, Ct);

        (await node.Jobs.RemoveScheduleAsync("minutely", Ct)).ShouldBeTrue();

        (await node.Jobs.SchedulesAsync(Ct)).ShouldBeEmpty();
        (await node.Jobs.RemoveScheduleAsync("minutely", Ct)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(MissedRuns.Skip, new int[0])]
    [InlineData(MissedRuns.RunEach, new[] { 1, 2, 3, 4 })]
    public async Task Missed_due_times_are_treated_as_the_schedule_says(MissedRuns missed, int[] minutes)
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var node = await AfterMissingFourAsync(database, EveryMinute with { Missed = missed });

        await Eventually.Async(async () =>
            (await node.RunsAsync()).Count(r => r.State == JobRunState.Done) == minutes.Length
            && await NextDueAsync(node) == DateTimeOffset.Parse("2026-03-02T10:05:00Z"), () => "not caught up");

        (await node.RunsAsync()).Select(run => run.DueAt!.Value.Minute).Order().ShouldBe(minutes);
    }

    [Fact]
    public async Task However_many_were_missed_one_run_can_make_up_for_them()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var node = await AfterMissingFourAsync(database, EveryMinute with { Missed = MissedRuns.RunOnce });

        await Eventually.Async(async () =>
            (await node.RunsAsync()) is [{ State: JobRunState.Done }]
            && await NextDueAsync(node) == DateTimeOffset.Parse("2026-03-02T10:05:00Z"), () => "not caught up");
        (await node.RunsAsync())[0].DueAt.ShouldBe(DateTimeOffset.Parse("2026-03-02T10:01:00Z"), "the first missed");
    }

    [Fact]
    public async Task An_upsert_that_changes_nothing_keeps_what_was_missed()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var node = await AfterMissingFourAsync(
            database, EveryMinute with { Missed = MissedRuns.RunEach }, declareAgain: true);

        await Eventually.Async(async () =>
            (await node.RunsAsync()).Count(r => r.State == JobRunState.Done) == 4, () => "missed runs were lost");
        (await node.Jobs.UpsertScheduleAsync(EveryMinute with { Missed = MissedRuns.RunEach }, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_upsert_that_changes_something_starts_afresh()
    {
        await using var node = await JobNode.StartAloneAsync(Note,
            ShiftedClock.At("2026-03-02T10:00:10Z"));
        await node.Jobs.UpsertScheduleAsync(EveryMinute, Ct);

        JobSchedule[] changes =
        [
            EveryMinute with { Cron = "30 12 * * *" }, EveryMinute with { Zone = "Asia/Shanghai" },
            EveryMinute with { Missed = MissedRuns.Skip }, EveryMinute with { Arguments = "{}" },
        ];
        foreach (var change in changes)
        {
            (await node.Jobs.UpsertScheduleAsync(change, Ct)).ShouldBeTrue();
            (await node.Jobs.UpsertScheduleAsync(change, Ct)).ShouldBeFalse();
            (await node.Jobs.SchedulesAsync(Ct)).ShouldHaveSingleItem().Schedule.ShouldBe(change);
        }
    }

    [Fact]
    public async Task What_no_engine_could_keep_is_refused()
    {
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("refuses", Done, new JobPolicy(JobOverlap.Refuse))
                .Add("note", Done, new JobPolicy(JobOverlap.Wait)));

        await RefusedAsync<FormatException>(EveryMinute with { Cron = "0 0 13 * 5" });
        await RefusedAsync<ArgumentException>(EveryMinute with { Zone = "Middle-earth/Shire" });
        await RefusedAsync<ArgumentException>(EveryMinute with { Arguments = "not json" });
        await RefusedAsync<ArgumentException>(EveryMinute with { JobKey = "unknown" });
        await RefusedAsync<ArgumentException>(EveryMinute with { Key = " " });
        await RefusedAsync<ArgumentException>(EveryMinute with { JobKey = "refuses", Missed = MissedRuns.RunEach });
        (await node.Jobs.SchedulesAsync(Ct)).ShouldBeEmpty();

        Task RefusedAsync<T>(JobSchedule schedule) where T : Exception =>
            Should.ThrowAsync<T>(() => node.Jobs.UpsertScheduleAsync(schedule, Ct));
    }

    // Berlin goes from +1 to +2 on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC.
    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "skipped: due when the clocks move")]
    [InlineData("30 2 * * *", "2026-03-29T01:10:00Z", "2026-03-30T00:30:00Z", "and the next day again as written")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "comes twice: due the first time")]
    [InlineData("30 2 * * *", "2026-10-25T00:40:00Z", "2026-10-26T01:30:00Z", "and not the second")]
    [InlineData("*/15 * * * *", "2026-10-25T00:50:00Z", "2026-10-25T01:00:00Z", "a step goes on in the repeated hour")]
    [InlineData("*/15 * * * *", "2026-10-25T01:10:00Z", "2026-10-25T01:15:00Z", "to its end")]
    [InlineData("0 6 * * 1", "2026-03-28T12:00:00Z", "2026-03-30T04:00:00Z", "by the wall clock in summer")]
    [InlineData("0 6 * * 1", "2026-03-20T12:00:00Z", "2026-03-23T05:00:00Z", "and in winter")]
    public async Task Over_a_change_of_the_clocks_nothing_is_lost_or_doubled(
        string cron, string now, string due, string because)
    {
        await using var node = await JobNode.StartAloneAsync(Note, ShiftedClock.At(now));

        await node.Jobs.UpsertScheduleAsync(EveryMinute with { Cron = cron, Zone = "Europe/Berlin" }, Ct);

        (await NextDueAsync(node)).ShouldBe(DateTimeOffset.Parse(due), because);
    }

    /// <summary>A node that found four due times in the past: no process ran from 10:00:30 to 10:04:30.</summary>
    static async Task<JobNode> AfterMissingFourAsync(
        TestDatabase database, JobSchedule schedule, bool declareAgain = false)
    {
        await using (var before = await JobNode.StartAsync(database, Note, ShiftedClock.At("2026-03-02T10:00:30Z")))
            await before.Jobs.UpsertScheduleAsync(schedule, Ct);
        return await JobNode.StartAsync(database, jobs =>
            jobs.Add("note", Done, new JobPolicy(JobOverlap.Wait), declareAgain ? [schedule] : []),
            ShiftedClock.At("2026-03-02T10:04:30Z"));
    }

    static async Task<DateTimeOffset?> NextDueAsync(JobNode node) =>
        (await node.Jobs.SchedulesAsync(Ct)).ShouldHaveSingleItem().NextDueAt;

    static void Note(JobBodies jobs) => jobs.Add("note", Done, new JobPolicy(JobOverlap.Wait));

    static Task<JobOutcome> Done(JobRun run, CancellationToken stop) => Task.FromResult<JobOutcome>(new Done());
}
