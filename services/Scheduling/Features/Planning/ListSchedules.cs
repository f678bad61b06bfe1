using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>When the plant plans by itself.</summary>
/// <param name="Key">Names the schedule.</param>
/// <param name="Mode">How it plans.</param>
/// <param name="Cron">When, as five-field cron.</param>
/// <param name="TimeZone">The time zone in which that is read.</param>
/// <param name="NextAt">When it is due next, UTC; null where it is not any more.</param>
/// <param name="LastAt">When it was due last, UTC; null where it never was.</param>
/// <param name="LastRunId">The run that it asked for last, or null.</param>
/// <param name="LastStatus">Where that stands, or null.</param>
/// <param name="Error">Why it does not come due, or null.</param>
public sealed record PlanSchedule(
    string Key, PlanningMode Mode, string Cron, string TimeZone, DateTimeOffset? NextAt, DateTimeOffset? LastAt,
    Guid? LastRunId, RunStatus? LastStatus, string? Error);

static class ListSchedulesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/schedules", Handle).Named("listSchedules", "List the schedules of the planning")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<IReadOnlyList<PlanSchedule>> Handle(Jobs<SchedulingDb> jobs, SchedulingDb db, CancellationToken ct)
    {
        // it waits for the database without giving its thread back: not the one that reads the sockets
        var states = await Task.Run(() => jobs.SchedulesOf(AskForPlan.Key), ct);
        var keys = states.Select(state => state.Key).ToList();
        // by EF: one of several
        var runs = await db.Runs.AsNoTracking().Where(run => keys.Contains(run.Trigger)).GroupBy(run => run.Trigger)
            .Select(own => own.OrderByDescending(run => run.Sequence).Select(run => new { run.Trigger, run.Id, run.Status })
                .First()).ToListAsync(ct);
        return [.. states.Select(state =>
        {
            var last = runs.Find(run => run.Trigger == state.Key);
            return new PlanSchedule(state.Key, AskForPlan.ModeOf(state.Key), state.Cron, state.TimeZone, Utc(state.NextAt),
                Utc(state.LastAt), last?.Id, last?.Status, state.Error);
        })];

        static DateTimeOffset? Utc(DateTime? at) => at is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null;
    }
}
