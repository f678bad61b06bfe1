using Mes.Hosting.Commands;
using Mes.Hosting.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Hosting.Jobs;

/// <summary>Which run was asked for.</summary>
/// <param name="RunId">Its id.</param>
public sealed record JobRunAccepted(Guid RunId);

/// <summary>
/// The jobs of a module over HTTP, for operators. Who may do what is up to the group they are mapped in.
/// </summary>
public static class JobsEndpoints
{
    /// <summary>
    /// Maps <c>GET runs</c> (newest first), <c>GET runs/{id}</c> (its attempts), <c>POST runs/{id}/stop</c>,
    /// <c>GET schedules</c> and <c>POST schedules/{key}/run</c>.
    /// </summary>
    /// <param name="group">Its prefix, filters and authorization apply.</param>
    /// <param name="module">The key given to <see cref="JobsRegistration"/>.</param>
    public static void MapJobs(this RouteGroupBuilder group, string module)
    {
        group.MapGet("/runs", ([AsParameters] PageRequest page, HttpContext http, CancellationToken ct) =>
            ListRuns(Jobs(http, module), page, ct));
        group.MapGet("/runs/{runId:guid}", (Guid runId, HttpContext http, CancellationToken ct) =>
            FindRun(Jobs(http, module), runId, ct));
        group.MapPost("/runs/{runId:guid}/stop", (Guid runId, HttpContext http, CancellationToken ct) =>
            Stop(Jobs(http, module), runId, ct));
        group.MapGet("/schedules", (HttpContext http, CancellationToken ct) => Jobs(http, module).SchedulesAsync(ct));
        group.MapPost("/schedules/{key}/run", (string key, HttpContext http, CancellationToken ct) =>
            RunNow(Jobs(http, module), key, CommandIdOf(http), ct));
    }

    static JobControl Jobs(HttpContext http, string module) =>
        http.RequestServices.GetRequiredKeyedService<JobControl>(module);

    /// <summary>The command's id is the run's, so that a repeated command asks for the same run.</summary>
    static Guid? CommandIdOf(HttpContext http) =>
        Guid.TryParse(http.Request.Headers[CommandHeader.Name], out var id) ? id : null;

    static async Task<Page<JobRunEntry>> ListRuns(JobControl jobs, PageRequest page, CancellationToken ct)
    {
        long? before = page.After is null ? null : page.AfterNumber();
        var rows = await jobs.Runs.NewestAsync(before, page.Size + 1, ct);
        return Page.Of(rows, page.Size, row => row.Sequence.ToString());
    }

    static async Task<IReadOnlyList<JobRunEntry>> FindRun(JobControl jobs, Guid runId, CancellationToken ct) =>
        await jobs.Runs.AttemptsAsync(runId, ct) is [_, ..] attempts
            ? attempts
            : throw RuleViolation.NotFound("job-run", runId);

    /// <summary>Stopping what has ended already is no error: the caller has what it wants.</summary>
    static async Task<Accepted<JobRunAccepted>> Stop(JobControl jobs, Guid runId, CancellationToken ct)
    {
        if (!await jobs.RequestStopAsync(runId, ct)) await FindRun(jobs, runId, ct);
        return TypedResults.Accepted((string?)null, new JobRunAccepted(runId));
    }

    static async Task<Accepted<JobRunAccepted>> RunNow(
        JobControl jobs, string key, Guid? runId, CancellationToken ct) =>
        await jobs.FireNowAsync(key, runId, ct) is { } run
            ? TypedResults.Accepted((string?)null, new JobRunAccepted(run))
            : throw RuleViolation.NotFound("job-schedule", key);
}
