using Mes.Hosting.Problems;
using Mes.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mes.Jobs;

/// <summary>A schedule's job was asked for.</summary>
/// <param name="JobId">The engine's number of it; its page is in the dashboard.</param>
public sealed record JobAccepted(string JobId);

/// <summary>The schedules of a service over HTTP. Who may do what is up to the group they are mapped in.</summary>
public static class JobsEndpoints
{
    /// <summary>Maps <c>GET schedules</c> and <c>POST schedules/{key}/run</c>.</summary>
    public static void MapSchedules<TDb>(this RouteGroupBuilder group) where TDb : MesDbContext
    {
        group.MapGet("/schedules", (Jobs<TDb> jobs) => jobs.Schedules());
        group.MapPost("/schedules/{key}/run", RunNow<TDb>);
    }

    static Accepted<JobAccepted> RunNow<TDb>(string key, Jobs<TDb> jobs, TDb db) where TDb : MesDbContext
    {
        var job = jobs.Trigger(key) ?? throw RuleViolation.NotFound("job-schedule", key);
        db.Audit("job_schedule", key, old: null, @new: new { RunAsJob = job });
        return TypedResults.Accepted((string?)null, new JobAccepted(job));
    }
}
