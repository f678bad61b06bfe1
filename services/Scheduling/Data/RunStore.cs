using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>How an attempt of a planning run ended.</summary>
sealed record RunEnd(RunStatus Status)
{
    public EngineResult? Found { get; init; }

    public Guid? PlanId { get; init; }

    public long? PlanVersion { get; init; }

    public string? Error { get; init; }

    /// <summary>What the plan that was kept has otherwise than the one before; null where none was kept.</summary>
    public PlanChanges? Changes { get; init; }

    /// <summary>The end of an attempt that found a plan: kept as a record, or null where it is no better than the one
    /// before.</summary>
    public static RunEnd Of(EngineResult found, KeptPlan? kept) =>
        new(found.IsCancelled ? RunStatus.Cancelled : kept is null ? RunStatus.Unchanged : RunStatus.Done)
        {
            Found = found, PlanId = kept?.Record.Id, PlanVersion = kept?.Record.Version, Changes = kept?.Changes
        };
}

/// <summary>A plan that was kept, and what it has otherwise than the one before it.</summary>
sealed record KeptPlan(PlanRecord Record, PlanChanges Changes);

/// <summary>Another process has taken the run over: what this one found does not count.</summary>
sealed class RunLostException(Guid run) : Exception($"Planning run {run} was taken over.");

/// <summary>Records planning runs, each step in a transaction of its own unless it belongs to one.</summary>
sealed class RunStore(IServiceScopeFactory scopes, OutboxSignal<SchedulingDb> signal, RunSignal asked, TimeProvider clock)
{
    /// <summary>The job that carries planning runs out.</summary>
    public const string JobKey = "plan-production";

    const int RunsKept = 5_000;
    const int InterruptionsMax = 3;

    /// <summary>
    /// Begins the last attempt of a run, if it waits. The caller has the lock of the planning, so whatever else is said
    /// to run lost its process: it waits again, or has ended where it was cancelled or keeps killing its processes.
    /// </summary>
    /// <returns>Null where there is nothing to begin.</returns>
    public Task<PlanningRun?> Begin(Guid id, CancellationToken ct) => Write(async db =>
    {
        var (now, owner) = (clock.GetUtcNow(), Guid.CreateVersion7());
        // SQL: each step is one statement that decides by the rows as they are, whoever else writes them
        // Not audited: a run tells itself what became of it
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE planning_run SET owner = NULL, interruptions = interruptions + 1,
                status = CASE WHEN cancel_requested_at IS NOT NULL THEN 'Cancelled'
                    WHEN interruptions >= {InterruptionsMax} THEN 'Failed' ELSE 'Waiting' END,
                ended_at = CASE WHEN cancel_requested_at IS NOT NULL OR interruptions >= {InterruptionsMax} THEN {now} END,
                error = CASE WHEN cancel_requested_at IS NULL AND interruptions >= {InterruptionsMax}
                    THEN format('Given up: %s processes ended while they ran it.', interruptions + 1) END
            WHERE status = 'Running'
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM planning_run WHERE sequence <= (SELECT max(sequence) - {RunsKept} FROM planning_run)
                AND status <> 'Waiting'
            """, ct);
        var begun = await db.Runs.FromSql(
            $"""
            UPDATE planning_run SET status = 'Running', started_at = {now}, owner = {owner}
            WHERE id = {id} AND status = 'Waiting' RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM planning_progress WHERE run_id = {id}", ct);
        return begun.SingleOrDefault();
    }, ct);

    // Not audited: a run tells itself what became of it
    /// <summary>How large the model is.</summary>
    public Task Size(PlanningRun run, int orders, int operations, CancellationToken ct) => Write(
        db => Mine(db, run).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Orders, orders).SetProperty(row => row.Operations, operations), ct), ct);

    /// <summary>The engine has found a better plan.</summary>
    public Task Progress(PlanningRun run, int number, EngineProgress progress, CancellationToken ct) => Write(async db =>
    {
        db.Outbox.Add(News(run.Id, RunStatus.Running, progress));
        // SQL: a step of progress is no entity, so that none stands in the audit trail
        // Not audited: progress of a run, which tells itself what became of it
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO planning_progress (run_id, attempt, number, seconds, value, bound, gap, late_orders, tardiness_seconds)
            VALUES ({run.Id}, {run.Attempt}, {number}, {progress.Seconds}, {Json(progress.Value)}::jsonb,
            {Json(progress.Bound)}::jsonb, {progress.Gap}, {progress.Late?.Orders}, {progress.Late?.Seconds})
            """, ct);
    }, ct);

    // by EF: the same condition as in the changes
    /// <summary>Whether somebody asked the run to stop.</summary>
    public Task<bool> IsCancelRequested(PlanningRun run, CancellationToken ct) => Write(
        db => Mine(db, run).AnyAsync(row => row.CancelRequestedAt != null, ct), ct);

    /// <summary>An attempt has ended without a plan to keep.</summary>
    public Task End(PlanningRun run, RunEnd end, CancellationToken ct) => Write(async db =>
    {
        await End(db, run, end, ct);
        return true;
    }, ct);

    /// <summary>An attempt has ended: with the current transaction, in which its plan is kept.</summary>
    /// <exception cref="RunLostException">It is not this process's any more; nothing of the transaction may count.</exception>
    public async Task End(SchedulingDb db, PlanningRun run, RunEnd end, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var last = end.Found?.Last;
        var (lateOrders, tardiness) = (last?.Late?.Orders, last?.Late?.Seconds);
        var (moved, becameLate, noLongerLate) =
            (end.Changes?.Moved.Count, end.Changes?.BecameLate.Count, end.Changes?.NoLongerLate.Count);
        // Not audited: a run tells itself what became of it
        var ended = await Mine(db, run).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Status, end.Status).SetProperty(row => row.EndedAt, now)
            .SetProperty(row => row.DurationMs, (long)(now - run.StartedAt!.Value).TotalMilliseconds)
            .SetProperty(row => row.Error, end.Error)
            .SetProperty(row => row.LateOrders, lateOrders).SetProperty(row => row.TardinessSeconds, tardiness)
            .SetProperty(row => row.Moved, moved).SetProperty(row => row.BecameLate, becameLate)
            .SetProperty(row => row.NoLongerLate, noLongerLate)
            .SetProperty(row => row.PlanId, end.PlanId).SetProperty(row => row.PlanVersion, end.PlanVersion)
            .SetProperty(row => row.Value, last == null ? null : last.Value)
            .SetProperty(row => row.Bound, last == null ? null : last.Bound)
            .SetProperty(row => row.Gap, last == null ? null : last.Gap), ct);
        if (ended != 1)
        {
            throw new RunLostException(run.Id);
        }
        db.Outbox.Add(News(run.Id, end.Status, last ?? EngineProgress.None));
    }

    /// <summary>An attempt has failed; where it is worth it, another one waits for its time.</summary>
    public async Task Fail(PlanningRun run, string why, bool isWorthAnother)
    {
        await Write(async db =>
        {
            await End(db, run, new RunEnd(RunStatus.Failed) { Error = why }, CancellationToken.None);
            return isWorthAnother && run.NextAttempt(clock.GetUtcNow()) is { } next && db.Runs.Add(next) is not null;
        }, CancellationToken.None);
        asked.Set();
    }

    // Not audited: a run tells itself what became of it
    /// <summary>Gives a run back that this process cannot end: another one begins it anew.</summary>
    public Task Release(PlanningRun run) => Write(db => Mine(db, run).ExecuteUpdateAsync(set => set
        .SetProperty(row => row.Status, RunStatus.Waiting).SetProperty(row => row.Owner, (Guid?)null)), CancellationToken.None);

    /// <summary>Notes what was done at once, with the current transaction.</summary>
    public void Note(SchedulingDb db, PlanStory story, DateTimeOffset began, RunEnd end)
    {
        var run = db.Runs.Add(PlanningRun.AtOnce(story, end, began, clock.GetUtcNow())).Entity;
        db.Outbox.Add(News(run.Id, end.Status, end.Found?.Last ?? EngineProgress.None));
    }

    static IQueryable<PlanningRun> Mine(SchedulingDb db, PlanningRun run) => db.Runs.Where(row =>
        row.Id == run.Id && row.Attempt == run.Attempt && row.Owner == run.Owner && row.Status == RunStatus.Running);

    PlanningProgressed News(Guid id, RunStatus status, EngineProgress progress) => new(
        id, clock.GetUtcNow().ToUnixTimeMilliseconds(), status.ToString(), progress.Seconds, progress.Value,
        progress.Bound, progress.Gap);

    async Task<T> Write<T>(Func<SchedulingDb, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        (db.Actor, db.Action) = (Actor.System(JobKey), JobKey);
        return await db.InTransaction(signal, () => work(db), ct);
    }

    static string Json(IReadOnlyList<long> levels) => JsonSerializer.Serialize(levels, MessageJson.Options);
}
