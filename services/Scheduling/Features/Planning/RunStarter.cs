using Dapper;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>
/// Hands runs that were asked for to the job engine, which no transaction takes up: at once where it is woken after the
/// commit, and what was left by a process that died, or lost by the engine, at its next look. A run handed over twice
/// begins once.
/// </summary>
sealed class RunStarter(
    ServiceDatabase<SchedulingDb> database, IServiceScopeFactory scopes, OutboxSignal<SchedulingDb> signal,
    Jobs<SchedulingDb> jobs, RunSignal asked, TimeProvider clock, ILogger<RunStarter> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(1);
    const int LookedAtMax = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var searched = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Start(stoppingToken);
                if (clock.GetElapsedTime(searched) >= LostAfter)
                {
                    await FindLost(stoppingToken);
                    searched = clock.GetTimestamp();
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                PlanningLog.RunsNotStarted(log, failure.Message);
            }
            await asked.WaitAsync(Look, stoppingToken);
        }
    }

    async Task Start(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var waiting = await connection.QueryAsync<(Guid Id, int Attempt)>(new CommandDefinition(
            """
            SELECT id, attempt FROM planning_run WHERE status = 'Waiting' AND job_id IS NULL AND not_before <= @now
            ORDER BY sequence
            """, new { now = clock.GetUtcNow() }, cancellationToken: ct));
        foreach (var run in waiting)
        {
            var job = jobs.Enqueue(RunStore.JobKey, run.Id.ToString());
            // SQL: past the audit trail: which job carries a run is the job engine's matter
            // Not audited: a run tells itself what became of it
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE planning_run SET job_id = @job WHERE id = @Id AND attempt = @Attempt",
                new { job, run.Id, run.Attempt }, cancellationToken: ct));
        }
    }

    /// <summary>A run whose job was deleted by somebody is cancelled; one whose job is not known any more gets another.</summary>
    internal async Task FindLost(CancellationToken ct)
    {
        foreach (var (run, job) in await LongWaiting(ct))
        {
            if (!jobs.IsAlive(job)) await Lost(run, job, ct);
        }
    }

    /// <summary>Those that have waited longest; each of them ends or is found to be lost, and makes room for the next.</summary>
    async Task<IEnumerable<(Guid Id, string Job)>> LongWaiting(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await connection.QueryAsync<(Guid, string)>(new CommandDefinition(
            """
            SELECT id, job_id FROM planning_run WHERE status = 'Waiting' AND job_id IS NOT NULL AND asked_at < @before
            ORDER BY asked_at LIMIT @LookedAtMax
            """, new { before = clock.GetUtcNow() - LostAfter, LookedAtMax }, cancellationToken: ct));
    }

    async Task Lost(Guid id, string job, CancellationToken ct)
    {
        var isDeleted = jobs.IsDeleted(job);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        (db.Actor, db.Action) = (Actor.System("run-starter"), "find-lost-runs");
        await db.InTransaction(signal, async () =>
        {
            // EF has no FOR UPDATE SKIP LOCKED
            var run = await db.Runs.FromSql(
                $"""
                SELECT * FROM planning_run WHERE id = {id} AND status = 'Waiting' AND job_id = {job} FOR UPDATE SKIP LOCKED
                """).SingleOrDefaultAsync(ct);
            if (run is null) return false;      // it went on meanwhile
            if (isDeleted)
            {
                run.EndWithJob(clock.GetUtcNow());
                db.Reason = "Its job was deleted.";
            }
            else
            {
                run.LoseJob();
            }
            return true;
        }, ct);
    }
}
