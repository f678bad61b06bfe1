using System.Text.Json;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Mes.Hosting.Jobs;

/// <summary>The engine on Quartz: each delivery is a one-shot trigger, each schedule a cron trigger.</summary>
sealed class QuartzEngine(IScheduler scheduler, TimeProvider clock, ILogger<QuartzEngine> logger) : IJobEngine
{
    const string DeliveryGroup = "deliveries";
    const string ScheduleGroup = "schedules";

    /// <summary>More schedules than a module will ever have.</summary>
    const int SchedulesMax = 1000;

    /// <summary>So many of its own check-ins may a live process miss.</summary>
    const int CheckInsMissedMax = 3;

    static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(1);

    static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public async Task DeliverAsync(Redelivery delivery, CancellationToken ct)
    {
        var attempt = delivery.Delivery;
        // A name of its own: a firing that is under way must keep its trigger, from which a takeover would read.
        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity($"{attempt.RunId:N}.{attempt.Attempt}.{Guid.CreateVersion7():N}", DeliveryGroup)
            .ForJob(QuartzRun.Key)
            .UsingJobData(QuartzRun.Data, JsonSerializer.Serialize(attempt))
            .StartAt(clock.GetUtcNow() + delivery.After)
            .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        await scheduler.ScheduleJob(trigger, cancellationToken: ct);
    }

    public async Task<bool> PutScheduleAsync(JobSchedule schedule, CancellationToken ct)
    {
        var key = TriggerKeyOf(schedule.Key);
        var stored = await scheduler.GetTrigger(key, ct);
        if (stored is not null && ScheduleOf(stored) == schedule) return false;

        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(key)
            .ForJob(QuartzDue.Key)
            .UsingJobData(QuartzDue.Data, JsonSerializer.Serialize(schedule))
            .StartAt(clock.GetUtcNow())
            .WithCronSchedule(CronOf(schedule), cron => cron.WithMisfireInstruction(MisfireOf(schedule.Missed)))
            .Build();
        // Of two processes that start at once, the second must not reset what the first has stored.
        var conflict = stored is null ? TriggerConflict.Keep : TriggerConflict.Replace;
        var result = await scheduler.ScheduleTrigger(trigger, conflict, ct);
        return result.Outcome != ScheduleOutcome.Kept;
    }

    public async Task<bool> RemoveScheduleAsync(string scheduleKey, CancellationToken ct) =>
        await scheduler.UnscheduleJob(TriggerKeyOf(scheduleKey), ct);

    public async Task<IReadOnlyList<JobScheduleStatus>> SchedulesAsync(CancellationToken ct)
    {
        var ours = GroupMatcher<TriggerKey>.GroupEquals(ScheduleGroup);
        var found = await scheduler.QueryTriggers(new TriggerQuery { Group = ours, Take = SchedulesMax }, ct);
        var triggers = await scheduler.GetTriggers([.. found.Items.Select(header => header.Key)], ct);
        return [.. triggers
            .Select(trigger => new JobScheduleStatus(
                ScheduleOf(trigger), trigger.NextFireTimeUtc, trigger.PreviousFireTimeUtc))
            .OrderBy(status => status.Schedule.Key, StringComparer.Ordinal)];
    }

    public async Task<bool> IsAliveAsync(CancellationToken ct)
    {
        try
        {
            if (await scheduler.GetStatus(ct) != SchedulerStatus.Running) return false;
            var self = (await scheduler.QueryClusterNodes(ct)).Single(node => node.IsCurrentNode);
            return self.LastCheckInUtc is not { } last
                || clock.GetUtcNow() - last <= CheckInsMissedMax * self.CheckInInterval;
        }
        catch (SchedulerException e)
        {
            JobsLogging.NotAlive(logger, scheduler.SchedulerName, e);
            return false;
        }
    }

    /// <summary>
    /// The same expression for Quartz: seconds, days of the week by name, <c>?</c> for the unnamed day.
    /// </summary>
    public static CronExpression CronOf(JobSchedule schedule)
    {
        var cron = UnixCron.Parse(schedule.Cron);
        var weekdays = cron.DaysOfWeek.Count == DayNames.Length
            ? "?"
            : string.Join(',', cron.DaysOfWeek.Select(day => DayNames[day]));
        var days = weekdays == "?" ? cron.DayOfMonth : "?";
        return CronExpression.Parse($"0 {cron.Minute} {cron.Hour} {days} {cron.Month} {weekdays}")
            .WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone));
    }

    /// <summary>
    /// Does it, again and again while the store does not answer. Ends by cancellation when the process shuts down;
    /// Quartz then delivers the firing again.
    /// </summary>
    public static async Task UntilAnsweredAsync(Func<CancellationToken, Task> act, ILogger logger, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await act(ct);
                return;
            }
            catch (Exception e) when (e is SchedulerException or System.Data.Common.DbException)
            {
                JobsLogging.EngineUnanswered(logger, e);
                await Task.Delay(AnswerWait, ct);
            }
        }
    }

    static CronTriggerMisfireInstruction MisfireOf(MissedRuns missed) => missed switch
    {
        MissedRuns.Skip => CronTriggerMisfireInstruction.DoNothing,
        MissedRuns.RunOnce => CronTriggerMisfireInstruction.FireAndProceed,
        MissedRuns.RunEach => CronTriggerMisfireInstruction.IgnoreMisfires,
        _ => throw new ArgumentOutOfRangeException(nameof(missed), missed, null),
    };

    static TriggerKey TriggerKeyOf(string scheduleKey) => new(scheduleKey, ScheduleGroup);

    static JobSchedule ScheduleOf(ITrigger trigger) =>
        JsonSerializer.Deserialize<JobSchedule>(trigger.JobDataMap.GetString(QuartzDue.Data)!)!;
}
