using Dapper;
using Mes.Jobs;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>
/// Hands runs that were asked for to the job engine, which no transaction takes up: at once where it is woken after the
/// commit, and what was left by a process that died, or lost by the engine, at its next look. A run handed over twice
/// begins once.
/// </summary>
sealed class RunStarter(
    ServiceDatabase<SchedulingDb> database, IServiceScopeFactory scopes, OutboxSignal<SchedulingDb> signal,
    Jobs<SchedulingDb> jobs, TimeProvider clock, ILogger<RunStarter> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(1);
    readonly SemaphoreSlim _signal = new(0);

    /// <summary>A run was asked for, and that is committed.</summary>
    public void Wake() => _signal.Release();

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

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
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                PlanningLog.RunsNotStarted(log, failure.Message);
            }
            await _signal.WaitAsync(Look, stoppingToken);
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
            var job = jobs.Enqueue(PlanProduction.Key, run.Id.ToString());
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE planning_run SET job_id = @job WHERE id = @Id AND attempt = @Attempt",
                new { job, run.Id, run.Attempt }, cancellationToken: ct));
        }
    }

    /// <summary>A run whose job was deleted by somebody is cancelled; one whose job is not known any more gets another.</summary>
    internal async Task FindLost(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        (db.Actor, db.Action) = (Actor.System("run-starter"), "find-lost-runs");
        var now = clock.GetUtcNow();
        await db.InTransaction(signal, async () =>
        {
            var waiting = await db.Runs.FromSql(
                $"""
                SELECT * FROM planning_run WHERE status = 'Waiting' AND job_id IS NOT NULL AND asked_at < {now - LostAfter}
                FOR UPDATE SKIP LOCKED
                """).ToListAsync(ct);
            foreach (var run in waiting.Where(run => !jobs.IsAlive(run.JobId!)))
            {
                if (jobs.IsDeleted(run.JobId!))
                {
                    (run.Status, run.EndedAt, db.Reason) = (RunStatus.Cancelled, now, "Its job was deleted.");
                }
                else
                {
                    run.JobId = null;
                }
            }
            return true;
        }, ct);
    }
}
