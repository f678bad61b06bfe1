using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Hosting.Jobs;

/// <summary>A page of the run log, newest first.</summary>
/// <param name="Runs">The attempts.</param>
/// <param name="Before">Where the next page begins; null on the last.</param>
public sealed record JobRunPage(IReadOnlyList<JobRunEntry> Runs, long? Before);

/// <summary>Asks for a run of a schedule now.</summary>
/// <param name="RunId">Made by the client; the same one again changes nothing.</param>
public sealed record RunScheduleNow(Guid RunId);

/// <summary>Which run was asked for.</summary>
/// <param name="RunId">Its id.</param>
public sealed record JobRunAccepted(Guid RunId);

/// <summary>The jobs of a module over HTTP, for operators. Who may do what is up to the group it is mapped in.</summary>
public static class JobsEndpoints
{
    const int LimitMax = 200;

    /// <summary>
    /// Maps <c>GET runs</c>, <c>GET runs/{id}</c>, <c>POST runs/{id}/stop</c>, <c>GET schedules</c> and
    /// <c>POST schedules/{key}/run</c>.
    /// </summary>
    /// <param name="group">Its prefix and authorization apply.</param>
    /// <param name="module">The key given to <see cref="JobsRegistration.AddJobs"/>.</param>
    public static void MapJobs(this RouteGroupBuilder group, string module)
    {
        group.MapGet("/runs", (long? before, int? limit, HttpContext http, CancellationToken ct) =>
            RunsAsync(Jobs(http, module), before, limit ?? 50, ct));
        group.MapGet("/runs/{runId:guid}", (Guid runId, HttpContext http, CancellationToken ct) =>
            RunAsync(Jobs(http, module), runId, ct));
        group.MapPost("/runs/{runId:guid}/stop", (Guid runId, HttpContext http, CancellationToken ct) =>
            StopAsync(Jobs(http, module), runId, ct));
        group.MapGet("/schedules", (HttpContext http, CancellationToken ct) => Jobs(http, module).SchedulesAsync(ct));
        group.MapPost("/schedules/{key}/run",
            (string key, RunScheduleNow request, HttpContext http, CancellationToken ct) =>
                RunNowAsync(Jobs(http, module), key, request.RunId, ct));
    }

    static JobControl Jobs(HttpContext http, string module) =>
        http.RequestServices.GetRequiredKeyedService<JobControl>(module);

    static async Task<Results<Ok<JobRunPage>, ValidationProblem>> RunsAsync(
        JobControl jobs, long? before, int limit, CancellationToken ct)
    {
        if (limit is < 1 or > LimitMax)
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["limit"] = [$"{limit} is not between 1 and {LimitMax}."] });
        var runs = await jobs.Runs.NewestAsync(before, limit, ct);
        return TypedResults.Ok(new JobRunPage(runs, runs.Count == limit ? runs[^1].Sequence : null));
    }

    static async Task<Results<Ok<IReadOnlyList<JobRunEntry>>, NotFound>> RunAsync(
        JobControl jobs, Guid runId, CancellationToken ct)
    {
        var attempts = await jobs.Runs.AttemptsAsync(runId, ct);
        return attempts.Count > 0 ? TypedResults.Ok(attempts) : TypedResults.NotFound();
    }

    /// <summary>Stopping what has ended already is no error: the caller has what it wants.</summary>
    static async Task<Results<Accepted<JobRunAccepted>, NotFound>> StopAsync(
        JobControl jobs, Guid runId, CancellationToken ct)
    {
        if (!await jobs.RequestStopAsync(runId, ct) && (await jobs.Runs.AttemptsAsync(runId, ct)).Count == 0)
            return TypedResults.NotFound();
        return TypedResults.Accepted((string?)null, new JobRunAccepted(runId));
    }

    static async Task<Results<Accepted<JobRunAccepted>, NotFound, ValidationProblem>> RunNowAsync(
        JobControl jobs, string key, Guid runId, CancellationToken ct)
    {
        if (runId == Guid.Empty)
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["runId"] = ["A run id made by the client is needed."] });
        return await jobs.FireNowAsync(key, runId, ct) is { } run
            ? TypedResults.Accepted((string?)null, new JobRunAccepted(run))
            : TypedResults.NotFound();
    }
}
